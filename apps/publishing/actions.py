"""Freezing a comparison, and taking a frozen one away because a law demands it."""

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from apps.actors.actions import removing
from apps.actors.as_known import as_known
from apps.actors.models import Tombstone, TombstoneKind
from apps.claims.models import Question
from apps.comparisons.queries import ComparisonQuery
from apps.comparisons.records import Places, compare_question
from apps.publishing.frozen_documents import canonical, frozen_document, plain_query
from apps.publishing.models import SHORTEST, FrozenComparison


def freeze(
    *, question: str, query: ComparisonQuery, known: datetime, today: date, by: User | None = None
) -> FrozenComparison:
    """Keep a comparison for ever; the one that is there already when the same was frozen before.

    `question` is its slug at the moment `known`, at which everything is looked at: the query's own, or else that of the
    newest change (`shown_as_known`), so that nothing in the document tells when it was frozen. `today` chooses the
    position date where the query names none. ValidationError when there was no such question, and when a law had the
    same document removed.
    """
    document = _document(question, query, known, today)
    with transaction.atomic():
        return _kept(document, question=question, by=by)


def _document(slug: str, query: ComparisonQuery, known: datetime, today: date) -> bytes:
    with as_known(known):
        question = Question.objects.select_related("topic", "broader").filter(slug=slug).first()
        if question is None:
            raise ValidationError(f"At that moment there was no question “{slug}” to freeze.", code="no_question")
        compared = compare_question(question, plain_query(query), places=Places.load(), today=today)
        named = replace(compared.query, on=compared.comparison.on, known=known)
        return canonical(frozen_document(replace(compared, query=named)))


def _kept(document: bytes, *, question: str, by: User | None) -> FrozenComparison:
    digest = sha256(document).hexdigest()
    _take_turns()
    if Tombstone.objects.filter(kind=TombstoneKind.FROZEN, sha256=digest).exists():
        raise ValidationError("A law had this very document removed; it is not frozen again.", code="removed_by_law")
    found = FrozenComparison.objects.filter(sha256=digest).first()
    if found is not None:
        return found
    row = FrozenComparison(
        public_id=_clear_id(digest), sha256=digest, document=document, question_slug=question, frozen_by=by
    )
    row.save(force_insert=True)
    row.refresh_from_db(fields=["frozen_at"])
    return row


def _take_turns() -> None:
    """The lock of the trigger `id_is_clear`: nobody else gives an id meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('frozen comparison', 0))")


def _clear_id(digest: str) -> str:
    """The shortest beginning of a hash, of SHORTEST digits or more, with which no other hash begins."""
    frozen = FrozenComparison.objects.beginning_with(digest[:SHORTEST]).values_list("sha256", flat=True)
    removed = Tombstone.objects.filter(kind=TombstoneKind.FROZEN, sha256__startswith=digest[:SHORTEST])
    others = [*frozen, *removed.values_list("sha256", flat=True)]
    lengths = range(SHORTEST, len(digest) + 1)
    return next(digest[:n] for n in lengths if not any(other.startswith(digest[:n]) for other in others))


@transaction.atomic
def remove_frozen(*, public_id: str, reason: str, by: str) -> Tombstone:
    """Erase a frozen comparison; a tombstone with hash and reason stays. ValidationError when there is none."""
    frozen = FrozenComparison.objects.filter(public_id=public_id).first()
    if frozen is None:
        raise ValidationError(f"There is no frozen comparison “{public_id}” to remove.", code="no_frozen")
    content = bytes(frozen.document)
    kind = TombstoneKind.FROZEN
    with removing(kind=kind, public_id=public_id, content=content, reason=reason, by=by) as tombstone:
        frozen.delete()
    return tombstone
