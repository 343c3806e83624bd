"""One row of the long form as one claim, or everything that is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

from apps.actors.models import Actor
from apps.claims.cells import read_cell, unguarded
from apps.claims.models import Claim, Place, Question
from apps.domain.figure_rules import figure_problems
from apps.domain.figures import MAX_DIGITS, Figure
from apps.domain.parsing import LANGUAGES, FigureError, ParsedFigure, parse
from apps.domain.vocabulary import Measure, Nature, Qualifier
from apps.ingest.long_form.columns import Mapped
from apps.ingest.long_form.sheets import Sheet, SheetRow
from apps.ingest.problems import Problem, quoted
from apps.sources.models import Source

_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d{1,2})?", re.ASCII)
#: Digits and what languages put between them.
_DIGITS = re.compile(r"-?\d[\d.,'\s]*", re.ASCII)
#: A number whose point may be one of thousands: nothing in it tells. And one whose point is none of thousands.
_DOUBTFUL = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_CLEAR = re.compile(r"-?\d+\.(\d{1,2}|\d{4,})|-?(0|\d{4,})\.\d{3}", re.ASCII)
#: Days since 1899-12-30, which is how spreadsheets keep dates: 1927 to 2064.
_SERIAL = re.compile(r"[1-5]\d{4}", re.ASCII)
_COMMA_NUMBER = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d+)?|-?\d+(,\d+)?", re.ASCII)
#: Orders of days, months and years that can be said of a file → an example.
DATE_ORDERS: Mapping[str, str] = {"dmy": "day, month, year: 5.11.2024", "mdy": "month, day, year: 11/5/2024"}
_WRITTEN_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_DATES = frozenset({"as_of_start", "as_of_end", "stated_on", "published_on"})
_NUMBERS = ("value", "low", "high")
#: Languages that are named where words are a figure in them.
FEW = 3
_AS_FIGURES = Context(prec=MAX_DIGITS)
#: "95% CI" in a note, where the ends have columns of their own.
_INTERVAL = re.compile(r"\b\d{1,2}(\.\d+)?\s?% (CI|CrI|PI)\b")
INTERVAL_KINDS = {"CI": "confidence", "CrI": "credible", "PI": "prediction"}
#: Why the numbers of a claim are not those of its words.
_DIFFERS = "Given so in the columns of an imported table."
#: A spreadsheet takes a cell that starts so for a formula; our own tables put an apostrophe before it.


@dataclass(frozen=True, slots=True)
class Options:
    """What is said of a file as a whole, for rows that say nothing themselves.

    `language` is that of its words, `dates` the order in which it writes days (`DATE_ORDERS`); ISO is always read. The
    rest are columns of the long form (`LEFT_OUT`), each with what a row says whose cell there is empty or missing.
    """

    decimal_comma: bool = False
    language: str = ""
    dates: str = ""
    question: str = ""
    unit: str = ""
    place: str = ""
    actor: str = ""
    stated_on: str = ""
    source_title: str = ""
    source_url: str = ""
    topic: str = ""
    measure: str = ""
    nature: str = ""

    @property
    def left_out(self) -> dict[str, str]:
        """Column → what all rows say that say nothing there."""
        return {column: text for column in LEFT_OUT if (text := getattr(self, column))}


#: Columns of which one cell may be said for all rows of a file.
LEFT_OUT = (
    "question",
    "unit",
    "place",
    "actor",
    "stated_on",
    "source_title",
    "source_url",
    "topic",
    "measure",
    "nature",
)


@dataclass(frozen=True, slots=True)
class LongRow:
    """One claim as its row gives it. Dates are partial ISO dates or empty; names are as given.

    `interval` is its kind and level; `review` says why a person has to look at it, and is empty for most. `claim` is
    the id that a row of one of our own tables brings with it.
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
    attributes: Mapping[str, Any] = field(default_factory=dict)
    review: str = ""
    claim: str = ""


class BadCell(Exception):
    """A cell that cannot be used: the column, what was wanted, and what may help with this very cell."""

    def __init__(self, column: str, wanted: str, hint: str = "") -> None:
        self.column, self.wanted, self.hint = column, wanted, hint
        super().__init__(wanted)

    def problem(self, file: str, line: int, given: str) -> Problem:
        """What is said of it."""
        words = " ".join(filter(None, [f"given {quoted(given)}; {self.wanted}", self.hint]))
        return Problem(file, words, line, self.column, self.wanted)


