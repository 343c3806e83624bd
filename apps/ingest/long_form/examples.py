"""Which unknown columns of a table look like ones of the long form, by what stands in them. Proposed, never taken."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from apps.domain.parsing import FigureError, parse
from apps.domain.vocabulary import Measure, Nature, Qualifier
from apps.ingest.long_form.columns import KNOWN_AS, Mapped
from apps.ingest.problems import quoted

#: Rows that are looked at, and characters of a cell beyond which it is prose.
SAMPLE = 200
_SHORT = 120
#: Cells with words that are read as figures, which takes long.
_WORDED = 20
#: Columns of numbers of which each is held against each; a table with more is of another kind.
_MOST_NUMBERS = 8
#: Part of the cells that have to look alike: some rows of most tables are totals or remarks. Of names, fewer are known.
_MOST, _SOME = 0.9, 0.5

_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?([ T]\d\d:\d\d\S*)?|\d{1,2}([./-])\d{1,2}\3\d{4}", re.ASCII)
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}([.,]\d{1,30})?", re.ASCII)
_WORD = re.compile(r"[^\W_]+")

#: Where a table has two, they are of a day and of its report; more tell the end of a period as well.
_DATES = ("as_of_start", "stated_on", "as_of_end", "published_on")
_MANY_DATES = ("as_of_start", "as_of_end", "stated_on", "published_on")
#: Columns whose cells show what they are; a name alone says nothing against them.
_TYPED = frozenset({*_DATES, "value", "low", "high", "source_url"})
#: Column of the long form → words of a header that say so in other languages than the one of our names.
_ALSO: Mapping[str, str] = {
    "question": "frage indikator kennzahl pregunta indicador indicateur показатель показник вопрос питання",
    "unit": "einheit unidad unité единица одиниця",
    "place": "ort land region lieu pays lugar país место страна місце країна country state city province oblast",
    "actor": "wer behörde quién qui кто хто akteur acteur auteur autor organisme организация організація",
    "value": "wert zahl anzahl valeur nombre valor número число количество кількість значение total",
    "low": "minimal untergrenze mínimo минимум мінімум",
    "high": "maximal obergrenze máximo максимум",
    "as_of_start": "datum stand beginn day year jahr jour année fecha año дата год рік начало початок",
    "as_of_end": "ende fin bis until конец кінець",
    "stated_on": "gemeldet berichtet declared announced заявлено",
    "source_title": "quelle reference citation titre fuente источник джерело",
    "source_url": "adresse lien enlace website webseite ссылка посилання",
    "quote": "zitat wortlaut quotation cita цитата",
    "note": "anmerkung bemerkung hinweis remarque nota примечание примітка",
    "speaker": "sprecher spokesperson portavoz",
}


@dataclass(frozen=True, slots=True)
class Known:
    """Names that the database has, in small letters (`str.casefold`)."""

    questions: Collection[str] = frozenset()
    units: Collection[str] = frozenset()
    places: Collection[str] = frozenset()
    actors: Collection[str] = frozenset()
    sources: Collection[str] = frozenset()
    topics: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column of the file that looks like one of the long form. `others` are what else it may be, likelier ones first.

    `because` is the end of a sentence about the column: “its cells are dates, such as “2024-11-05””.
    """

    column: str
    header: str
    because: str
    others: tuple[str, ...] = ()

    def sentence(self) -> str:
        """What is proposed and why, for whoever has to decide."""
        rest = f" (or {', '.join(self.others)})" if self.others else ""
        return f"The column {quoted(self.header)} looks like {self.column}{rest}: {self.because}."


@dataclass(frozen=True, slots=True)
class _Fit:
    """What one column of the file may be: likelier fits sort first."""

    is_named: bool
    share: float
    column: str
    place: int
    because: str

    def order(self, dates: Sequence[str]) -> tuple[bool, float, int, int]:
        """Of columns that hold the same, the one that a table is likelier to have comes first."""
        rank = dates.index(self.column) if self.column in dates else len(dates)
        return not self.is_named, -self.share, rank, self.place


