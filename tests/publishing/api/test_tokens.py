"""Tokens: made, shown once, kept as a hash, and ended by editors."""

import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.publishing.api.tokens import hash_of, new_secret, revoke_token, token_of
from apps.publishing.api_tokens import ApiToken
from tests.publishing.api.asking import told
from tests.publishing.api.tokens import Program, make_editor, make_token

pytestmark = pytest.mark.django_db
CHANGELIST = reverse("admin:publishing_apitoken_changelist")
ADD = reverse("admin:publishing_apitoken_add")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make_editor())
    return client


def made(editor: Client, **given: str) -> tuple[Any, str]:
    """The page that shows a new token, and the token."""
    response = editor.post(
        ADD, {"name": "reader", "may_read_drafts": "on", "may_write_drafts": "on", "version": ""} | given
    )
    found = re.search(r'value="(plx_[\w-]{43})"', response.content.decode())
    assert found is not None, response.content.decode()[:3000]
    return response, found[1]


def change_address(token: ApiToken) -> str:
    return reverse("admin:publishing_apitoken_change", args=[token.pk])


# --- in the admin


def test_a_token_is_shown_once_and_works(editor: Client) -> None:
    response, secret = made(editor)
    assert "no-store" in response["Cache-Control"]
    token = ApiToken.objects.get()
    assert token.made_by.get_full_name() == "Ada Byron"
    assert Program(secret).send("get", "/drafts").status_code == 200
    for address in (CHANGELIST, change_address(token)):
        assert secret.removeprefix("plx_") not in editor.get(address).content.decode()


def test_only_the_hash_is_kept(editor: Client) -> None:
    _, secret = made(editor)
    assert ApiToken.objects.get().sha256 == sha256(secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(one)::text FROM publishing_apitoken AS one")
        (row,) = cursor.fetchone()
        cursor.execute("SELECT string_agg(row_to_json(one)::text, '') FROM django_admin_log AS one")
        (log,) = cursor.fetchone()
    assert secret[4:] not in row + log


def test_two_tokens_have_different_secrets_and_names(editor: Client) -> None:
    _, first = made(editor)
    _, second = made(editor, name="other")
    assert first != second
    assert "another" in editor.post(ADD, {"name": "reader"}).content.decode().lower()


def test_scopes_are_given_and_taken_in_the_admin(editor: Client) -> None:
    _, secret = made(editor)
    token = ApiToken.objects.get()
    assert (token.may_read_drafts, token.may_write_drafts) == (True, True)
    page = editor.get(change_address(token))
    form = {"name": "renamed", "version": page.context["adminform"].form.initial["version"]}
    assert editor.post(change_address(token), form).status_code == 302
    token.refresh_from_db()
    assert (token.name, token.may_read_drafts, token.may_write_drafts) == ("renamed", False, False)
    told(Program(secret).send("get", "/drafts"), 403)


def test_a_revoked_token_ends_at_once_and_for_ever(editor: Client) -> None:
    _, secret = made(editor)
    token = ApiToken.objects.get()
    page = editor.get(change_address(token))
    form = {"name": "reader", "revoke": "on", "version": page.context["adminform"].form.initial["version"]}
    assert editor.post(change_address(token), form).status_code == 302
    token.refresh_from_db()
    assert token.revoked_by is not None
    told(Program(secret).send("get", "/drafts"), 401)
    assert editor.post(change_address(token), {"name": "again", "may_read_drafts": "on"}).status_code == 403
    assert "delete" not in editor.get(change_address(token)).content.decode().lower()
    with pytest.raises(ValidationError, match="already revoked"):
        revoke_token(token=token, by=token.made_by, at=timezone.now())


def test_pages_of_tokens_are_for_those_who_may() -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_user("staff", is_staff=True))
    assert client.get(CHANGELIST).status_code == 403
    assert client.get(ADD).status_code == 403


# --- what opens and what does not


@pytest.mark.parametrize(
    "header",
    [
        "Bearer plx_unknown",
        "Bearer",
        "Bearer ",
        "Basic YWRhOmFkYQ==",
        "plx_nothing",
        "Bearer é",
        "Bearer " + "x" * 10_000,
    ],
)
@pytest.mark.parametrize(("method", "address"), [("get", "/topics"), ("get", "/drafts"), ("post", "/claims")])
def test_a_wrong_token_is_refused_wherever_it_is_shown(method: str, address: str, header: str) -> None:
    response = getattr(Client(), method)(f"/api/v1{address}", headers={"Authorization": header})
    assert "not known, or was revoked" in told(response, 401)["detail"]
    assert response["WWW-Authenticate"] == 'Bearer realm="Parallax"'


@pytest.mark.parametrize(
    ("method", "address"), [("get", "/drafts"), ("get", "/drafts/x"), ("post", "/claims"), ("patch", "/drafts/x")]
)
def test_drafts_need_a_token(method: str, address: str) -> None:
    response = getattr(Client(), method)(f"/api/v1{address}")
    assert "Send a token" in told(response, 401)["detail"]
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_token_opens_only_its_scopes() -> None:
    ada = make_editor()
    reader = Program(make_token(ada, "reader", may_write_drafts=False)[1])
    writer = Program(make_token(ada, "writer", may_read_drafts=False)[1])
    assert reader.send("get", "/drafts").status_code == 200
    assert "drafts:write" in told(reader.send("post", "/claims", {}), 403)["detail"]
    assert "drafts:read" in told(writer.send("get", "/drafts"), 403)["detail"]
    told(writer.send("post", "/claims", {}), 422)


def test_a_token_may_no_more_than_its_maker() -> None:
    grace = get_user_model().objects.create_user("grace", is_staff=True)
    program = Program(make_token(grace)[1])
    told(program.send("get", "/drafts"), 403)
    grace.user_permissions.add(Permission.objects.get(codename="view_claim"))
    assert program.send("get", "/drafts").status_code == 200
    told(program.send("post", "/claims", {}), 403)


@pytest.mark.parametrize("name", ["is_active", "is_staff"])
def test_the_token_of_somebody_who_left_opens_nothing(name: str) -> None:
    ada = make_editor()
    program = Program(make_token(ada)[1])
    assert program.send("get", "/drafts").status_code == 200
    type(ada).objects.update(**{name: False})
    told(program.send("get", "/drafts"), 401)


def test_cookies_of_an_editor_write_nothing(editor: Client) -> None:
    told(editor.post("/api/v1/claims", {}, content_type="application/json"), 401)


def test_the_use_of_a_token_is_noted_once_a_minute() -> None:
    token, secret = make_token(make_editor())
    now = timezone.now()
    for later, noted in ((0, 0), (30, 0), (61, 61)):
        token_of(secret, now=now + timedelta(seconds=later))
        token.refresh_from_db()
        assert token.last_used_at == now + timedelta(seconds=noted)


def test_a_secret_is_long_and_never_the_same() -> None:
    assert len({new_secret() for _ in range(100)}) == 100
    assert len(new_secret()) == 47
    assert hash_of("plx_x") == sha256(b"plx_x").hexdigest()


def test_reading_with_a_token_stays_with_whoever_reads(demo: None) -> None:
    program = Program(make_token(make_editor())[1])
    response = program.send("get", "/topics")
    assert response["Cache-Control"] == "private, no-cache"
    assert program.send("get", "/topics", If_None_Match=response["ETag"]).status_code == 304
    assert program.send("get", "/drafts")["Cache-Control"] == "private, no-store"