def read_long_rows(sheet: Sheet, mapped: Mapped, options: Options) -> tuple[list[LongRow], list[Problem]]:
    """Every row that can be read, and what is wrong with the others: one problem a row, the first."""
    rows, problems = [], []
    left_out = options.left_out
    has_doubts = not (options.decimal_comma or options.language or _points_are_clear(sheet, mapped))
    for row in sheet.rows:
        cells = left_out | _cells(row, mapped)
        if options.dates:
            cells |= _in_order(cells, options.dates)
        try:
            if has_doubts:
                _refuse_doubtful(cells)
            rows.append(_long_row(row, cells, mapped, options))
        except BadCell as bad:
            problems.append(bad.problem(sheet.name, row.line, cells.get(bad.column, "")))
    return rows, problems


def _points_are_clear(sheet: Sheet, mapped: Mapped) -> bool:
    """Whether some number shows that the points of a file are decimal: 1.5, 0.125. Tables of our own say so too.

    Without such a one 1.234 is not read: it may be 1,234.
    """
    if sheet.is_workbook or mapped.ours:
        return True
    places = [mapped.columns[column] for column in _NUMBERS if column in mapped.columns]
    cells = (row.cells[place] for row in sheet.rows for place in places if place < len(row.cells))
    return any("." in cell and _CLEAR.fullmatch(cell) for cell in cells)


def _refuse_doubtful(cells: Mapping[str, str]) -> None:
    for column in _NUMBERS:
        if _DOUBTFUL.fullmatch(cells.get(column, "")):
            given = cells[column]
            either = f"{given.replace('.', ',')} or {given}0"
            raise BadCell(column, f"it may be {either}: write one of them, or say the language, for example en or de.")


def _in_order(cells: Mapping[str, str], order: str) -> dict[str, str]:
    """Days that are written in an order as ISO dates; what is none stays as it is, to be refused."""
    found = {column: _WRITTEN_DAY.fullmatch(cells[column]) for column in _DATES if column in cells}
    return {column: _iso(match, order) for column, match in found.items() if match}


def _iso(match: re.Match[str], order: str) -> str:
    day, month = (match[1], match[3]) if order == "dmy" else (match[3], match[1])
    try:
        return date(int(match[4]), int(month), int(day)).isoformat()
    except ValueError:
        return match[0]


def _cells(row: SheetRow, mapped: Mapped) -> dict[str, str]:
    """Column → text of the cells that say something, without the guard against formulas."""
    places = {column: place for column, place in mapped.columns.items() if place < len(row.cells)}
    return {column: unguarded(row.cells[place]) for column, place in places.items() if row.cells[place]}


def _long_row(row: SheetRow, cells: Mapping[str, str], mapped: Mapped, options: Options) -> LongRow:
    ours = _ours(row, mapped)
    figure, interval, reason, review = _our_figure(cells, ours) if ours else _figure(cells, options)
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
        topic=cells.get("topic", ""),
        measure=_one_of(Measure, "measure", cells),
        nature=_one_of(Nature, "nature", cells) or Nature.ESTIMATE.value,
        speaker=_checked(Claim, "speaker", "speaker", cells),
        attributes=_our_attributes(ours) | _attributes(row, mapped),
        review=review,
        claim=_checked(Claim, "public_id", "id", ours),
    )


def _ours(row: SheetRow, mapped: Mapped) -> dict[str, str]:
    """What only our own tables say; nothing where id and address do not name the same claim."""
    ours = {name: row.cells[place] for name, place in mapped.ours.items() if place < len(row.cells)}
    is_ours = bool(ours.get("id")) and ours.get("address", "").endswith(f"/claims/{ours['id']}/")
    return ours if is_ours else {}


