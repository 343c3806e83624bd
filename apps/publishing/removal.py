"""What `remove_for_law` can remove, by kind, and what it says of it afterwards."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from apps.actors.models import TombstoneKind
from apps.claims.actions import remove_claim
from apps.publishing.actions import remove_frozen
from apps.publishing.models import FrozenComparison

#: From the id of a claim to the addresses of frozen documents that hold it.
type FrozenWith = Callable[[str], list[str]]


class Remover(Protocol):
    """Removes the thing of this id for good; gives sentences about what is left. ValidationError when it cannot."""

    def __call__(self, *, public_id: str, reason: str, by: str) -> Iterator[str]: ...


def remove_one_claim(*, public_id: str, reason: str, by: str) -> Iterator[str]:
    """Empties a claim and says what else may repeat it."""
    removed = remove_claim(public_id=public_id, reason=reason, by=by)
    yield f"Removed the claim {public_id}; SHA-256 of what it said: {removed.tombstone.sha256}."
    if removed.claims:
        yield f"Part of it, superseding it or resting on it: {', '.join(removed.claims)}. They stay as they are."
    if removed.sources:
        yield f"Its sources stay, with titles and archived copies: {', '.join(removed.sources)}."
    frozen = frozen_with(public_id)
    yield f"Frozen documents that hold it: {', '.join(frozen) or 'none'}."
    yield "Backups and exports that were made before still hold it."


def frozen_with(public_id: str) -> list[str]:
    """Addresses of frozen documents that hold a claim."""
    return [row.get_absolute_url() for row in FrozenComparison.objects.holding_claim(public_id).order_by("pk")]


def remove_one_frozen(*, public_id: str, reason: str, by: str) -> Iterator[str]:
    """Erases a frozen document; the claims in it stay."""
    tombstone = remove_frozen(public_id=public_id, reason=reason, by=by)
    yield f"Removed the frozen comparison {public_id}; SHA-256 of its document: {tombstone.sha256}."
    yield "The claims that it held stay as they are."
    yield "Caches may hold its files for up to a year; backups and whoever downloaded them still do."


REMOVERS: Mapping[TombstoneKind, Remover] = {
    TombstoneKind.CLAIM: remove_one_claim,
    TombstoneKind.FROZEN: remove_one_frozen,
}
