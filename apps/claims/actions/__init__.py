"""The writes that readers notice, each all or nothing; whole bundles come in by `apps.ingest`."""

from apps.claims.actions.merging import merge_actors
from apps.claims.actions.removal import RemovedClaim, remove_claim
from apps.claims.actions.status import IS_RETRACTED, NEEDS_PRIMARY, NEVER_PUBLIC, publish_claim, rename, retract_claim

__all__ = [
    "IS_RETRACTED",
    "NEEDS_PRIMARY",
    "NEVER_PUBLIC",
    "RemovedClaim",
    "merge_actors",
    "publish_claim",
    "remove_claim",
    "rename",
    "retract_claim",
]
