"""Numbers in digits: which sign sets decimals apart, which one thousands, and where that cannot be told."""

import re
from dataclasses import dataclass
from decimal import Decimal

from apps.domain.figure_rules import significant_digits
from apps.domain.figures import MAX_DIGITS, MAX_PLACES


@dataclass(frozen=True, slots=True)
class Separators:
    """Signs of one language: before decimals, between groups of three digits. `language` is its name, or empty."""

    decimals: str = "."
    groups: str = ","
    language: str = ""


class BadDigits(ValueError):
    """Digits that make no number: `offset` is where in them, the message says what was wanted."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset


#: Signs between groups in every language: a space, an apostrophe (Swiss), the Arabic thousands sign.
_ALWAYS_GROUPS = " '٬"
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?P<sign>[^0-9])[0-9]{3})(?:(?P=sign)[0-9]{3})*+")
#: Lakh and crore, as India writes them: 1,50,000.
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")
_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})")


def read_digits(text: str, separators: Separators) -> Decimal:
    """The number that digits with separators are. BadDigits when they are none or may be two."""
    if _DATE.fullmatch(text):
        raise BadDigits(0, f"“{text}” is a date: give a figure.")
    whole, sign, decimals = _parted(text, separators)
    digits = re.sub(r"[^0-9]", "", whole)
    if len(digits) > 1 and digits.startswith("0"):
        raise BadDigits(0, f"“{text}” begins with a zero, which no figure does: remove it.")
    number = Decimal(f"{digits}.{decimals}" if sign else digits)
    check_size(number, text)
    return number


def read_power(text: str, separators: Separators) -> Decimal:
    """The number that "1.5e6" is. BadDigits when it has too many places."""
    mantissa, exponent = text.split("e")
    number = read_digits(mantissa, separators)
    if len(exponent) > 3:
        raise BadDigits(0, _too_long(text))
    number = number.scaleb(int(exponent))
    check_size(number, text)
    return number


def check_size(number: Decimal, text: str) -> None:
    """BadDigits when a number is longer than a figure may be."""
    places = max(abs(number.adjusted()), -int(number.as_tuple().exponent)) if number else 0
    if places > MAX_PLACES or significant_digits(number) > MAX_DIGITS:
        raise BadDigits(0, _too_long(text))


def _too_long(text: str) -> str:
    shown = text if len(text) <= 20 else f"{text[:20]}…"
    return f"“{shown}” is too long for a figure: give at most {MAX_DIGITS} significant digits and {MAX_PLACES} places."


def _parted(text: str, separators: Separators) -> tuple[str, str, str]:
    """Whole part, decimal sign and decimals (both empty when there are none)."""
    signs = re.findall(r"[^0-9]", text)
    if not signs or _is_grouped(text, separators):
        return text, "", ""
    whole, sign, decimals = text.rpartition(signs[-1])
    offset = len(whole)
    is_decimal = signs.count(sign) == 1 and (len(signs) == 1 or _is_group_before(whole, sign, separators))
    if not is_decimal or not _may_be_decimal(sign, whole, separators):
        raise BadDigits(_first_bad(text), _not_understood(text, separators))
    if len(decimals) == 3 and len(signs) == 1 and whole != "0" and _is_doubtful(sign, separators):
        raise BadDigits(offset, _two_readings(text, whole, sign, decimals, separators))
    return whole, sign, decimals


def _is_grouped(text: str, separators: Separators) -> bool:
    """Whether the whole number is set in groups of three, without doubt."""
    if "," in separators.groups and _INDIAN.fullmatch(text):
        return True
    match = _GROUPED.fullmatch(text)
    if match is None:
        return False
    sign = match["sign"]
    is_repeated = text.count(sign) > 1
    return sign in _ALWAYS_GROUPS or sign in separators.groups or (is_repeated and sign in ".,")


def _is_group_before(whole: str, decimal: str, separators: Separators) -> bool:
    """Whether what stands before the decimal sign is set in groups by another sign."""
    match = _GROUPED.fullmatch(whole)
    return match is not None and match["sign"] != decimal


def _may_be_decimal(sign: str, whole: str, separators: Separators) -> bool:
    """Whether a sign that stands once, last, may set decimals apart here."""
    if sign in separators.decimals:
        return True
    # Without a language a comma is one only when nothing else is possible: after a zero, or after groups set by points.
    is_open = not separators.language and sign == ","
    return is_open and (whole == "0" or "." in whole)


def _is_doubtful(sign: str, separators: Separators) -> bool:
    """Whether three decimals after this sign may be a group of thousands, as another language writes it.

    A comma may always be (English figures are copied everywhere); a point where no language was chosen, or where
    both signs are in use (Arabic).
    """
    return sign == "," or (sign == "." and (not separators.language or "," in separators.decimals))


def _first_bad(text: str) -> int:
    """The place of the separator before the first group that has not three digits."""
    offset = 0
    for group in re.findall(r"[^0-9][0-9]+", text):
        at = text.index(group, offset)
        if len(group) != 4:
            return at
        offset = at + len(group)
    return next((at for at, character in enumerate(text) if not character.isdigit()), 0)


def _not_understood(text: str, separators: Separators) -> str:
    if separators.language:
        return f"“{text}” is no number as {separators.language} writes it: check the signs between its digits."
    return f"“{text}” is no number without doubt: write it like 1,500 or 1.5, or choose the language of the words."


def _two_readings(text: str, whole: str, sign: str, decimals: str, separators: Separators) -> str:
    thousands = f"{int(whole + decimals):,}"
    return (
        f"“{text}” may be {thousands} or {whole}.{decimals}: write it without doubt, or choose the language that "
        "it is written in."
        if sign == "." and not separators.language
        else f"“{text}” may be {thousands} or {whole}.{decimals}: write it without the sign in it."
    )
