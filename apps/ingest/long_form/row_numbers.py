"""Numbers and marks in the cells of a row, as the file writes them."""

import re
from collections.abc import Mapping
from decimal import Context, Decimal

from apps.domain.figures import MAX_DIGITS
from apps.domain.parsing import FigureError, parse
from apps.ingest.long_form.bad_cells import BadCell
from apps.ingest.long_form.columns import Mapped
from apps.ingest.long_form.options import Options
from apps.ingest.long_form.sheets import NumberCell, Sheet

_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d{1,2})?", re.ASCII)
#: Digits and what languages put between them.
_DIGITS = re.compile(r"-?\d[\d.,'\s]*", re.ASCII)
#: A number whose point may be one of thousands: nothing in it tells. And one whose point is none of thousands.
_DOUBTFUL = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_CLEAR = re.compile(r"-?\d+\.(\d{1,2}|\d{4,})|-?(0|\d{4,})\.\d{3}", re.ASCII)
_COMMA_NUMBER = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d+)?|-?\d+(,\d+)?", re.ASCII)
_NUMBERS = ("value", "low", "high")
_AS_FIGURES = Context(prec=MAX_DIGITS)


def points_are_clear(sheet: Sheet, mapped: Mapped) -> bool:
    """Whether some number shows that the points of a file are decimal: 1.5, 0.125. Tables of our own say so too.

    Without such a one 1.234 is not read: it may be 1,234.
    """
    if mapped.ours:
        return True
    places = [mapped.columns[column] for column in _NUMBERS if column in mapped.columns]
    cells = (row.cells[place] for row in sheet.rows for place in places if place < len(row.cells))
    return any("." in cell and _CLEAR.fullmatch(cell) and not isinstance(cell, NumberCell) for cell in cells)


def refuse_doubtful(cells: Mapping[str, str]) -> None:
    """BadCell for a number whose point may be one of thousands."""
    for column in _NUMBERS:
        given = cells.get(column, "")
        if _DOUBTFUL.fullmatch(given) and not isinstance(given, NumberCell):
            either = f"{given.replace('.', ',')} or {given}0"
            raise BadCell(column, f"it may be {either}: write one of them, or say the language, for example en or de.")


def refuse_points(cells: Mapping[str, str]) -> None:
    """BadCell for a number with a decimal point, where it was said of the file that it has commas."""
    for column in _NUMBERS:
        given = cells.get(column, "")
        is_pointed = "." in given and is_number(given) and not isinstance(given, NumberCell)
        if is_pointed and not _COMMA_NUMBER.fullmatch(given):
            raise BadCell(column, "wanted a decimal comma, as is said of the file, for example 1234,5.")


def is_number(text: str) -> bool:
    """Whether a text is a number alone, as machines write them."""
    return bool(_PLAIN_NUMBER.fullmatch(text))


def plain(text: str, options: Options) -> str:
    """A number with a decimal comma as one with a point, where that was said of the file."""
    if isinstance(text, NumberCell):
        return text
    if options.decimal_comma and not options.language and _COMMA_NUMBER.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text


def numeric(text: str, options: Options) -> str:
    """The same, and as the language of the file writes numbers."""
    if not options.language or not _DIGITS.fullmatch(text) or text.isdecimal() or isinstance(text, NumberCell):
        return plain(text, options)
    try:
        point = parse(text, language=options.language).figure.point
    except FigureError:
        return text
    return text if point is None else f"{point:f}"


def without_percent(text: str, cells: Mapping[str, str]) -> str:
    """The number alone where percents are what is counted."""
    return text.removesuffix("%") if cells.get("unit") == "percent" else text


def number(column: str, cells: Mapping[str, str], options: Options) -> Decimal | None:
    """The number of a cell; None where it is empty. BadCell for anything else."""
    text = numeric(cells.get(column, ""), options)
    text = without_percent(text, cells)
    if text and not is_number(text):
        raise BadCell(column, "wanted a number such as 10000 or 5.5.")
    return decimal(text) if text else None


def decimal(text: str) -> Decimal:
    """A number of a column; one that a machine computed has more digits than a figure may, and the last mean nothing.

    The words keep them all. Digits before the point mean something: with too many of those it stays as it is.
    """
    whole = text.lstrip("-").partition(".")[0]
    return _AS_FIGURES.create_decimal(text) if len(whole) <= MAX_DIGITS else Decimal(text)


def flag(column: str, cells: Mapping[str, str], otherwise: bool | None) -> bool | None:
    """What a cell says of an end that there is, and `otherwise` where it says nothing."""
    said = said_flag(column, cells)
    return otherwise if said is None or otherwise is None else said


def said_flag(column: str, cells: Mapping[str, str]) -> bool | None:
    """True or false; None where the cell is empty. BadCell for anything else."""
    text = cells.get(column, "")
    if text not in ("", "true", "false"):
        raise BadCell(column, "wanted true or false.")
    return text == "true" if text else None
