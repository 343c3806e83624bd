"""The columns of a file against those of the long form: matched by name or as said, proposed by example."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from apps.ingest.long_form.columns import Mapped, by_name, key_of, missing, without
from apps.ingest.long_form.entities import Entities
from apps.ingest.long_form.examples import SAMPLE, Known, Proposal, propose
from apps.ingest.long_form.names import Names
from apps.ingest.long_form.sheets import Sheet
from apps.ingest.problems import BundleRefused, Problem


class ColumnsMissing(BundleRefused):
    """A table without columns that are needed; `proposed` is what columns may be, `unlike` what none looks like."""

    def __init__(self, problem: Problem, missing: Sequence[str], proposed: Sequence[Proposal]) -> None:
        self.proposed = tuple(proposed)
        found = {one.column for one in proposed}
        self.unlike = tuple(column for column in missing if column not in found)
        super().__init__([problem])


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of the columns of a file. Columns of the long form: `missing` are needed and not there, `unmeant`
    were said to be none of the file's."""

    file: str
    header: Sequence[str]
    mapped: Mapped
    missing: Sequence[str]
    proposed: Sequence[Proposal]
    unmeant: Sequence[str] = ()

    @property
    def columns(self) -> dict[str, str]:
        """Column of the long form → column of the file, or nothing: what can be said or saved of the next file."""
        matched = {column: self.header[place] for column, place in self.mapped.columns.items()}
        return matched | dict.fromkeys(self.unmeant, "")

    @property
    def attributes(self) -> list[str]:
        """Columns of the file that are kept beside the claim."""
        return list(self.mapped.attributes)

    def in_their_words(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems with columns named as the file names them."""
        theirs = {column: header for column, header in self.columns.items() if key_of(header) not in ("", column)}
        return [replace(problem, column=theirs.get(problem.column or "", problem.column)) for problem in problems]

    def refuse_missing(self) -> None:
        """Raises `ColumnsMissing` where no row could be a claim."""
        if self.missing:
            raise ColumnsMissing(Problem(self.file, without(self.header, self.missing), 1), self.missing, self.proposed)


def match_sheet(sheet: Sheet, said: Mapping[str, str] | None = None, left_out: Collection[str] = ()) -> Matched:
    """The columns of a sheet. The database is asked for names only where a column is unknown.

    `said`: column of the long form → column of the file; empty where none is meant. `left_out`: columns that are said
    for all rows. Raises `BundleRefused` where a column is named that is not there, or a name could mean two things.
    """
    said = said or {}
    mapped = by_name(sheet.name, sheet.header, said)
    sample = [row.cells for row in sheet.rows[:SAMPLE]]
    unmeant = [column for column, header in said.items() if not header]
    has_unknown = bool(mapped.attributes)
    known_well = [*unmeant, *left_out]
    proposed = propose(sheet.header, sample, mapped, known=known_names(), but=known_well) if has_unknown else ()
    return Matched(sheet.name, sheet.header, mapped, missing(mapped, left_out), proposed, unmeant)


def known_names() -> Known:
    """What the database has names for; nine queries."""
    entities = Entities.load()
    return Known(
        questions=_called(entities.questions),
        units=frozenset(unit.casefold() for unit in entities.units.values()),
        places=_called(entities.places),
        actors=_called(entities.actors),
        sources=_called(entities.sources),
        topics=_called(entities.topics),
    )


def _called(names: Names) -> frozenset[str]:
    return frozenset(names.called) | names.live
