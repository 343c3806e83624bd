"""One row of the long form as one claim, or everything that is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal
from typing import Any

from apps.actors.models import Actor
from apps.claims.cells import read_cell
from apps.claims.models import Claim, Place, Question
from apps.domain.figure_rules import figure_problems
from apps.domain.figures import MAX_DIGITS, Figure
from apps.domain.parsing import FigureError, ParsedFigure, parse
from apps.domain.vocabulary import Measure, Nature, Qualifier
from apps.ingest.long_form.columns import Mapped
from apps.ingest.long_form.sheets import Sheet, SheetRow
from apps.ingest.problems import Problem, quoted
from apps.sources.models import Source

_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d{1,2})?", re.ASCII)
_COMMA_NUMBER = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d+)?|-?\d+(,\d+)?", re.ASCII)
_AS_FIGURES = Context(prec=MAX_DIGITS)
#: "95% CI" in a note, where the ends have columns of their own.
_INTERVAL = re.compile(r"\b\d{1,2}(\.\d+)?\s?% (CI|CrI|PI)\b")
INTERVAL_KINDS = {"CI": "confidence", "CrI": "credible", "PI": "prediction"}
#: A spreadsheet takes a cell that starts so for a formula; our own tables put an apostrophe before it.
_GUARDED = re.compile(r"'[=+\-@\t\r']")


@dataclass(frozen=True, slots=True)
class Options:
    """What is said of a file as a whole, for rows that say nothing themselves."""

    topic: str = ""
    measure: str = ""
    nature: str = ""
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class LongRow:
    """One claim as its row gives it. Dates are partial ISO dates or empty; names are as given.

    `interval` is its kind and level; `review` says why a person has to look at it, and is empty for most.
    """

    line: int
    question: str
    unit: str
    place: str
    actor: str
    figure: Figure
    interval: tuple[str, Decimal | None]
    override_reason: str
    as_of_start: str
    as_of_end: str
    stated_on: str
    published_on: str
    source_title: str
    source_url: str
    quote: str
    note: str
    topic: str
    measure: str
    nature: str
    speaker: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    review: str = ""


class BadCell(Exception):
    """A cell that cannot be used: the column and what was wanted."""

    def __init__(self, column: str, wanted: str) -> None:
        self.column, self.wanted = column, wanted
        super().__init__(wanted)


def read_long_rows(sheet: Sheet, mapped: Mapped, options: Options) -> tuple[list[LongRow], list[Problem]]:
    """Every row that can be read, and what is wrong with the others: one problem a row, the first."""
    rows, problems = [], []
    for row in sheet.rows:
        cells = _cells(row, mapped)
        try:
            rows.append(_long_row(row, cells, mapped, options))
        except BadCell as bad:
            given = quoted(cells.get(bad.column, ""))
            problems.append(Problem(sheet.name, f"given {given}; {bad.wanted}", row.line, bad.column))
    return rows, problems


def _cells(row: SheetRow, mapped: Mapped) -> dict[str, str]:
    """Column → text of the cells that say something, without the guard against formulas."""
    places = {column: place for column, place in mapped.columns.items() if place < len(row.cells)}
    return {column: unguarded(row.cells[place]) for column, place in places.items() if row.cells[place]}


def unguarded(cell: str) -> str:
    """The inverse of `apps.publishing.tables.guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _long_row(row: SheetRow, cells: Mapping[str, str], mapped: Mapped, options: Options) -> LongRow:
    figure, interval, reason, review = _figure(cells, options)
    start, end = (_checked(Claim, column, column, cells) for column in ("as_of_start", "as_of_end"))
    return LongRow(
        line=row.line,
        question=_needed(Question, "title", "question", cells),
        unit=_checked(Question, "unit", "unit", cells),
        place=_needed(Place, "name", "place", cells),
        actor=_needed(Actor, "name", "actor", cells),
        figure=figure,
        interval=interval,
        override_reason=reason,
        as_of_start=start,
        as_of_end="" if end == start else end,
        stated_on=_checked(Claim, "stated_on", "stated_on", cells),
        published_on=_checked(Source, "published_on", "published_on", cells),
        source_title=_checked(Source, "title", "source_title", cells),
        source_url=_checked(Source, "url", "source_url", cells),
        quote=cells.get("quote", ""),
        note=cells.get("note", ""),
        topic=cells.get("topic", "") or options.topic,
        measure=_one_of(Measure, "measure", cells, options.measure),
        nature=_one_of(Nature, "nature", cells, options.nature) or Nature.ESTIMATE.value,
        speaker=_checked(Claim, "speaker", "speaker", cells),
        attributes=_attributes(row, mapped),
        review=review,
    )


def _attributes(row: SheetRow, mapped: Mapped) -> dict[str, str]:
    cells = {name: row.cells[place] for name, place in mapped.attributes.items() if place < len(row.cells)}
    return {name: unguarded(cell) for name, cell in cells.items() if cell}


def _needed(model: Any, name: str, column: str, cells: Mapping[str, str]) -> str:
    if column not in cells:
        raise BadCell(column, "wanted a name, it cannot be empty.")
    return _checked(model, name, column, cells)


def _checked(model: Any, name: str, column: str, cells: Mapping[str, str]) -> str:
    """The text of a cell that a field of a model would take."""
    text = cells.get(column, "")
    if text:
        try:
            read_cell(model._meta.get_field(name), text)
        except ValueError as error:
            raise BadCell(column, f"{error}.") from None
    return text


def _one_of(words: Any, column: str, cells: Mapping[str, str], otherwise: str) -> str:
    given = cells.get(column, "") or otherwise
    if given and given not in list(words):
        raise BadCell(column, f"wanted one of {', '.join(words)}.")
    return given


# --- figures


def _figure(cells: Mapping[str, str], options: Options) -> tuple[Figure, tuple[str, Decimal | None], str, str]:
    """Figure, kind and level of its interval, why its numbers differ from its words, and why it needs a look."""
    words = _words(cells, options)
    if _falls(cells, options):
        return Figure(words, Qualifier.UNQUANTIFIED), ("", None), "", "The lower end is above the upper one."
    if (quick := _bare_numbers(words, cells, options)) is not None:
        return *quick, "", ""
    try:
        parsed = parse(words)
    except FigureError as error:
        if _holds_two(words, error.position):
            return Figure(words, Qualifier.UNQUANTIFIED), ("", None), "", "Two figures in one cell."
        raise BadCell("value", f"at character {error.position + 1}: {error.message}") from None
    interval = (parsed.interval_kind or "", parsed.interval_level)
    figure, reason = _as_columns_say(parsed, cells, options)
    for problem in figure_problems(figure):
        raise BadCell({"lower": "low", "upper": "high"}.get(problem.field, "value"), problem.message)
    return figure, interval, reason, ""


def _falls(cells: Mapping[str, str], options: Options) -> bool:
    low, high = (_plain(cells.get(column, ""), options) for column in ("low", "high"))
    are_numbers = _PLAIN_NUMBER.fullmatch(low) and _PLAIN_NUMBER.fullmatch(high)
    return bool(are_numbers) and Decimal(low) > Decimal(high)


def _bare_numbers(
    words: str, cells: Mapping[str, str], options: Options
) -> tuple[Figure, tuple[str, Decimal | None]] | None:
    """What the parser makes of a number alone, or between two ends in columns of their own, many times faster."""
    value, low, high = (_plain(cells.get(column, ""), options) for column in ("value", "low", "high"))
    if "qualifier" in cells or not all(map(_PLAIN_NUMBER.fullmatch, filter(None, (value, low, high)))):
        return None
    point = _decimal(value) if value else None
    if low and high:
        kind = _INTERVAL.search(cells.get("note", "")) if value else None
        interval = (INTERVAL_KINDS[kind[2]], Decimal(kind[0].split("%")[0])) if kind else ("", None)
        figure = Figure(words, Qualifier.BETWEEN, _decimal(low), _decimal(high), True, True, point)
        return None if figure_problems(figure) else (figure, interval)
    if value and not (low or high):
        figure = Figure(words, Qualifier.EXACTLY, point, point, True, True, point)
        return None if figure_problems(figure) else (figure, ("", None))
    return None


def _holds_two(words: str, position: int) -> bool:
    """Whether there is a figure before the place where reading stopped, and another one from there on."""
    if not words[position : position + 1].isalnum() or not words[position - 1].isspace():
        return False
    try:
        parse(words[:position].rstrip(" ,;/&")), parse(words[position:])
    except FigureError:
        return False
    return True


def _words(cells: Mapping[str, str], options: Options) -> str:
    """What was stated; where ends stand in columns of their own beside a bare number, all of it in usual words."""
    value, low, high = (_plain(cells.get(column, ""), options) for column in ("value", "low", "high"))
    if value and ("qualifier" in cells or not (low and high and _PLAIN_NUMBER.fullmatch(value))):
        return value
    if not (low or high):
        raise BadCell("value", "wanted a figure: a number or words such as “more than 10,000”.")
    if not (low and high):
        return f"at least {low}" if low else f"up to {high}"
    kind = _INTERVAL.search(cells.get("note", ""))
    ends = f"{low}–{high}"
    return f"{value} ({kind[0]} {ends})" if value and kind else f"{value} ({ends})" if value else ends


def _plain(text: str, options: Options) -> str:
    """A number with a decimal comma as one with a point, where that was said of the file."""
    if options.decimal_comma and _COMMA_NUMBER.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text


def _as_columns_say(parsed: ParsedFigure, cells: Mapping[str, str], options: Options) -> tuple[Figure, str]:
    """The figure of the columns where these say more than the words; the words are kept."""
    low, high = (_number(column, cells, options) for column in ("low", "high"))
    if "qualifier" not in cells:
        for column, given, read in (("low", low, parsed.figure.lower), ("high", high, parsed.figure.upper)):
            if given is not None and given != read:
                raise BadCell(column, "wanted what the words of the value say, or a qualifier that says otherwise.")
        return parsed.figure, ""
    qualifier = _qualifier(cells["qualifier"])
    if parsed.figure.qualifier is qualifier and low is None and high is None:
        return parsed.figure, ""
    said = _by_qualifier(qualifier, parsed.figure, low, high)
    said = replace(
        said,
        lower_inclusive=_flag("low_inclusive", cells, said.lower_inclusive),
        upper_inclusive=_flag("high_inclusive", cells, said.upper_inclusive),
    )
    same = (said.qualifier, said.lower, said.upper) == (qualifier, parsed.figure.lower, parsed.figure.upper)
    if parsed.figure.qualifier is qualifier and same:
        return replace(parsed.figure, lower_inclusive=said.lower_inclusive, upper_inclusive=said.upper_inclusive), ""
    bare = bool(_PLAIN_NUMBER.fullmatch(parsed.figure.stated_value))
    return said, "" if bare else "Given so in the columns of an imported table."


def _qualifier(text: str) -> Qualifier:
    try:
        return Qualifier(text)
    except ValueError:
        raise BadCell("qualifier", f"wanted one of {', '.join(Qualifier)}.") from None


def _number(column: str, cells: Mapping[str, str], options: Options) -> Decimal | None:
    text = _plain(cells.get(column, ""), options)
    if text and not _PLAIN_NUMBER.fullmatch(text):
        raise BadCell(column, "wanted a number such as 10000 or 5.5.")
    return _decimal(text) if text else None


def _decimal(text: str) -> Decimal:
    """A number of a column; one that a machine computed has more digits than a figure may, and the last mean nothing.

    The words keep them all.
    """
    return _AS_FIGURES.create_decimal(text)


def _flag(column: str, cells: Mapping[str, str], otherwise: bool | None) -> bool | None:
    text = cells.get(column, "")
    if text not in ("", "true", "false"):
        raise BadCell(column, "wanted true or false.")
    return otherwise if not text or otherwise is None else text == "true"


def _by_qualifier(qualifier: Qualifier, words: Figure, low: Decimal | None, high: Decimal | None) -> Figure:
    """What a qualifier makes of the number that was stated and of the ends that were given (model.md §2)."""
    stated, hedged = words.stated_value, words.hedged
    number = words.point if words.point is not None else low if low is not None else high
    match qualifier:
        case Qualifier.EXACTLY:
            return Figure(stated, qualifier, number, number, True, True, number)
        case Qualifier.ABOUT:
            lower, upper = (low, None) if low is not None else (None, high)
            closed = (False if lower is not None else None, False if upper is not None else None)
            return Figure(stated, qualifier, lower, upper, *closed, number)
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            lower = number if low is None else low
            return Figure(stated, qualifier, lower, None, qualifier is Qualifier.AT_LEAST, None, lower, hedged)
        case Qualifier.UP_TO | Qualifier.LESS_THAN:
            upper = number if high is None else high
            return Figure(stated, qualifier, None, upper, None, qualifier is Qualifier.UP_TO, upper, hedged)
        case Qualifier.BETWEEN:
            point = words.point if words.qualifier is Qualifier.BETWEEN else None
            return Figure(stated, qualifier, low, high, True, True, point, hedged)
        case _:
            return Figure(stated, qualifier)
