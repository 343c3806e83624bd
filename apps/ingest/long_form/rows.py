"""One row of the long form as one claim, or everything that is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from apps.actors.models import Actor
from apps.claims.cells import read_cell, unguarded
from apps.claims.models import Claim, Place, Question
from apps.domain.figures import Figure
from apps.domain.vocabulary import Measure, Nature
from apps.ingest.long_form.bad_cells import BadCell
from apps.ingest.long_form.columns import Mapped
from apps.ingest.long_form.names import clean
from apps.ingest.long_form.options import DATE_ORDERS, Options
from apps.ingest.long_form.row_figures import figure_of, figure_of_ours
from apps.ingest.long_form.row_numbers import points_are_clear, refuse_doubtful, refuse_points
from apps.ingest.long_form.sheets import ERROR, RescaledCell, Sheet, SheetRow
from apps.ingest.problems import Problem
from apps.sources.models import Source

#: Problems with a hint: in how many languages a cell might be read is not asked of a whole column.
HINTED = 1_000
#: Days since 1899-12-30, which is how spreadsheets keep dates: 1927 to 2064.
_SERIAL = re.compile(r"[1-5]\d{4}", re.ASCII)
_WRITTEN_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
#: What spreadsheets show where a formula failed.
_ERRORS = frozenset({ERROR, "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})
_DATES = frozenset({"as_of_start", "as_of_end", "stated_on", "published_on"})


@dataclass(frozen=True, slots=True)
class LongRow:
    """One claim as its row gives it. Dates are partial ISO dates or empty; names are as given.

    Of the figure and what goes with it: `RowFigure`. `claim` is the id that a row of one of our own tables brings with
    it.
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
    is_share: bool = False
    claim: str = ""

    @property
    def value(self) -> str:
        """The words of the figure, as the cell of that column has them."""
        return self.figure.stated_value


def read_long_rows(sheet: Sheet, mapped: Mapped, options: Options) -> tuple[list[LongRow], list[Problem]]:
    """Every row that can be read, and what is wrong with the others: one problem a row, the first."""
    rows: list[LongRow] = []
    problems: list[Problem] = []
    left_out = options.left_out
    has_doubts = not (options.decimal_comma or options.language or points_are_clear(sheet, mapped))
    for row in sheet.rows:
        cells = left_out | _cells(row, mapped)
        if options.dates:
            cells |= _in_order(cells, options.dates)
        try:
            _refuse_shown_otherwise(cells)
            if options.decimal_comma and not options.language:
                refuse_points(cells)
            if has_doubts:
                refuse_doubtful(cells)
            rows.append(_long_row(row, cells, mapped, options))
        except BadCell as bad:
            given = cells.get(bad.column) or _ours(row, mapped).get(bad.column, "")
            problems.append(bad.problem(sheet.name, row.line, given, is_hinted=len(problems) < HINTED))
    return rows, problems


def _refuse_shown_otherwise(cells: Mapping[str, str]) -> None:
    """BadCell where a formula failed, or where a person sees another number: what is meant, nobody can tell here."""
    for column, cell in cells.items():
        if cell[0] == "#" and cell in _ERRORS:
            raise BadCell(column, "wanted no error of a spreadsheet: mend its formula, or empty the cell.")
        if isinstance(cell, RescaledCell):
            raise BadCell(column, "wanted a number as it is shown: the format of this one shows another, or a share.")


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
    stated = figure_of_ours(cells, ours) if ours else figure_of(cells, options)
    start, end = (_checked(Claim, column, column, cells) for column in ("as_of_start", "as_of_end"))
    return LongRow(
        line=row.line,
        question=_needed(Question, "title", "question", cells),
        unit=_checked(Question, "unit", "unit", cells),
        place=_needed(Place, "name", "place", cells),
        actor=_needed(Actor, "name", "actor", cells),
        figure=stated.figure,
        interval=stated.interval,
        override_reason=stated.override_reason,
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
        review=stated.review,
        is_share=stated.is_share,
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
    return clean(_checked(model, name, column, cells))


def _checked(model: Any, name: str, column: str, cells: Mapping[str, str]) -> str:
    """The text of a cell that a field of a model would take."""
    text = cells.get(column, "")
    if text and (wanted := _refusal(model, name, text)):
        raise BadCell(column, f"{wanted}.", partial(_day_hint, text) if column in _DATES else str)
    return text


def _day_hint(text: str) -> str:
    """What a day may be that is written in another way."""
    if match := _WRITTEN_DAY.fullmatch(text):
        meant = [f"{order} makes it {iso}" for order in DATE_ORDERS if (iso := _iso(match, order)) != text]
        return f"If the file writes days so, say in which order: {', '.join(meant)}." if meant else ""
    if not _SERIAL.fullmatch(text):
        return ""
    return f"As a spreadsheet counts days it is {date(1899, 12, 30) + timedelta(int(text))}: write that."


@lru_cache(maxsize=4096)  # names, dates and addresses come again and again
def _refusal(model: Any, name: str, text: str) -> str:
    """What a field of a model wants in place of a text; empty where it takes it."""
    try:
        read_cell(model._meta.get_field(name), text)
    except ValueError as error:
        return str(error)
    return "wanted text without control characters" if any(unicodedata.category(char) == "Cc" for char in text) else ""


def _one_of(words: Any, column: str, cells: Mapping[str, str]) -> str:
    given = cells.get(column, "")
    if given and given not in words:
        raise BadCell(column, f"wanted one of {', '.join(words)}.")
    return given
