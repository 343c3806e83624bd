"""Drafts: what programs with a token record and change. Readers see them when an editor publishes them."""

from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path
from psycopg.errors import ForeignKeyViolation

from apps.claims.models import Claim, ClaimStatus
from apps.publishing.api import bodies, parameters, schemas
from apps.publishing.api.access import NO_TOKEN, token_that_asks, unauthorized
from apps.publishing.api.cursors import Order, read_slice
from apps.publishing.api.drafts import (
    DraftConflict,
    DraftRefused,
    change_draft,
    draft,
    drafts_of,
    listed_draft,
    record_draft,
    sentence_of,
)
from apps.publishing.api.reading import router, sliced
from apps.publishing.api.site import answer
from apps.publishing.api.tokens import may
from apps.publishing.api_tokens import ApiToken
from apps.web.problems import problem
from apps.web.queries import QueryReader

RECORDED_LAST = Order("drafts", ("-recorded_at", "id"))
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A request that is sent again with the same key and body records nothing new and is answered alike.",
    "schema": {"type": "string", "pattern": r"^[!-~]{1,255}$"},
    "example": "9f1c2d7e",
}
ID = Path(..., example="k3wzv9hxp")


class Refused(Exception):
    """An answer that ends a request."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


class Scope:
    """Lets tokens with a scope in; in the OpenAPI document it is a bearer token."""

    openapi_security_schema = {
        "type": "http",
        "scheme": "bearer",
        "description": "A token that an editor made, with the scopes drafts:read or drafts:write.",
    }

    def __init__(self, scope: str) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiToken:
        token = token_that_asks(request)
        if token is None:
            raise Refused(unauthorized(NO_TOKEN))
        if not may(token, self.scope):
            sentence = f"This token does not have the scope {self.scope}, or its maker may not do that."
            raise Refused(problem(403, sentence))
        return token


def _errors(*codes: int) -> dict[int, Any]:
    return dict.fromkeys(codes, schemas.Problem)


def _token(request: HttpRequest) -> ApiToken:
    token = token_that_asks(request)
    assert token is not None  # Scope let it in
    return token


def _own(request: HttpRequest, draft_id: str) -> Claim:
    row = drafts_of(_token(request)).filter(public_id=draft_id).first()
    if row is None:
        raise Http404(f"No draft of yours has the id “{draft_id}”.")
    return row


@router.api_operation(
    ["GET", "HEAD"],
    "/drafts",
    auth=Scope("drafts:read"),
    response={200: bodies.Drafts, **_errors(400, 401, 403, 429)},
    operation_id="drafts",
    tags=["Drafts"],
    url_name="drafts",
    openapi_extra={"parameters": [*parameters.SLICE]},
)
def drafts(request: HttpRequest) -> HttpResponse:
    """Your drafts that are not published yet, those recorded last first."""
    rows = drafts_of(_token(request)).filter(status__in=(ClaimStatus.DRAFT, ClaimStatus.IN_REVIEW))
    return sliced(request, read_slice(request, QueryReader(request.GET), rows, RECORDED_LAST), listed_draft)


@router.api_operation(
    ["GET", "HEAD"],
    "/drafts/{slug:draft_id}",
    auth=Scope("drafts:read"),
    response={200: bodies.Draft, **_errors(400, 401, 403, 404, 429)},
    operation_id="draft",
    tags=["Drafts"],
    url_name="draft",
)
def one_draft(request: HttpRequest, draft_id: str = ID) -> HttpResponse:
    """One of your drafts, with the version that a change of it names."""
    return answer(draft(_own(request, draft_id)))


@router.post(
    "/claims",
    auth=Scope("drafts:write"),
    response={201: bodies.Draft, **_errors(400, 401, 403, 409, 413, 415, 422, 429)},
    operation_id="record",
    tags=["Drafts"],
    openapi_extra={"parameters": [KEY]},
)
def record(request: HttpRequest, sent: bodies.SentDraft) -> HttpResponse:
    """Record a claim as a draft, with the citation that it is taken from. It is not published."""
    recorded = record_draft(
        token=_token(request), sent=sent.model_dump(mode="python"), body=request.body, key=_key(request)
    )
    document = draft(recorded.claim)
    response = answer(document, status=201)
    response["Location"] = document["url"]
    if not recorded.is_new:
        response["Idempotency-Replayed"] = "true"
    return response


@router.patch(
    "/drafts/{slug:draft_id}",
    auth=Scope("drafts:write"),
    response={200: bodies.Draft, **_errors(400, 401, 403, 404, 409, 413, 415, 422, 429)},
    operation_id="change",
    tags=["Drafts"],
)
def change(request: HttpRequest, sent: bodies.SentChange, draft_id: str = ID) -> HttpResponse:
    """Change one of your drafts, as long as it is one. Members that are left out stay as they are."""
    given = sent.model_dump(mode="python", exclude_unset=True)
    claim = change_draft(token=_token(request), claim=_own(request, draft_id), sent=given)
    return answer(draft(claim))


def _key(request: HttpRequest) -> str:
    """The key of a request; empty without one."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > 255 or not all("!" <= character <= "~" for character in key):
        raise Refused(problem(400, "The Idempotency-Key is too long or has spaces in it; wanted 1 to 255 characters."))
    return key


def tell_refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    return refused.response


def tell_problems(request: HttpRequest, refused: DraftRefused) -> HttpResponse:
    return problem(422, sentence_of(refused.errors), errors=refused.errors)


def tell_conflict(request: HttpRequest, conflict: DraftConflict) -> HttpResponse:
    return problem(409, str(conflict))


def tell_removed(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    """What a draft names was taken away while it was recorded, which the database says at the end only."""
    if not isinstance(error.__cause__, ForeignKeyViolation):
        raise error
    return problem(
        409, "Something that the draft names was removed at this very moment; look it up, and send it again."
    )


TELLS: dict[type[Exception], Any] = {
    Refused: tell_refusal,
    DraftRefused: tell_problems,
    DraftConflict: tell_conflict,
    IntegrityError: tell_removed,
}
