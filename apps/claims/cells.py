"""One value of a model as the text of one cell, and back. What is printed here is read here: nothing else has to agree.

An empty cell is null, or what the field has when nothing is stated.
"""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime, parse_time

type AnyField = models.Field[Any, Any]

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_INTEGER = re.compile(r"-?\d+", re.ASCII)
_LISTED = re.compile(r"\\([\\|])|(\|)|(\\)")


def print_cell(value: Any) -> str:
    """The text of a value: 10000 and 5.5 without exponent or trailing zeros, true and false, ISO dates, UTC moments."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return print_number(value)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if value else ""
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def print_number(number: Decimal) -> str:
    """Digits only. A zero has no sign."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"", "-0"} else text


def print_list(entries: Sequence[str]) -> str:
    """Entries with a bar between them; a bar or backslash inside an entry gets a backslash before it."""
    return "|".join(entry.replace("\\", "\\\\").replace("|", "\\|") for entry in entries)


def read_list(text: str) -> tuple[str, ...]:
    """The entries of `print_list`. ValueError says what was wanted."""
    if not text:
        return ()
    entries: list[str] = []
    start, current = 0, ""
    for mark in _LISTED.finditer(text):
        current += text[start : mark.start()]
        start = mark.end()
        if mark[3]:
            raise ValueError("wanted \\\\ for a backslash and \\| for a bar inside an entry")
        if mark[2]:
            entries.append(current)
            current = ""
        else:
            current += mark[1]
    entries.append(current + text[start:])
    if not all(entries):
        raise ValueError("wanted entries with one bar between them and none of them empty")
    return tuple(entries)


def read_cell(field: AnyField, text: str) -> Any:
    """The value of a cell for a field that is no relation. ValueError says what was wanted."""
    if not text:
        return _unstated(field)
    value = _read(field, text)
    if (codes := _codes(field)) and value not in codes:
        raise ValueError(f"wanted one of {', '.join(codes)}")
    if _has_rules(field):
        try:
            field.run_validators(value)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages).rstrip(".")) from None
    return value


@cache
def _has_rules(field: AnyField) -> bool:
    """Whether a field wants more of a text than that it is not too long, which is looked at here."""
    return not all(type(validator) is MaxLengthValidator for validator in field.validators)


@cache
def _codes(field: AnyField) -> tuple[str, ...]:
    return tuple(str(code) for code, _ in field.flatchoices or ())


def _unstated(field: AnyField) -> Any:
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    if field.empty_strings_allowed and field.blank:
        return ""
    raise ValueError("wanted a value, it cannot be empty")


def _read(field: AnyField, text: str) -> Any:
    match field:
        case models.BooleanField():
            if text not in {"true", "false"}:
                raise ValueError("wanted true or false")
            return text == "true"
        case models.DecimalField():
            return _number(text)
        case models.IntegerField():
            if not _INTEGER.fullmatch(text) or len(text) > 18:
                raise ValueError("wanted a whole number like 12")
            return int(text)
        case models.DateTimeField():
            return _moment(text)
        case models.DateField():
            return _day(text)
        case models.TimeField():
            return _time(text)
        case models.JSONField():
            return _object(text)
        case _:
            return _text(field, text)


def _text(field: AnyField, text: str) -> Any:
    try:
        value = field.to_python(text)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages).rstrip(".")) from None
    if isinstance(value, str) and field.max_length is not None and len(value) > field.max_length:
        raise ValueError(f"wanted at most {field.max_length} characters, these are {len(value)}")
    return value


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text) or len(text) > 40:
        raise ValueError("wanted a number like 10000 or 5.5")
    return Decimal(text)


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError("wanted a moment like 2024-11-05T14:30:00Z")
    return moment


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise ValueError("wanted a day like 2024-11-05")
    return day


def _time(text: str) -> time:
    try:
        moment = parse_time(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        raise ValueError("wanted a time like 14:30:00")
    return moment


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
        # What JSON allows and PostgreSQL does not store: halves of characters, NUL, numbers without end.
        stored = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        value, stored = None, b""
    if not isinstance(value, dict) or rb"\u0000" in stored:
        raise ValueError('wanted a JSON object like {"sample size": 1200}')
    return value


# --- cells that spreadsheets take for formulas

_NEGATIVE = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FORMULA_STARTS = frozenset("=+-@\t\r'")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs. Reversible: every cell that starts with an apostrophe has one to take off."""
    is_formula = cell[:1] in _FORMULA_STARTS and not _NEGATIVE.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given. An apostrophe before anything else was always there."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1:2] in _FORMULA_STARTS else cell