def propose(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    mapped: Mapped,
    *,
    known: Known | None = None,
    but: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """At most one proposal for each column of the file that is an attribute so far, and for each of ours not found.

    `rows` are the first rows of the table, their cells as text; a row may be shorter than the header. Their order
    changes nothing. `but` are columns of ours that the file was said not to have. In the order of the file.
    """
    known = known or Known()
    free = [column for column in KNOWN_AS if column not in mapped.columns and column not in but]
    # A number for a name is that of one of many columns of one kind, such as a year.
    unknown = {place for name, place in mapped.attributes.items() if not name.isdecimal()}
    cells = {place: _cells(rows, place) for place in unknown if len(header) > 1}
    fits = [fit for place, given in cells.items() for fit in _fits(place, header[place], given, known)]
    fits += _between(rows, mapped, [place for place, given in cells.items() if _holds_numbers(given)])
    dated = {fit.place for fit in fits if fit.column in _DATES} | {*mapped.columns} & {*_DATES}
    dates = _MANY_DATES if len(dated) > 2 else _DATES
    wanted = sorted((fit for fit in fits if fit.column in free), key=lambda fit: fit.order(dates))
    taken = _assigned(wanted)
    others = {place: tuple(fit.column for fit in wanted if fit.place == place) for place in taken}
    return tuple(
        Proposal(fit.column, header[place], fit.because, _others(fit, others[place], taken))
        for place, fit in sorted(taken.items())
    )


def _assigned(fits: Sequence[_Fit]) -> dict[int, _Fit]:
    """Place → the best fit, each column of ours given once."""
    found: dict[int, _Fit] = {}
    for fit in fits:
        if fit.place not in found and all(fit.column != other.column for other in found.values()):
            found[fit.place] = fit
    return found


def _others(fit: _Fit, columns: Sequence[str], taken: Mapping[int, _Fit]) -> tuple[str, ...]:
    given = {other.column for other in taken.values()}
    return tuple(column for column in dict.fromkeys(columns) if column != fit.column and column not in given)


def _cells(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if place < len(row) and row[place]]


# --- one column


def _fits(place: int, name: str, cells: Sequence[str], known: Known) -> Iterator[_Fit]:
    """What a column may be: by what stands in it, and by its name where nothing in it speaks against that."""
    named = _named(name)
    looks = list(_by_cells(cells, known, named))
    for column, share, because in looks:
        yield _Fit(column in named, share, column, place, because)
    if cells and _TYPED.isdisjoint(column for column, _, _ in looks):
        for column in named.keys() - _TYPED - {column for column, _, _ in looks}:
            yield _Fit(True, 0, column, place, f"its name is like {quoted(named[column])}")


def _by_cells(cells: Sequence[str], known: Known, named: Collection[str]) -> Iterator[tuple[str, float, str]]:
    """(column, part of the cells that look like it, why). An end of a figure looks like one only by its name."""
    if not cells:
        return
    shown = f"such as {quoted(min(cells))}"
    if _share(cells, _is_address) >= _MOST:
        yield "source_url", 1, f"its cells are web addresses, {shown}"
    elif _share(cells, _is_day) >= _MOST:
        yield from ((column, 1, f"its cells are dates, {shown}") for column in _DATES)
    elif _figures(cells) >= _MOST and not _counts_rows(cells):
        if _share(cells, _is_year) >= _MOST:
            yield from ((column, 0.5, f"its cells are years, {shown}") for column in _DATES)
        for column in ("value", *({"low", "high"} & set(named))):
            yield column, 0.4, f"its cells are figures, {shown}"
    elif (told := {"value", "low", "high"} & set(named)) and _share(cells, _has_digits) >= _MOST:
        yield from ((column, 0.3, f"its cells hold numbers, {shown}") for column in sorted(told))
    else:
        yield from _by_names(cells, known)


def _by_names(cells: Sequence[str], known: Known) -> Iterator[tuple[str, float, str]]:
    words: Mapping[str, tuple[Collection[str], str]] = {
        "question": (known.questions, "known questions"),
        "unit": (known.units, "units of known questions"),
        "place": (known.places, "known places"),
        "actor": (known.actors, "known actors"),
        "source_title": (known.sources, "known sources"),
        "topic": (known.topics, "known topics"),
        "qualifier": (frozenset(Qualifier), "qualifiers"),
        "measure": (frozenset(Measure), "measures"),
        "nature": (frozenset(Nature), "natures"),
    }
    for column, (names, what) in words.items():
        told = [cell for cell in cells if cell.casefold() in names]
        if told and len(told) >= _SOME * len(cells):
            share = len(told) / len(cells)
            yield column, share, f"{len(told)} of its {len(cells)} cells name {what}, such as {quoted(min(told))}"


def _share(cells: Sequence[str], looks: Callable[[str], bool]) -> float:
    return sum(map(looks, cells)) / len(cells)


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None


def _is_day(text: str) -> bool:
    return _DAY.fullmatch(text) is not None


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


def _has_digits(text: str) -> bool:
    return any(map(str.isdigit, text))


def _figures(cells: Sequence[str]) -> float:
    """Part of the cells that are numbers, or words that hold one: “more than 40”. Of many words, some are read."""
    worded = [cell for cell in cells if not _NUMBER.fullmatch(cell)]
    some = sorted(set(worded))[:_WORDED]
    read = _share(some, _is_worded) * len(worded) if some else 0
    return (len(cells) - len(worded) + read) / len(cells)


def _is_worded(text: str) -> bool:
    if len(text) > _SHORT or not _has_digits(text):
        return False
    try:
        return parse(text).figure.qualifier is not Qualifier.UNQUANTIFIED
    except FigureError:
        return False


def _counts_rows(cells: Sequence[str]) -> bool:
    """Whether it is a running number: 1, 2, 3 and so on, each once, in any order of the rows."""
    numbers = {int(cell) for cell in cells if cell.isascii() and cell.isdecimal() and len(cell) < _SHORT}
    return len(cells) > 2 and len(numbers) == len(cells) == max(numbers) - min(numbers) + 1


def _holds_numbers(cells: Sequence[str]) -> bool:
    return bool(cells) and all(map(_NUMBER.fullmatch, cells))


def _named(header: str) -> dict[str, str]:
    """Columns of ours that a header speaks of: all words of a name of ours are in it, or one in another language."""
    words = set(_WORD.findall(header.casefold()))
    found = {}
    for column, names in KNOWN_AS.items():
        for like in (column, *names):
            if set(_WORD.findall(like)) <= words:
                found[column] = like
        if told := words & set(_ALSO.get(column, "").split()):
            found.setdefault(column, min(told))
    return found


# --- columns among themselves


def _between(rows: Sequence[Sequence[str]], mapped: Mapped, places: Sequence[int]) -> Iterator[_Fit]:
    """Columns of numbers of which one lies between two others in every row: a figure and its ends."""
    value = mapped.columns.get("value")
    if len(places) > _MOST_NUMBERS:
        return
    ordered = [
        (low, mid, high)
        for mid in (places if value is None else [value])
        for low, high in permutations([place for place in places if place != mid], 2)
        if _lie_between(rows, low, mid, high)
    ]
    if len(ordered) == 1:
        because = "in every row its number is one of a figure between two ends"
        for column, place in zip(("low", "value", "high"), ordered[0], strict=True):
            yield _Fit(False, 0.6, column, place, because)


def _lie_between(rows: Sequence[Sequence[str]], low: int, mid: int, high: int) -> bool:
    """In all rows that have the three numbers, of which at least two, and never all the same."""
    found = [tuple(_number(row, place) for place in (low, mid, high)) for row in rows]
    told = [(a, b, c) for a, b, c in found if a is not None and b is not None and c is not None]
    return len(told) > 1 and all(a <= b <= c for a, b, c in told) and any(a < b < c for a, b, c in told)


def _number(row: Sequence[str], place: int) -> Decimal | None:
    text = row[place] if place < len(row) else ""
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
