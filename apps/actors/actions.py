"""Removing what a law demands: the one way by which anything is erased from a history."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import connection, transaction

from apps.actors.models import Tombstone


@contextmanager
def removing(*, kind: str, public_id: str, content: bytes, reason: str, by: str) -> Iterator[Tombstone]:
    """Leaves a tombstone with the hash of `content`; within this context guarded tables may be changed.

    All or nothing. `content` is the canonical JSON of what is removed, `kind` one of `TombstoneKind`. ValidationError
    without a reason or a name, and when it was removed already.
    """
    with transaction.atomic():
        yield from _opened(leave_tombstone(kind=kind, public_id=public_id, content=content, reason=reason, by=by))


def leave_tombstone(*, kind: str, public_id: str, content: bytes, reason: str, by: str) -> Tombstone:
    """A tombstone alone, for a part of what is being removed that has an id of its own."""
    digest = sha256(content).hexdigest()
    tombstone = Tombstone(kind=kind, public_id=public_id, sha256=digest, reason=reason, removed_by=by)
    tombstone.full_clean(exclude=["removed_at"])
    tombstone.save()
    return tombstone


def _opened(tombstone: Tombstone) -> Iterator[Tombstone]:
    _set_door(str(tombstone.pk))
    yield tombstone
    _set_door("")  # after an error the transaction takes the setting back


def _set_door(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('parallax.removing', %s, true)", [key])
