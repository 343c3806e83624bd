"""The bundle: which file holds which model, and which column which field.

Import and export both follow this one table, so that what is written is what is read. Files stand in the order in
which they can be written: whatever a row refers to comes before it, or is in its own file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import F, QuerySet
from django.db.models.functions import Collate

from apps.actors.models import Actor, Alias, Redirect, Tombstone
from apps.claims.cells import AnyField
from apps.claims.models import (
    ActorReliability,
    Basis,
    Citation,
    Claim,
    ClaimCredibility,
    Correction,
    JointClaimant,
    Place,
    PublicId,
    Question,
    Relay,
    Stance,
    Topic,
)
from apps.sources.models import Source


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is one field of the model. A relation is written as the public key of what it points to."""

    name: str
    field: str


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column that is several rows: `through` has a row per entry, `owner` leads back, `entry` is what is listed.

    `position` keeps the order, from 0. `is_repeatable` is whether the same entry may stand there twice.
    """

    name: str
    through: type[models.Model]
    owner: str
    entry: str
    position: str = "position"
    is_repeatable: bool = False

    @property
    def field(self) -> AnyField:
        """The field of `through` that holds one entry."""
        return _field(self.through, self.entry)


@dataclass(frozen=True, eq=False)
class BundleFile:
    """One file, or the rows of a file that are one model. `key` names the columns that tell its rows apart.

    `left_empty` are columns of the file that belong to its other rows. `derived` names fields that set themselves
    when a row is saved, with the field that each follows from; `not_written` those that only this database knows.
    `exclusive` is a yes-or-no column of which only one row of several may say yes.
    """

    name: str
    model: type[models.Model]
    columns: tuple[Column | ListColumn, ...]
    key: tuple[str, ...]
    left_empty: tuple[str, ...] = ()
    derived: Mapping[str, str] = field(default_factory=dict)
    not_written: tuple[str, ...] = ()
    exclusive: str = ""

    @property
    def file_name(self) -> str:
        return f"{self.name}.csv"

    @cached_property
    def plain(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if isinstance(column, Column))

    @cached_property
    def lists(self) -> tuple[ListColumn, ...]:
        return tuple(column for column in self.columns if isinstance(column, ListColumn))

    @cached_property
    def fields(self) -> dict[str, AnyField]:
        """The model's field of every plain column."""
        return {column.name: _field(self.model, column.field) for column in self.plain}

    def path(self, column: str) -> str:
        """What to ask the ORM for: the field, or the public key behind a relation."""
        return _path(self.fields[column])

    @cached_property
    def self_references(self) -> tuple[str, ...]:
        """Columns that lead to another row of this file."""
        return tuple(name for name, target in self.relations.items() if target is self.model)

    @cached_property
    def relations(self) -> dict[str, type[models.Model]]:
        """Columns that hold public keys, with the model whose they are."""
        found = {name: field.related_model for name, field in self.fields.items()}
        found |= {column.name: column.field.related_model for column in self.lists}
        return {name: target for name, target in found.items() if isinstance(target, type)}


def _field(model: type[models.Model], name: str) -> AnyField:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field


def _own(*names: str) -> tuple[Column, ...]:
    """Columns that are named like their fields."""
    return tuple(Column(name, name) for name in names)


_FIGURE = _own("stated_value", "qualifier", "hedged", "lower", "upper", "lower_inclusive", "upper_inclusive", "point")

