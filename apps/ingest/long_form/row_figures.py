"""What a row states: the figure of its words, or of the columns beside them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial

from apps.domain.figure_rules import figure_problems
from apps.domain.figures import Figure
from apps.domain.parsing import LANGUAGES, FigureError, ParsedFigure, parse
from apps.domain.vocabulary import Qualifier
from apps.ingest.long_form.bad_cells import BadCell
from apps.ingest.long_form.options import Options
from apps.ingest.long_form.row_numbers import (
    decimal,
    flag,
    is_number,
    number,
    numeric,
    plain,
    said_flag,
    without_percent,
)
from apps.ingest.long_form.sheets import NumberCell

type Cells = Mapping[str, str]

#: Languages that are named where words are a figure in them.
FEW = 3
#: "95% CI" in a note, where the ends have columns of their own.
_INTERVAL = re.compile(r"\b\d{1,2}(\.\d+)?\s?% (CI|CrI|PI)\b")
INTERVAL_KINDS = {"CI": "confidence", "CrI": "credible", "PI": "prediction"}
#: Why the numbers of a claim are not those of its words.
_DIFFERS = "Given so in the columns of an imported table."
#: Columns that say more of a figure than its numbers do.
_BEYOND_NUMBERS = frozenset({"qualifier", "low_inclusive", "high_inclusive"})
#: Field of a figure → column of the long form; all others are the value's.
_COLUMNS = {
    "lower": "low",
    "upper": "high",
    "lower_inclusive": "low_inclusive",
    "upper_inclusive": "high_inclusive",
}


@dataclass(frozen=True, slots=True)
class RowFigure:
    """A figure and how it was read.

    `interval` is its kind and level. `override_reason` says why its numbers are not those of its words, `review` why a
    person has to look at it; both are empty for most. `is_share`: its words name percent.
    """

    figure: Figure
    interval: tuple[str, Decimal | None] = ("", None)
    override_reason: str = ""
    review: str = ""
    is_share: bool = False


def figure_of(cells: Cells, options: Options) -> RowFigure:
    """The figure of a row. BadCell where none can be had of it."""
    words = _words(cells, options)
    if _falls(cells, options):
        return _for_review(words, "The lower end is above the upper one.")
    if (bare := _bare_numbers(words, cells, options)) is not None:
        return bare
    try:
        parsed = parse(words, language=options.language or None)
    except FigureError as error:
        if _holds_two(words, error.position, options.language or None):
            return _for_review(words, "Two figures in one cell.")
        hint = str if options.language else partial(_language_hint, words)
        raise BadCell("value", f"at character {error.position + 1}: {error.message}", hint) from None
    figure, reason = _with_ends_as_said(*_as_columns_say(parsed, cells, options), cells)
    _refuse_dropped(figure, cells, options)
    _refuse_impossible(figure)
    return RowFigure(figure, _interval(parsed), reason, is_share=parsed.unit == "percent")


def figure_of_ours(cells: Cells, ours: Cells) -> RowFigure:
    """The same of a row of our own tables: all parts of the figure are there, in whatever language its words are."""
    if not (words := cells.get("value", "")):
        raise BadCell("value", "wanted the words of the figure.")
    said, as_is = {**cells, **ours}, Options()
    lower, upper, point = (number(column, said, as_is) for column in ("low", "high", "point"))
    closed = (said_flag("low_inclusive", said), said_flag("high_inclusive", said))
    hedged = said_flag("hedged", said) is True
    figure = Figure(words, _qualifier(cells.get("qualifier", "")), lower, upper, *closed, point, hedged)
    _refuse_impossible(figure)
    try:
        parsed = parse(words)
    except FigureError:
        return RowFigure(figure)
    return RowFigure(figure, _interval(parsed), "" if parsed.figure == figure else _DIFFERS)


def _for_review(words: str, reason: str) -> RowFigure:
    return RowFigure(Figure(words, Qualifier.UNQUANTIFIED), review=reason)


def _interval(parsed: ParsedFigure) -> tuple[str, Decimal | None]:
    return parsed.interval_kind or "", parsed.interval_level


def _refuse_impossible(figure: Figure) -> None:
    for problem in figure_problems(figure):
        raise BadCell(_COLUMNS.get(problem.field, "value"), problem.message)


@lru_cache(maxsize=4096)
def _language_hint(words: str) -> str:
    """In which few languages words are a figure that is none in English; empty where in none, or in many."""
    found = [(code, name) for code, name in LANGUAGES.items() if _is_read(words, code)]
    if not 0 < len(found) <= FEW:
        return ""
    names, codes = (", ".join(part) for part in zip(*((name, code) for code, name in found), strict=True))
    return f"Read as {names} it is a figure: if the file is, say its language ({codes})."


def _is_read(words: str, language: str) -> bool:
    try:
        parse(words, language=language)
    except FigureError:
        return False
    return True


def _falls(cells: Cells, options: Options) -> bool:
    low, high = (numeric(cells.get(column, ""), options) for column in ("low", "high"))
    return is_number(low) and is_number(high) and Decimal(low) > Decimal(high)


def _bare_numbers(words: str, cells: Cells, options: Options) -> RowFigure | None:
    """What the parser makes of a number alone, or between two ends in columns of their own, many times faster."""
    value, low, high = (plain(cells.get(column, ""), options) for column in ("value", "low", "high"))
    if options.language and any("." in cell and not isinstance(cell, NumberCell) for cell in (value, low, high)):
        return None  # whose point that is, the parser knows
    if _BEYOND_NUMBERS & cells.keys() or not all(map(is_number, filter(None, (value, low, high)))):
        return None
    point = decimal(value) if value else None
    if low and high:
        kind = _INTERVAL.search(cells.get("note", "")) if value else None
        interval = (INTERVAL_KINDS[kind[2]], Decimal(kind[0].split("%")[0])) if kind else ("", None)
        figure = Figure(words, Qualifier.BETWEEN, decimal(low), decimal(high), True, True, point)
    elif value and not (low or high):
        figure, interval = Figure(words, Qualifier.EXACTLY, point, point, True, True, point), ("", None)
    else:
        return None
    return None if figure_problems(figure) else RowFigure(figure, interval)


def _holds_two(words: str, position: int, language: str | None) -> bool:
    """Whether there is a figure before the place where reading stopped, and another one from there on."""
    if not words[position : position + 1].isalnum() or not words[position - 1].isspace():
        return False
    try:
        parse(words[:position].rstrip(" ,;/&"), language=language), parse(words[position:], language=language)
    except FigureError:
        return False
    return True


def _words(cells: Cells, options: Options) -> str:
    """What was stated; where ends stand in columns of their own beside a bare number, all of it in usual words."""
    value, low, high = (plain(cells.get(column, ""), options) for column in ("value", "low", "high"))
    is_bare = is_number(without_percent(numeric(value, options), cells))
    if value and ("qualifier" in cells or not (low and high and is_bare)):
        return value
    if not (low or high):
        raise BadCell("value", "wanted a figure: a number or words such as “more than 10,000”.")
    if not (low and high):
        return f"at least {low}" if low else f"up to {high}"
    kind = _INTERVAL.search(cells.get("note", ""))
    ends = f"{low}–{high}"
    return f"{value} ({kind[0]} {ends})" if value and kind else f"{value} ({ends})" if value else ends


def _as_columns_say(parsed: ParsedFigure, cells: Cells, options: Options) -> tuple[Figure, str]:
    """The figure of the columns where these say more than the words; the words are kept."""
    low, high = (number(column, cells, options) for column in ("low", "high"))
    if "qualifier" not in cells:
        for column, given, read in (("low", low, parsed.figure.lower), ("high", high, parsed.figure.upper)):
            if given is not None and given != read:
                raise BadCell(column, "wanted what the words of the value say, or a qualifier that says otherwise.")
        return parsed.figure, ""
    qualifier = _qualifier(cells["qualifier"])
    if parsed.figure.qualifier is qualifier and low is None and high is None:
        return parsed.figure, ""
    said = _by_qualifier(qualifier, parsed.figure, low, high)
    if (qualifier, said.lower, said.upper) == (parsed.figure.qualifier, parsed.figure.lower, parsed.figure.upper):
        return parsed.figure, ""
    return said, "" if is_number(parsed.figure.stated_value) else _DIFFERS


def _with_ends_as_said(figure: Figure, reason: str, cells: Cells) -> tuple[Figure, str]:
    """The same with its ends in or out as the columns have it."""
    said = replace(
        figure,
        lower_inclusive=flag("low_inclusive", cells, figure.lower_inclusive),
        upper_inclusive=flag("high_inclusive", cells, figure.upper_inclusive),
    )
    return (figure, reason) if said == figure else (said, reason or _DIFFERS)


def _refuse_dropped(figure: Figure, cells: Cells, options: Options) -> None:
    """BadCell for an end that was given and that the figure does not have."""
    for column, end in (("low", figure.lower), ("high", figure.upper)):
        given = number(column, cells, options)
        if given is not None and given != end:
            raise BadCell(column, "wanted nothing here, or a qualifier under which this is an end.")


def _qualifier(text: str) -> Qualifier:
    try:
        return Qualifier(text)
    except ValueError:
        raise BadCell("qualifier", f"wanted one of {', '.join(Qualifier)}.") from None


def _by_qualifier(qualifier: Qualifier, words: Figure, low: Decimal | None, high: Decimal | None) -> Figure:
    """What a qualifier makes of the number that was stated and of the ends that were given (model.md §2)."""
    stated, hedged = words.stated_value, words.hedged
    one = next((given for given in (words.point, low, high) if given is not None), None)
    match qualifier:
        case Qualifier.EXACTLY:
            return Figure(stated, qualifier, one, one, True, True, one)
        case Qualifier.ABOUT:
            lower, upper = (low, None) if low is not None else (None, high)
            closed = (False if lower is not None else None, False if upper is not None else None)
            return Figure(stated, qualifier, lower, upper, *closed, one)
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            lower = one if low is None else low
            return Figure(stated, qualifier, lower, None, qualifier is Qualifier.AT_LEAST, None, lower, hedged)
        case Qualifier.UP_TO | Qualifier.LESS_THAN:
            upper = one if high is None else high
            return Figure(stated, qualifier, None, upper, None, qualifier is Qualifier.UP_TO, upper, hedged)
        case Qualifier.BETWEEN:
            point = words.point if words.qualifier is Qualifier.BETWEEN else None
            return Figure(stated, qualifier, low, high, True, True, point, hedged)
        case _:
            return Figure(stated, qualifier)
