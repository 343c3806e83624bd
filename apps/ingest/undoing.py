"""Undoing an import as a whole, while nothing stands on it (docs/decisions/0014)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pghistory
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from apps.actors.models import Actor
from apps.actors.references import references
from apps.claims.models import Citation, Claim, ClaimStatus, Place, Question, Topic
from apps.domain.wording import counted
from apps.ingest.bundle import import_lock, may_import_lock, refresh_statistics
from apps.ingest.models import Import, ImportedClaim
from apps.sources.models import Source

#: Ids that a refusal names; the rest is counted.
NAMED = 5
#: What an import makes besides claims, what leans on others first.
MADE: Mapping[str, type[models.Model]] = {
    "questions": Question,
    "sources": Source,
    "places": Place,
    "actors": Actor,
    "topics": Topic,
}


@dataclass(frozen=True, slots=True)
class Undone:
    """How many rows of each kind went; `kept` are entities that the import made and that others lean on by now."""

    removed: Mapping[str, int]
    kept: Mapping[str, int]
    is_dry_run: bool

    def sentence(self) -> str:
        """What was done, for a person."""
        verb = "Would remove" if self.is_dry_run else "Removed"
        kept = _counted(self.kept)
        rest = f" Kept, since others use it or changed it: {kept}." if kept else ""
        return f"{verb} {_counted(self.removed) or 'nothing'}.{rest}"


def undo_import(*, record: Import, by: Any = None, is_dry_run: bool = False, waits: bool = True) -> Undone:
    """Take back every claim that came with an import, and what it made for them that nobody else uses.

    All in one transaction; the import stays in the list as undone. ValidationError, one sentence for each reason, where
    something stands on it: nothing is changed then; one with the code “busy” where an import is under way and nobody
    `waits` for its end. `by` is the user who asks, if one does.
    """
    with transaction.atomic():
        if waits:
            import_lock()
        elif not may_import_lock():
            raise ValidationError("An import is under way. Try again when it is done.", code="busy")
        record = Import.objects.select_for_update().get(pk=record.pk)
        claims = Claim.objects.filter(imported__came_with=record)
        # Whoever edits one of them at this moment is waited for, and seen.
        list(claims.select_for_update(of=("self",)).values_list("pk", flat=True))
        if reasons := list(_reasons(record, claims)):
            raise ValidationError(reasons)
        with pghistory.context(undone_import=record.pk, by=str(by or "")):
            removed = _remove_claims(claims)
            kept: dict[str, int] = {}
            for kind, model in MADE.items():
                slugs = record.made.get(kind, [])
                removed[kind] = _remove_unused(model, [*slugs, *_left_behind(kind)])
                kept[kind] = model._default_manager.filter(slug__in=slugs).count()
        Import.objects.filter(pk=record.pk).update(undone_at=timezone.now(), undone_by=by)
        ImportedClaim.objects.filter(also_in=record).update(also_in=_next_that_may_hold(record))
        if is_dry_run:
            transaction.set_rollback(True)
    if not is_dry_run:
        refresh_statistics()
    return Undone(removed, kept, is_dry_run)


# --- what stands on it


def reasons_against(record: Import) -> list[str]:
    """What stands on an import, a sentence each; none where it can be undone as things are now."""
    return list(_reasons(record, Claim.objects.filter(imported__came_with=record)))


def _reasons(record: Import, claims: QuerySet[Claim]) -> Iterator[str]:
    if record.undone_at is not None:
        yield f"It was undone on {record.undone_at:%-d %b %Y} already."
        return
    if corrected := record.counts.get("corrected"):
        yield f"It corrected {counted(corrected, 'claims')} of earlier imports; set right by hand what it changed."
    open_states = (ClaimStatus.DRAFT, ClaimStatus.IN_REVIEW)
    public = claims.exclude(status__in=open_states)
    yield from _named(public, "public_id", "are or were published, and what readers saw is retracted, never removed")
    yield from _named(claims.filter(_has_changed(Claim)), "public_id", "were changed since")
    shared = claims.exclude(imported__also_in=None).filter(imported__also_in__undone_at=None)
    yield from _named(shared, "public_id", "came with a later import, too, which is to be undone first")
    citations = Citation.objects.filter(claim__in=claims)
    edited = citations.filter(_has_changed(Citation))
    yield from _named(edited, "claim__public_id", "have a citation that was changed since")
    cited = claims.annotate(citations_in_all=Count("citations")).filter(citations_in_all__gt=1)
    yield from _named(cited, "public_id", "have citations that did not come with it")
    for model, field in references(Claim):
        if model not in (Citation, ImportedClaim):
            rows = model._default_manager.filter(**{f"{field}__in": claims})
            others = rows.exclude(pk__in=claims) if model is Claim else rows
            words = f"have {model._meta.verbose_name_plural} that lean on them ({field.replace('_', ' ')})"
            yield from _named(others, f"{field}__public_id", words)
    for model, field in references(Citation):
        rows = model._default_manager.filter(**{f"{field}__in": citations})
        words = f"have citations with {model._meta.verbose_name_plural}"
        yield from _named(rows, f"{field}__claim__public_id", words)


def _has_changed(model: type[models.Model]) -> Exists:
    """Whether the history of a row has more than its beginning."""
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")._default_manager
    return Exists(events.filter(pgh_obj_id=OuterRef("pk"), pgh_label="update"))


def _came_with_an_import(model: type[models.Model]) -> Exists:
    """Whether a row was made at the moment of an import, which is that of the histories of its transaction."""
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")._default_manager
    moments = Import.objects.values("imported_at")
    return Exists(events.filter(pgh_obj_id=OuterRef("pk"), pgh_label="insert", pgh_created_at__in=moments))


def _named(rows: QuerySet[Any], name: str, words: str) -> Iterator[str]:
    """A reason where there are such rows: how many claims it is about, and the ids of the first."""
    ids = rows.order_by(name).values_list(name, flat=True).distinct()
    if first := list(ids[:NAMED]):
        count = ids.count()
        more = f" and {count - len(first):,} more" if count > len(first) else ""
        yield f"{count:,} of its claims {words}: {', '.join(first)}{more}."


# --- taking away


def _remove_claims(claims: QuerySet[Claim]) -> dict[str, int]:
    """By one statement for each table: rows that refer to each other go together."""
    keys = list(claims.values_list("pk", flat=True))
    ImportedClaim.objects.filter(claim_id__in=keys).delete()
    citations = Citation.objects.filter(claim_id__in=keys)
    removed = {"citations": citations._raw_delete(citations.db)}
    gone = Claim.objects.filter(pk__in=keys)
    return {"claims": gone._raw_delete(gone.db)} | removed


def _next_that_may_hold(record: Import) -> Import | None:
    """The next import that stands and found claims here: which ones it found besides, nobody wrote down."""
    later = Import.objects.filter(pk__gt=record.pk, undone_at=None, counts__known__gt=0)
    return later.order_by("pk").first()


def _left_behind(kind: str) -> list[str]:
    """What imports made that were undone while others used it."""
    return [slug for other in Import.objects.exclude(undone_at=None) for slug in other.made.get(kind, [])]


def _remove_unused(model: type[models.Model], slugs: list[str]) -> int:
    """Only what an import made: a slug may have been given anew, by hand, to what is no import's."""
    rows = model._default_manager.filter(~_has_changed(model), _came_with_an_import(model), slug__in=slugs)
    for other, field in references(model):
        rows = rows.filter(~Exists(other._default_manager.filter(**{field: OuterRef("pk")})))
    keys = list(rows.values_list("pk", flat=True))
    count: int = model._default_manager.filter(pk__in=keys)._raw_delete(rows.db)
    return count


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(counted(count, name) for name, count in counts.items() if count)