def _our_attributes(ours: Mapping[str, str]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = read_cell(Claim._meta.get_field("attributes"), ours.get("attributes", ""))
    except ValueError as error:
        raise BadCell("attributes", f"{error}.") from None
    return found


def _attributes(row: SheetRow, mapped: Mapped) -> dict[str, str]:
    cells = {name: row.cells[place] for name, place in mapped.attributes.items() if place < len(row.cells)}
    return {name: unguarded(cell) for name, cell in cells.items() if cell}


def _needed(model: Any, name: str, column: str, cells: Mapping[str, str]) -> str:
    if column not in cells:
        raise BadCell(column, "wanted a name, it cannot be empty.")
    if not any(map(str.isalnum, cells[column])):
        raise BadCell(column, "wanted a name with a letter or a digit.")
    return _checked(model, name, column, cells)


def _checked(model: Any, name: str, column: str, cells: Mapping[str, str]) -> str:
    """The text of a cell that a field of a model would take."""
    text = cells.get(column, "")
    if text and (wanted := _refusal(model, name, text)):
        raise BadCell(column, f"{wanted}.", _day_hint(text) if column in _DATES else "")
    return text


def _day_hint(text: str) -> str:
    """What a day may be that is written in another way."""
    if match := _WRITTEN_DAY.fullmatch(text):
        meant = [f"{order} makes it {iso}" for order in DATE_ORDERS if (iso := _iso(match, order)) != text]
        return f"If the file writes days so, say in which order: {', '.join(meant)}." if meant else ""
    if not _SERIAL.fullmatch(text):
        return ""
    return f" As a spreadsheet counts days it is {date(1899, 12, 30) + timedelta(int(text))}: write that."


@lru_cache(maxsize=4096)  # names, dates and addresses come again and again
def _refusal(model: Any, name: str, text: str) -> str:
    """What a field of a model wants in place of a text; empty where it takes it."""
    try:
        read_cell(model._meta.get_field(name), text)
    except ValueError as error:
        return str(error).removeprefix(f"“{text[:40]}” is not a date: ")
    return "wanted text without control characters" if any(unicodedata.category(char) == "Cc" for char in text) else ""


def _one_of(words: Any, column: str, cells: Mapping[str, str]) -> str:
    given = cells.get(column, "")
    if given and given not in words:
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
        parsed = parse(words, language=options.language or None)
    except FigureError as error:
        if _holds_two(words, error.position, options.language or None):
            return Figure(words, Qualifier.UNQUANTIFIED), ("", None), "", "Two figures in one cell."
        hint = "" if options.language else _language_hint(words)
        raise BadCell("value", f"at character {error.position + 1}: {error.message}", hint) from None
    if parsed.unit == "percent" and cells.get("unit", "percent") != "percent":
        raise BadCell("value", "the words name a share: wanted a number of what the unit says, or percent as unit.")
    interval = (parsed.interval_kind or "", parsed.interval_level)
    figure, reason = _with_ends_as_said(*_as_columns_say(parsed, cells, options), cells)
    _refuse_dropped(figure, cells, options)
    for problem in figure_problems(figure):
        raise BadCell({"lower": "low", "upper": "high"}.get(problem.field, "value"), problem.message)
    return figure, interval, reason, ""


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


def _our_figure(
    cells: Mapping[str, str], ours: Mapping[str, str]
) -> tuple[Figure, tuple[str, Decimal | None], str, str]:
    """The same of a row of our own tables: all parts of the figure are there, in whatever language its words are."""
    if not (words := cells.get("value", "")):
        raise BadCell("value", "wanted the words of the figure.")
    said, plain = {**cells, **ours}, Options()
    lower, upper, point = (_number(column, said, plain) for column in ("low", "high", "point"))
    closed = (_said_flag("low_inclusive", said), _said_flag("high_inclusive", said))
    hedged = _said_flag("hedged", said) is True
    figure = Figure(words, _qualifier(cells.get("qualifier", "")), lower, upper, *closed, point, hedged)
    for problem in figure_problems(figure):
        raise BadCell({"lower": "low", "upper": "high"}.get(problem.field, "value"), problem.message)
    try:
        parsed = parse(words)
    except FigureError:
        return figure, ("", None), "", ""
    return figure, (parsed.interval_kind or "", parsed.interval_level), "" if parsed.figure == figure else _DIFFERS, ""


def _falls(cells: Mapping[str, str], options: Options) -> bool:
    low, high = (_numeric(cells.get(column, ""), options) for column in ("low", "high"))
    are_numbers = _PLAIN_NUMBER.fullmatch(low) and _PLAIN_NUMBER.fullmatch(high)
    return bool(are_numbers) and Decimal(low) > Decimal(high)


#: Columns that say more of a figure than its numbers do.
_BEYOND_NUMBERS = frozenset({"qualifier", "low_inclusive", "high_inclusive"})


def _bare_numbers(
    words: str, cells: Mapping[str, str], options: Options
) -> tuple[Figure, tuple[str, Decimal | None]] | None:
    """What the parser makes of a number alone, or between two ends in columns of their own, many times faster."""
    value, low, high = (_plain(cells.get(column, ""), options) for column in ("value", "low", "high"))
    if options.language and "." in f"{value}{low}{high}":
        return None  # whose point that is, the parser knows
    if _BEYOND_NUMBERS & cells.keys() or not all(map(_PLAIN_NUMBER.fullmatch, filter(None, (value, low, high)))):
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


def _holds_two(words: str, position: int, language: str | None) -> bool:
    """Whether there is a figure before the place where reading stopped, and another one from there on."""
    if not words[position : position + 1].isalnum() or not words[position - 1].isspace():
        return False
    try:
        parse(words[:position].rstrip(" ,;/&"), language=language), parse(words[position:], language=language)
    except FigureError:
        return False
    return True


def _words(cells: Mapping[str, str], options: Options) -> str:
    """What was stated; where ends stand in columns of their own beside a bare number, all of it in usual words."""
    value, low, high = (_plain(cells.get(column, ""), options) for column in ("value", "low", "high"))
    if value and ("qualifier" in cells or not (low and high and _PLAIN_NUMBER.fullmatch(_numeric(value, options)))):
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
    if options.decimal_comma and not options.language and _COMMA_NUMBER.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text


def _numeric(text: str, options: Options) -> str:
    """The same, and as the language of the file writes numbers."""
    if not options.language or not _DIGITS.fullmatch(text) or text.isdecimal():
        return _plain(text, options)
    try:
        point = parse(text, language=options.language).figure.point
    except FigureError:
        return text
    return text if point is None else f"{point:f}"


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
    return said, "" if bare else _DIFFERS


def _with_ends_as_said(figure: Figure, reason: str, cells: Mapping[str, str]) -> tuple[Figure, str]:
    said = replace(
        figure,
        lower_inclusive=_flag("low_inclusive", cells, figure.lower_inclusive),
        upper_inclusive=_flag("high_inclusive", cells, figure.upper_inclusive),
    )
    return (figure, reason) if said == figure else (said, reason or _DIFFERS)


def _refuse_dropped(figure: Figure, cells: Mapping[str, str], options: Options) -> None:
    """BadCell for an end that was given and that the figure does not have."""
    for column, end in (("low", figure.lower), ("high", figure.upper)):
        given = _number(column, cells, options)
        if given is not None and given != end:
            raise BadCell(column, "wanted nothing here, or a qualifier under which this is an end.")


def _qualifier(text: str) -> Qualifier:
    try:
        return Qualifier(text)
    except ValueError:
        raise BadCell("qualifier", f"wanted one of {', '.join(Qualifier)}.") from None


def _number(column: str, cells: Mapping[str, str], options: Options) -> Decimal | None:
    text = _numeric(cells.get(column, ""), options)
    if text and not _PLAIN_NUMBER.fullmatch(text):
        raise BadCell(column, "wanted a number such as 10000 or 5.5.")
    return _decimal(text) if text else None


def _decimal(text: str) -> Decimal:
    """A number of a column; one that a machine computed has more digits than a figure may, and the last mean nothing.

    The words keep them all. Digits before the point mean something: with too many of those it stays as it is.
    """
    whole = text.lstrip("-").partition(".")[0]
    return _AS_FIGURES.create_decimal(text) if len(whole) <= MAX_DIGITS else Decimal(text)


def _flag(column: str, cells: Mapping[str, str], otherwise: bool | None) -> bool | None:
    said = _said_flag(column, cells)
    return otherwise if said is None or otherwise is None else said


def _said_flag(column: str, cells: Mapping[str, str]) -> bool | None:
    text = cells.get(column, "")
    if text not in ("", "true", "false"):
        raise BadCell(column, "wanted true or false.")
    return text == "true" if text else None


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
