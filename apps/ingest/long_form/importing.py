"""Bringing a file of the long form in: all of it or nothing, and twice is once (product.md, "Long form").

Rows become rows of a bundle, and the bundle's own writer checks and writes them: every rule of the database is asked
before it refuses, and every problem names the line of the file that it is on.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q

from apps.claims.bundle import FILES, BundleFile, stored_rows
from apps.claims.cells import print_cell, print_list
from apps.claims.models import Citation, Claim, ClaimStatus, Correction
from apps.domain.wording import counted
from apps.ingest.bundle import import_lock, refresh_statistics
from apps.ingest.bundle_rows import read_rows
from apps.ingest.bundle_writing import explain, write
from apps.ingest.long_form import correcting
from apps.ingest.long_form.entities import Entities, place_rows
from apps.ingest.long_form.examples import Proposal
from apps.ingest.long_form.matching import Matched, match_sheet
from apps.ingest.long_form.names import Names
from apps.ingest.long_form.options import Options
from apps.ingest.long_form.returning import without_returned
from apps.ingest.long_form.row_numbers import is_number
from apps.ingest.long_form.rows import LongRow, read_long_rows
from apps.ingest.long_form.saying import said_of_citation, said_of_claim
from apps.ingest.long_form.settling import settled
from apps.ingest.long_form.sheets import Sheet, read_sheet
from apps.ingest.long_form.statements import Scope, Statement, Told, chained, statements_of
from apps.ingest.models import Import, ImportedClaim
from apps.ingest.problems import BROKEN_OFF, BundleRefused, Problem
from apps.ingest.tables import Table, TableRow
from apps.web.lookups import AnyOf

#: Claims that are checked and written at a time: enough to be quick, few enough for the memory.
BATCH = 10_000
#: Rows that are shown as they were read, and as many of those in words.
SHOWN = 4
#: Column of the bundle → column of the long form that it comes from, for what a problem says.
_COLUMNS = {
    "stated_value": "value",
    "lower": "low",
    "upper": "high",
    "lower_inclusive": "low_inclusive",
    "upper_inclusive": "high_inclusive",
    "claimant": "actor",
    "url": "source_url",
    "source": "source_title",
    "title": "source_title",
    "name": "actor",
}
_BY_NAME = {file.name: file for file in FILES}

type Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows of a file: `made` and `revised` are new claims, those `revised` supersede one.

    `corrected`: claims of ours that now say what their row says; `known`: nothing new; `repeated`: the same row again;
    `for_review`: made, but a person has to read their words. `near` are new names that may be old ones. `columns`:
    column of the long form → column of the file; `proposed` are columns kept as attributes that may be more, `left_out`
    the sheets of a workbook that nobody read. `header` are all columns of the file, `sample` some rows as they were
    read; `record` is the key of an `Import`, none where nothing was written for good.
    """

    rows: int
    made: int
    revised: int
    corrected: int
    known: int
    repeated: int
    for_review: int
    entities: Mapping[str, int]
    near: Sequence[str]
    columns: Mapping[str, str] = field(default_factory=dict)
    proposed: Sequence[Proposal] = ()
    left_out: Sequence[str] = ()
    header: Sequence[str] = ()
    sample: Sequence[LongRow] = ()
    record: int | None = None
    is_dry_run: bool = False

    def sentence(self) -> str:
        """What was done, for the person at the terminal."""
        if not self.made and not self.revised and not self.corrected:
            return f"Nothing to do: all {self.rows:,} rows are there already{self._repeated()}."
        new = ", ".join(counted(count, name) for name, count in self.entities.items() if count)
        did = "Would make" if self.is_dry_run else "Made"
        parts = [f"{did} {counted(self.made + self.revised, 'claims')}"]
        parts += [f"{self.revised:,} of them revisions of earlier ones"] if self.revised else []
        parts += [f"{self.for_review:,} of them for review"] if self.for_review else []
        parts += [f"corrected {self.corrected:,}"] if self.corrected else []
        parts += [f"left {self.known:,} as they are"] if self.known else []
        return f"{', '.join(parts)}{self._repeated()}. New: {new or 'nothing else'}."

    def _repeated(self) -> str:
        return f"; rows that say what another row says: {self.repeated:,}" if self.repeated else ""


