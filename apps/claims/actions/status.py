"""Writes that readers notice: publishing, taking back, renaming. All or nothing, and validated as a form would."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.actors.models import Slugged
from apps.claims.models import Claim, ClaimStatus

NEEDS_PRIMARY = "A published claim needs one primary citation with a quote or a locator."
IS_RETRACTED = "It was retracted: record a new claim instead."
NEVER_PUBLIC = "It was not public yet, and retracting would show it: delete it instead."


@transaction.atomic
def publish_claim(*, claim: Claim) -> Claim:
    """Show a claim to readers. ValidationError when it has no primary citation with a quote or locator."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.status == ClaimStatus.RETRACTED:
        raise ValidationError(IS_RETRACTED, code="retracted")
    if claim.is_removed:
        raise ValidationError("A law had it removed: it does not come back.", code="removed")
    primary = claim.citations.filter(is_primary=True).first()
    if primary is None or not primary.has_words:
        raise ValidationError(NEEDS_PRIMARY, code="published_is_cited")
    claim.status = ClaimStatus.PUBLISHED
    claim.full_clean()
    claim.save()
    return claim


@transaction.atomic
def retract_claim(*, claim: Claim, by: str, why: str, at: datetime) -> Claim:
    """Take a published claim back for everybody to see; `why` is what readers are told.

    ValidationError when `why` is empty, when the claim was never public, and when it is retracted already: what
    the first retraction told readers stays.
    """
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.status == ClaimStatus.RETRACTED:
        raise ValidationError("It is already retracted.", code="retracted")
    if claim.status != ClaimStatus.PUBLISHED:
        raise ValidationError(NEVER_PUBLIC, code="never_public")
    claim.status = ClaimStatus.RETRACTED
    claim.retracted_at, claim.retracted_by, claim.retracted_why = at, by, why
    claim.full_clean()
    claim.save()
    return claim


@transaction.atomic
def rename[E: Slugged](*, entity: E, new_slug: str) -> E:
    """Give an entity another slug; the database keeps a redirect from every slug that it had.

    ValidationError when the slug is malformed, in use, or leads to another entity since a rename.
    """
    entity = type(entity)._default_manager.select_for_update().get(pk=entity.pk)
    entity.slug = new_slug
    entity.full_clean()
    entity.save(update_fields=["slug"])
    return entity
