"""How often the API may be asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from apps.actors.state import State
from apps.comparisons import revalidation
from apps.publishing.api.access import spend
from tests.publishing.api.asking import V1, get, told
from tests.publishing.api.tokens import Program, make_editor, make_token

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 5, 12, 0, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def two_a_minute(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PARALLAX_API_READS_PER_MINUTE = 2
    settings.PARALLAX_API_WRITES_PER_MINUTE = 1
    cache.clear()
    at(monkeypatch, NOON)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_who_asks_too_often_is_told_how_long_to_wait() -> None:
    assert [get("/topics").status_code for _ in range(2)] == [200, 200]
    response = get("/topics")
    assert told(response, 429)["detail"] == "2 reads in a minute were answered already; wait 42 seconds."
    assert response["Retry-After"] == "42"
    assert response["Cache-Control"] == "private, no-store"


def test_answers_tell_what_is_left() -> None:
    told_of = [get("/topics")["RateLimit"] for _ in range(3)]
    assert told_of == ['"reads";r=1;t=42', '"reads";r=0;t=42', '"reads";r=0;t=42']
    assert get("/nothing")["RateLimit-Policy"] == '"reads";q=2;w=60'


def test_the_next_minute_is_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        get("/topics")
    at(monkeypatch, NOON + timedelta(seconds=42))
    assert get("/topics").status_code == 200


def test_what_was_not_modified_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revalidation, "look", lambda: State("the same", None))  # whatever else the server does
    tag = get("/topics")["ETag"]
    for _ in range(5):
        assert get("/topics", headers={"If-None-Match": tag}).status_code == 304
    assert get("/topics")["RateLimit"] == '"reads";r=0;t=42'


def test_pages_and_the_description_are_not_counted() -> None:
    for _ in range(3):
        for address in ("/", f"{V1}/docs", f"{V1}/openapi.json"):
            response = Client().get(address)
            assert response.status_code == 200
            assert "RateLimit" not in response


def test_reads_and_writes_are_counted_apart_and_by_token() -> None:
    ada = make_editor()
    one, other = (Program(make_token(ada, name)[1]) for name in ("one", "other"))
    told(one.send("post", "/claims", {}), 422)
    assert told(one.send("post", "/claims", {}), 429)["detail"].startswith("1 writes")
    told(other.send("post", "/claims", {}), 422)
    assert one.send("get", "/drafts").status_code == 200
    assert get("/topics").status_code == 200


def test_guessing_tokens_counts_for_the_address() -> None:
    for _ in range(2):
        told(get("/topics", headers={"Authorization": "Bearer plx_guess"}), 401)
    told(get("/topics", headers={"Authorization": "Bearer plx_other"}), 429)


def test_addresses_are_counted_apart() -> None:
    for _ in range(3):
        get("/topics", REMOTE_ADDR="192.0.2.1")
    assert get("/topics", REMOTE_ADDR="192.0.2.2").status_code == 200
    told(get("/topics", REMOTE_ADDR="192.0.2.1"), 429)


def test_one_network_of_ipv6_is_one_address() -> None:
    for number in range(3):
        get("/topics", REMOTE_ADDR=f"2001:db8::{number}")
    told(get("/topics", REMOTE_ADDR="2001:db8::ffff"), 429)
    assert get("/topics", REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def test_a_forwarded_address_is_believed_only_behind_a_proxy(settings: Any) -> None:
    def ask(client: str) -> int:
        status: int = get("/topics", headers={"X-Forwarded-For": f"10.0.0.1, {client}"}).status_code
        return status

    assert [ask(f"192.0.2.{number}") for number in range(3)] == [200, 200, 429]
    cache.clear()
    settings.PARALLAX_BEHIND_PROXY = True
    assert [ask(f"192.0.2.{number}") for number in range(3)] == [200, 200, 200]
    assert [ask("192.0.2.9") for _ in range(3)] == [200, 200, 429]


def test_nought_is_no_limit(settings: Any) -> None:
    settings.PARALLAX_API_READS_PER_MINUTE = 0
    for _ in range(4):
        response = get("/topics")
    assert response.status_code == 200
    assert "RateLimit" not in response


def test_a_cache_that_forgets_lets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *_, **__: False)
    assert spend("x", "reads", 2, now=NOON).used == 1