def import_claims(
    name: str,
    content: bytes,
    *,
    options: Options | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    is_published: bool = False,
    is_dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Bring the file `name` in, in one transaction. `progress` is told how many claims of how many are written.

    `columns`: column of the long form → column of the file, for those that their names do not tell; empty where none is
    meant. A dry run goes the whole way and then takes everything back. Raises `BundleRefused` with every problem that
    was found (`ColumnsMissing` with what the columns may be); the database is then as it was.
    """
    options = options or Options()
    with _no_collecting():
        sheet = read_sheet(name, content, encoding=encoding)
        matched = match_sheet(sheet, columns, options.left_out)
        matched.refuse_missing()
        said = {**asdict(options), "columns": matched.columns, "encoding": encoding, "publish": is_published}
        record = Import(file_name=name[:255], sha256=sha256(content).hexdigest(), options=said)
        try:
            return _import(sheet, matched, options, record, is_dry_run, progress or (lambda done, of: None))
        except BundleRefused as refused:
            raise BundleRefused(matched.in_their_words(refused.problems)) from refused


def _import(
    sheet: Sheet, matched: Matched, options: Options, record: Import, is_dry_run: bool, progress: Progress
) -> Imported:
    name = sheet.name
    rows, problems = read_long_rows(sheet, matched.mapped, options)
    with transaction.atomic():
        import_lock()
        entities = Entities.load()
        cited_as = _cited_as(record)
        placed, unplaced = place_rows(rows, entities, file=name, cited_as=cited_as, language=options.language)
        if problems := sorted([*problems, *unplaced], key=lambda problem: problem.line or 0):
            raise BundleRefused(problems)
        statements, repeated = statements_of(placed, cited_as=cited_as)
        statements, returned = without_returned(statements, file=name)
        record.save()
        writer = _Writer(name, record, ClaimStatus.PUBLISHED if record.options["publish"] else ClaimStatus.DRAFT)
        counts = writer.write(statements, entities, progress, returned=returned)
        counts["known"] += len(returned)
        found = Imported(
            len(sheet.rows),
            **counts,
            repeated=repeated,
            near=entities.near(),
            columns=matched.columns,
            proposed=matched.proposed,
            left_out=() if matched.mapped.ours else sheet.left_out,
            header=sheet.header,
            sample=_sample(statements),
            record=record.pk if writer.has_written and not is_dry_run else None,
            is_dry_run=is_dry_run,
        )
        if not writer.has_written:
            record.delete()
        Import.objects.filter(pk=record.pk).update(counts=counts, made=writer.made)
        if is_dry_run:
            transaction.set_rollback(True)
    if writer.has_written and not is_dry_run:
        refresh_statistics()
    return found


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without looking for circles of objects among millions that have none, which is a sixth of all the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Writer:
    """Writes the statements of one file; every problem is said of a line of it."""

    def __init__(self, file: str, record: Import, status: ClaimStatus) -> None:
        self.file, self.record, self.status = file, record, status
        self.has_written = False
        self.made: dict[str, list[str]] = {}

    def write(
        self, statements: list[Statement], entities: Entities, progress: Progress, *, returned: Iterable[str] = ()
    ) -> dict[str, Any]:
        """What became of the statements; `returned` are claims that rows of our own tables brought along."""
        statements, said = settled(statements, _said_last, file=self.file)
        new, changed = _parted(statements, said)
        self._refuse(changed)
        made = {"topics": entities.topics, "actors": entities.actors, "places": entities.places}
        made |= {"questions": entities.questions, "sources": entities.sources}
        self.made = {name: list(names.made) for name, names in made.items() if names.made}
        self._write({name: _entity_rows(names) for name, names in made.items()})
        for batch, unseen in _batches(new):
            with self._telling(unseen):
                self._add(batch)
            progress(len(new) - unseen, len(new))
        for batch, unseen in _batches(changed):
            with self._telling(unseen):
                self._correct(batch)
        if self.has_written:
            self._hold([*said, *returned])
        revised = sum(bool(one.supersedes) for one in new)
        return {
            "made": len(new) - revised,
            "revised": revised,
            "corrected": len(changed),
            "known": len(statements) - len(new) - len(changed),
            "for_review": sum(bool(one.row.review) for one in new),
            "entities": {name: len(names.made) for name, names in made.items()},
        }

    def _hold(self, claims: Sequence[str]) -> None:
        """Claims of earlier imports that are in this one, too: they stay as long as one of these stands."""
        free = Q(also_in=None) | Q(also_in__undone_at__isnull=False)
        ImportedClaim.objects.filter(AnyOf(F("claim__public_id"), claims), free).update(also_in=self.record)

    def _refuse(self, changed: list[Statement]) -> None:
        may_publish = self.status == ClaimStatus.PUBLISHED
        if problems := list(correcting.refused(changed, file=self.file, may_publish=may_publish)):
            raise BundleRefused(problems)

    @contextmanager
    def _telling(self, unseen: int) -> Iterator[None]:
        """Where the database refuses a batch, it is said how many claims after that it was not asked about."""
        try:
            yield
        except BundleRefused as refused:
            if not unseen:
                raise
            words = f"{counted(unseen, 'claims')} after these were not held against the rules of the database yet."
            raise BundleRefused([*refused.problems, Problem(self.file, words)]) from refused

    def _add(self, batch: list[Statement]) -> None:
        claims = [TableRow(one.row.line, self._claim_cells(one)) for one in batch]
        citations = [TableRow(one.row.line, self._citation_cells(one)) for one in batch]
        self._write({"claims": claims, "citations": citations})
        _remember(self.record, batch)

    def _correct(self, batch: list[Statement]) -> None:
        """Our rows said something else than their file says now: they are set to it, the published ones in public."""
        ids = [one.claim for one in batch]
        stored = {row.public_id: row for row in Claim.objects.filter(public_id__in=ids)}
        differing: dict[str, list[str]] = {one.claim: [] for one in batch}
        claims = self._merged("claims", Claim.objects.filter(public_id__in=ids), batch, said_of_claim, differing)
        cited = Citation.objects.filter(public_id__in=[one.citation for one in batch])
        citations = self._merged("citations", cited, batch, said_of_citation, differing)
        self._write({"claims": claims, "citations": citations})
        on = self.record.imported_at.date()
        Correction.objects.bulk_create(correcting.corrections(batch, stored, differing, file=self.file, on=on))
        _remember(self.record, batch)

    def _merged(
        self,
        name: str,
        rows: Any,
        batch: list[Statement],
        cells: Callable[[Statement], dict[str, str]],
        differing: dict[str, list[str]],
    ) -> list[TableRow]:
        """Stored rows as their bundle would have them, but for what the long form says; `differing` is told what."""
        file = _BY_NAME[name]
        by_id = {(one.claim if name == "claims" else one.citation): one for one in batch}
        found = []
        for row in stored_rows(file, rows):
            one = by_id[row.values[file.key[0]]]
            kept = {column: _printed(value) for column, value in row.values.items()}
            said = cells(one)
            columns = [column for column in said if said[column] != kept[column] and column not in differing[one.claim]]
            differing[one.claim] += columns
            found.append(TableRow(one.row.line, kept | said))
        return found

    def _claim_cells(self, one: Statement) -> dict[str, str]:
        at, row = one.placed, one.row
        status = ClaimStatus.IN_REVIEW if row.review else self.status
        about = {"claim": one.claim, "question": at.question, "place": at.place, "claimant": at.actor}
        dates = {"as_of_start": row.as_of_start, "as_of_end": row.as_of_end, "stated_on": row.stated_on}
        revision = {"supersedes": one.supersedes, "revision_kind": "updated" if one.supersedes else ""}
        return about | dates | revision | said_of_claim(one) | {"status": status.value}

    def _citation_cells(self, one: Statement) -> dict[str, str]:
        place = "" if one.row.quote else f"{self.file}, line {one.row.line}"
        keys = {"citation": one.citation, "claim": one.claim, "source": one.placed.source, "primary": "true"}
        return keys | {"locator": place} | said_of_citation(one)

    def _write(self, rows: Mapping[str, Sequence[TableRow]]) -> None:
        """Through the writer of bundles, whose problems are said in the words of the long form."""
        if not any(rows.values()):
            return
        tables = {file: Table(tuple(rows.get(file.name, ()) if _is_ours(file) else ()), ()) for file in FILES}
        self.has_written = True
        given = read_rows(tables)
        try:
            if given.problems:
                raise BundleRefused(given.problems)
            with transaction.atomic():
                write(given)
        except BundleRefused as refused:
            raise BundleRefused([self._said(problem) for problem in refused.problems]) from refused
        except DatabaseError as error:
            if isinstance(error, BROKEN_OFF):
                raise
            raise BundleRefused([self._said(explain(error))]) from error

    def _said(self, problem: Problem) -> Problem:
        column = _COLUMNS.get(problem.column or "", problem.column)
        return replace(problem, file=self.file, column=column)


def _sample(statements: Sequence[Statement]) -> list[LongRow]:
    """The first rows, and the first after them whose words are more than a number."""
    rows = [one.row for one in statements]
    worded = (row for row in rows[SHOWN:] if not is_number(row.value))
    return [*rows[:SHOWN], *islice(worded, SHOWN)]


def _parted(statements: list[Statement], said: Mapping[str, str]) -> tuple[list[Statement], list[Statement]]:
    """The new ones, each after the one that it supersedes, and those that say something else than their claims."""
    here = _here([one.claim for one in statements if one.claim not in said])
    is_new = {one.claim for one in statements} - said.keys() - here
    new = chained([one for one in statements if one.claim in is_new], _stored(statements))
    gone = set(Claim.objects.filter(status=ClaimStatus.REMOVED).values_list("public_id", flat=True))
    standing = [one for one in statements if one.claim not in gone]
    changed = [one for one in standing if said.get(one.claim, one.said) != one.said]
    for batch, _ in _batches([one for one in standing if one.claim in here]):
        changed += correcting.otherwise(batch)
    return new, changed


def _cited_as(record: Import) -> str:
    """What rows without a source are cited from: the file, under the name that it had when it came first."""
    first = (
        Import.objects.filter(sha256=record.sha256, undone_at=None).order_by("pk").values_list("file_name", flat=True)
    )
    return first.first() or record.file_name


def _here(claims: Sequence[str]) -> set[str]:
    """Those that are here without an import having brought them: a bundle has, for one."""
    return set(Claim.objects.filter(AnyOf(F("public_id"), claims)).values_list("public_id", flat=True))


def _said_last(claims: Sequence[str]) -> dict[str, str]:
    rows = ImportedClaim.objects.filter(AnyOf(F("claim__public_id"), claims))
    return dict(rows.values_list("claim__public_id", "said"))


def _batches(statements: list[Statement]) -> Iterator[tuple[list[Statement], int]]:
    """Parts of at most `BATCH`, each with how many come after it."""
    for start in range(0, len(statements), BATCH):
        batch = statements[start : start + BATCH]
        yield batch, len(statements) - start - len(batch)


def _is_ours(file: BundleFile) -> bool:
    return file.name in {"topics", "questions", "places", "actors", "sources", "claims", "citations"}


def _entity_rows(names: Names) -> list[TableRow]:
    return [TableRow(names.first_line[slug], cells) for slug, cells in names.made.items()]


def _printed(value: Any) -> str:
    return print_list(value) if isinstance(value, tuple) else print_cell(value)


_REMEMBER = """
    INSERT INTO ingest_importedclaim (claim_id, came_with_id, said)
    SELECT claim.id, %s, one.said FROM unnest(%s::text[], %s::text[]) one (claim, said)
    JOIN claims_claim claim ON claim.public_id = one.claim
    ON CONFLICT (claim_id) DO UPDATE SET said = EXCLUDED.said
"""


def _remember(record: Import, batch: Sequence[Statement]) -> None:
    """What each row says, and with which import its claim came first."""
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, [record.pk, [one.claim for one in batch], [one.said for one in batch]])


def _stored(statements: Iterable[Statement]) -> dict[Scope, list[Told]]:
    """Stored claims on the same questions, by what a later statement would have to be about."""
    used = {one.placed.question for one in statements}
    names = ("question__slug", "place__slug", "claimant__slug", "as_of_start", "as_of_end", "stated_on", "public_id")
    found: dict[Scope, list[Told]] = {}
    rows = Claim.objects.filter(question__slug__in=used).exclude(status__in=("retracted", "removed"))
    for question, place, actor, start, end, stated, claim in rows.values_list(*names).iterator():
        scope = (question, place, actor, *(date.iso if date else "" for date in (start, end)))
        found.setdefault(scope, []).append(Told(claim, stated.iso if stated else ""))
    return found