FILES: tuple[BundleFile, ...] = (
    # First, so that what was removed by law is not brought in again.
    BundleFile(
        "tombstones",
        Tombstone,
        (*_own("kind"), Column("id", "public_id"), *_own("sha256", "reason", "removed_by", "removed_at")),
        ("kind", "id"),
    ),
    BundleFile("topics", Topic, (Column("topic", "slug"), *_own("title", "summary")), ("topic",)),
    BundleFile(
        "questions",
        Question,
        (
            Column("question", "slug"),
            *_own("topic", "title", "definition", "unit", "measure", "since", "broader", "floor", "window_days"),
            *_own("note", "population", "tolerance"),
        ),
        ("question",),
    ),
    BundleFile(
        "places",
        Place,
        (
            Column("place", "slug"),
            *_own("name", "parent", "country", "wikidata", "latitude", "longitude", "note"),
        ),
        ("place",),
    ),
    BundleFile(
        "actors",
        Actor,
        (
            Column("actor", "slug"),
            *_own("name", "short_name", "kind", "country", "parent"),
            ListColumn("aliases", Alias, "actor", "name"),
            *_own("wikidata", "note"),
        ),
        ("actor",),
    ),
    BundleFile(
        "sources",
        Source,
        (
            Column("source", "slug"),
            *_own("publisher", "title", "url", "published_on", "language", "kind", "author", "accessed_on"),
            *_own("archive_url", "archive_sha256", "archive_file", "note"),
        ),
        ("source",),
        derived={"url_key": "url"},
    ),
    BundleFile(
        "claims",
        Claim,
        (
            Column("claim", "public_id"),
            *_own("question", "place", "claimant"),
            ListColumn("joint_claimants", JointClaimant, "claim", "actor"),
            *_own("speaker"),
            Column("basis", "basis_note"),
            *_FIGURE,
            *_own("interval_kind", "interval_level", "nature", "as_of_start", "as_of_end", "stated_on", "population"),
            *_own("part_of", "supersedes", "revision_kind", "status"),
            Column("core", "is_core"),
            *_own("note", "stated_at", "retracted_at", "retracted_by", "retracted_why", "attributes"),
            *_own("override_reason"),
        ),
        ("claim",),
        # When a database got to know a claim is its own history; a restored one knows it since the restoring.
        not_written=("recorded_at",),
    ),
    BundleFile(
        "citations",
        Citation,
        (
            Column("citation", "public_id"),
            *_own("claim", "source"),
            Column("primary", "is_primary"),
            *_own("quote", "locator", "language"),
            Column("translated", "is_translated"),
            *_own("translation"),
            ListColumn("via", Relay, "citation", "actor", is_repeatable=True),
            *_FIGURE,
            *_own("question_as_printed", "place_as_printed", "claimant_as_printed", "speaker_as_printed", "note"),
            *_own("override_reason"),
        ),
        ("citation",),
        exclusive="primary",
    ),
    BundleFile(
        "basis",
        Basis,
        _own("claim", "kind", "target_claim", "target_actor", "note"),
        ("claim", "kind", "target_claim", "target_actor"),
    ),
    BundleFile(
        "stances",
        Stance,
        (
            Column("stance_id", "public_id"),
            *_own("claim", "actor"),
            Column("stance", "kind"),
            *_own("stated_on", "source", "quote"),
        ),
        ("stance_id",),
    ),
    BundleFile(
        "assessments",
        ActorReliability,
        _own("actor", "grade", "graded_on", "graded_by", "reason"),
        ("actor", "graded_on", "graded_by"),
        left_empty=("claim",),
    ),
    BundleFile(
        "assessments",
        ClaimCredibility,
        _own("claim", "grade", "graded_on", "graded_by", "reason"),
        ("claim", "graded_on", "graded_by"),
        left_empty=("actor",),
    ),
    BundleFile(
        "corrections",
        Correction,
        (Column("correction", "public_id"), *_own("claim", "what_was_wrong", "what_was_done", "corrected_on")),
        ("correction",),
    ),
    BundleFile("redirects", Redirect, _own("kind", "old_slug", "target_slug"), ("kind", "old_slug")),
)


def headers() -> dict[str, tuple[str, ...]]:
    """File name → its columns in order."""
    found: dict[str, tuple[str, ...]] = {}
    for file in FILES:
        names = [column.name for column in file.columns]
        names[1:1] = file.left_empty
        found.setdefault(file.file_name, tuple(names))
    return found


def _path(field: AnyField) -> str:
    target = field.related_model
    if target is None:
        return field.name
    assert isinstance(target, type)
    return f"{field.name}__{public_key(target)}"


def public_key(model: type[models.Model]) -> str:
    """The field by which rows of other files name a row of this model."""
    return "public_id" if issubclass(model, PublicId) else "slug"


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of the database in the terms of its file: `values` by column name, relations as public keys."""

    pk: int
    values: Mapping[str, Any]


def stored_rows(file: BundleFile, rows: QuerySet[Any] | None = None) -> Iterator[StoredRow]:
    """Every row of a file as it is stored, in the order of its key: one query, and one more for each list column."""
    rows = file.model._default_manager.all() if rows is None else rows
    paths = [file.path(column.name) for column in file.plain]
    names = [column.name for column in file.plain]
    order = [_bytewise(file.fields[name], file.path(name)) for name in file.key]
    ordered = rows.order_by(*order, "pk")
    lists = {column.name: _entries(column, rows) for column in file.lists}
    for pk, *values in ordered.values_list("pk", *paths).iterator(chunk_size=5_000):
        listed = {name: entries.get(pk, ()) for name, entries in lists.items()}
        yield StoredRow(pk, dict(zip(names, values, strict=True)) | listed)


def _bytewise(field: AnyField, path: str) -> F | Collate:
    """Order by the bytes of a text, so that it does not depend on the language of the database."""
    is_text = field.related_model is not None or isinstance(field, (models.CharField, models.TextField))
    return Collate(path, "C") if is_text else F(path)


def _entries(column: ListColumn, owners: QuerySet[Any]) -> dict[int, tuple[str, ...]]:
    rows = column.through._default_manager.filter(**{f"{column.owner}__in": owners.order_by().values("pk")})
    found: dict[int, tuple[str, ...]] = {}
    entry = _path(column.field)
    listed = rows.order_by(column.owner, column.position, "pk")
    for owner, text in listed.values_list(f"{column.owner}_id", entry).iterator(chunk_size=5_000):
        found[owner] = (*found.get(owner, ()), text)
    return found
