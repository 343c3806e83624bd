"""Making, knowing and revoking the tokens of programs."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from apps.publishing.api_tokens import ApiToken

#: So that whoever finds one in a file knows what it opens.
PREFIX = "plx_"
#: `last_used_at` is written at most this often: a program that asks all day is not a write a second.
USE_IS_NOTED_EVERY = timedelta(minutes=1)
#: What a person needs to make or change a claim in the admin, and so a token of theirs.
NEEDS = {
    "drafts:read": ("claims.view_claim",),
    "drafts:write": ("claims.add_claim", "claims.change_claim", "claims.add_citation", "claims.change_citation"),
}


def new_secret() -> str:
    """A token: 32 random bytes behind a prefix."""
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is kept of a token. It has 256 random bits, so that no slow hash is needed."""
    return sha256(secret.encode()).hexdigest()


def token_of(secret: str, *, now: datetime) -> ApiToken | None:
    """The token in force that a program shows; its use is noted. None for any other text."""
    if not secret.isascii() or not secret.startswith(PREFIX):
        return None
    token = ApiToken.objects.in_force().select_related("made_by").filter(sha256=hash_of(secret)).first()
    if token is not None:
        long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_IS_NOTED_EVERY)
        if token.last_used_at is None or token.last_used_at < now - USE_IS_NOTED_EVERY:
            ApiToken.objects.filter(long_ago, pk=token.pk).update(last_used_at=now)
    return token


def may(token: ApiToken, scope: str) -> bool:
    """Whether a token opens a scope: it was given it, and whoever made it may do the same by hand."""
    maker: Any = token.made_by
    return token.has_scope(scope) and maker.has_perms(NEEDS[scope])


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Any, at: datetime) -> ApiToken:
    """End a token for ever. ValidationError when it is revoked already."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.is_revoked:
        raise ValidationError("It is already revoked.", code="revoked")
    token.revoked_at, token.revoked_by = at, by
    token.full_clean(exclude=["made_at"])
    token.save(update_fields=["revoked_at", "revoked_by"])
    return token
