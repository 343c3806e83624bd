"""What public addresses say to caches, and when "not modified" is the answer (decision 8)."""

import json
import re
import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import parse_http_date

from apps.actors.state import ALSO_READ, histories, unchanging
from apps.claims.models import Claim, Correction
from apps.comparisons import revalidation
from apps.web import release
from tests.comparisons.public_addresses import public_addresses, routes
from tests.publishing.frozen_example import make_example

pytestmark = pytest.mark.django_db
TO_READERS, TO_EDITORS = "public, no-cache", "private, no-cache"
#: Routes that say themselves what caches may do: kept nowhere (a form that writes), or a document that never changes.
KEPT_NOWHERE, IMMUTABLE = "no-store", "public, max-age=31536000, immutable"
FROZEN_FILES = dict.fromkeys((f"frozen-{kind}" for kind in ("csv", "json", "xlsx", "svg", "png", "share")), IMMUTABLE)
OWN_WORDS = FROZEN_FILES | {"frozen-new": KEPT_NOWHERE}
#: Of an address in the sweep: a page, a way to log in, a form that only takes what is sent.
ANSWERS = (200, 302, 405)
ADDRESS = "/questions/troops-present/"


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor", first_name="Ada", last_name="Byron"))
    return client


def had(response: Any) -> dict[str, str]:
    """The headers of somebody who has this answer."""
    return {"If-None-Match": response["ETag"]}


@pytest.fixture
def everything(demo: None) -> None:
    """The demo and one row of each kind that it has none of."""
    claim = Claim.objects.get(public_id="c064")
    columns = {"what_was_wrong": "A digit.", "what_was_done": "Mended.", "corrected_on": "2025-01-01"}
    Correction.objects.create(public_id="k001", claim=claim, **columns)
    make_example()


# --- every public address


@pytest.mark.parametrize(("name", "address"), public_addresses().items())
class TestEveryAddress:
    def test_readers_get_what_any_cache_may_keep_but_asks_for(self, everything: None, name: str, address: str) -> None:
        response = Client().get(address)
        content = response.getvalue()
        assert response.status_code in ANSWERS
        assert not response.cookies
        if name in OWN_WORDS:
            assert OWN_WORDS[name] in response["Cache-Control"]
            return
        assert response["Cache-Control"] == TO_READERS
        if response.status_code != 200:
            return
        assert re.fullmatch(r'W/"[0-9a-f]{32}"', response["ETag"])
        assert parse_http_date(response["Last-Modified"]) <= time.time()
        assert "Cookie" not in response.get("Vary", "")
        assert b"csrfmiddlewaretoken" not in content
        assert b"nonce" not in content
        assert "nonce" not in response["Content-Security-Policy"]

    def test_who_has_it_gets_a_304_for_two_queries_and_no_work(self, everything: None, name: str, address: str) -> None:
        client = Client()
        first = client.get(address)
        if first.status_code != 200 or name in OWN_WORDS:
            return
        with CaptureQueriesContext(connection) as queries:
            again = client.get(address, headers=had(first))
        assert again.status_code == 304
        assert again.content == b""
        assert again.templates == []
        assert len(queries) <= 2
        for header in ("ETag", "Cache-Control", "Vary"):
            assert again.get(header) == first.get(header)
        assert client.head(address, headers=had(first)).status_code == 304
        assert client.head(address)["ETag"] == first["ETag"]

    def test_an_edit_makes_it_new(self, everything: None, name: str, address: str) -> None:
        client = Client()
        first = client.get(address)
        if first.status_code != 200 or name in OWN_WORDS:
            return
        Claim.objects.filter(public_id="c064").update(note="Changed")
        again = client.get(address, headers=had(first))
        assert again.status_code == 200
        assert again["ETag"] != first["ETag"]

    def test_what_an_editor_gets_stays_with_that_editor(
        self, everything: None, editor: Client, name: str, address: str
    ) -> None:
        for_reader, for_editor = Client().get(address), editor.get(address)
        if for_editor.status_code != 200 or name in OWN_WORDS:
            return
        assert for_editor["Cache-Control"] == TO_EDITORS
        assert "X-Accel-Expires" not in for_editor
        assert for_editor["ETag"] != for_reader["ETag"]
        assert editor.get(address, headers=had(for_editor)).status_code == 304
        assert editor.get(address, headers=had(for_reader)).status_code == 200
        assert Client().get(address, headers=had(for_editor)).status_code == 200
        is_same = for_reader.getvalue() == for_editor.getvalue()
        assert is_same or "Cookie" in for_editor.get("Vary", "")

    def test_it_reads_no_table_that_the_version_leaves_out(self, everything: None, name: str, address: str) -> None:
        """A table without a history needs a word in `apps.actors.state` on how a change of it is seen."""
        kept = {*histories(), *unchanging()}
        known = kept | {table.removesuffix("event") for table in kept} | set(ALSO_READ)
        with CaptureQueriesContext(connection) as queries:
            Client().get(address).getvalue()
        read = {table for query in queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
        assert read - known == set()

    def test_names_of_editors_stand_only_where_dates_are_not_trusted(
        self, everything: None, editor: Client, name: str, address: str
    ) -> None:
        claim = Claim.objects.get(public_id="c064")
        context = json.dumps({"user": get_user_model().objects.get(username="editor").pk})
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_id', gen_random_uuid()::text, true)")
            cursor.execute("SELECT set_config('pghistory.context_metadata', %s, true)", [context])
        Claim.objects.filter(pk=claim.pk).update(note="Changed by Ada")
        before = Client().get(address)
        get_user_model().objects.filter(username="editor").update(last_name="Lovelace")
        is_revalidated = "ETag" in before and name not in OWN_WORDS
        after = Client().get(address, headers=had(before) if is_revalidated else {})
        if is_revalidated:
            assert after.status_code == 200
        is_same = before.getvalue() == after.getvalue()
        assert is_same or address.startswith(revalidation.NAMES_EDITORS)


def test_the_sweep_sees_the_whole_site() -> None:
    found = public_addresses()
    assert set(routes()) - set(found) == set(), "give each an example in public_addresses.py"
    assert {"home", "question", "question-csv", "claim-json", "methodology"} <= set(found)
    assert found["claim-csv"] == "/claims/c064.csv"
    assert not any(address.startswith("/admin/") for address in found.values())


# --- what a version is made of


def test_each_way_to_ask_has_a_version_of_its_own(demo: None) -> None:
    asked: list[Any] = [Client().get(ADDRESS)]
    asked += [Client().get(f"{ADDRESS}?{query}") for query in ("on=2024-11-05", "place=kursk-oblast", "view=time")]
    asked.append(Client().get(ADDRESS, headers={"Host": "localhost"}))
    asked.append(Client().get(ADDRESS, secure=True))
    partial = {"HX-Request": "true"}
    asked.append(Client().get(ADDRESS, headers=partial))
    asked.append(Client().get(ADDRESS, headers=partial | {"HX-Boosted": "true"}))
    asked.append(Client().get(ADDRESS, headers=partial | {"HX-History-Restore-Request": "true"}))
    asked.append(Client().get(ADDRESS, headers={"Authorization": "Bearer x"}))
    assert len({response["ETag"] for response in asked}) == len(asked)


def test_a_page_varies_on_what_chooses_its_part(demo: None) -> None:
    response = Client().get(ADDRESS)
    assert response["Vary"] == "HX-Request, HX-Boosted, HX-History-Restore-Request"
    assert "Vary" not in Client().get("/questions/troops-present.json")


@pytest.mark.parametrize(("name", "value"), [("PARALLAX_TOLERANCE", Decimal("0.2")), ("PARALLAX_WINDOW_DAYS", 9)])
def test_a_convention_is_part_of_the_version(demo: None, settings: Any, name: str, value: object) -> None:
    before = Client().get(ADDRESS)
    setattr(settings, name, value)
    assert Client().get(ADDRESS, headers=had(before)).status_code == 200


def test_tomorrow_it_is_another_version(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before, tomorrow = Client().get(ADDRESS), timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert Client().get(ADDRESS, headers=had(before)).status_code == 200


def test_another_release_gives_another_version(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Client().get(ADDRESS)
    monkeypatch.setattr(revalidation, "release", lambda: "another")
    assert Client().get(ADDRESS, headers=had(before)).status_code == 200


def test_a_release_is_its_code_templates_static_files_and_packages(settings: Any, tmp_path: Any) -> None:
    settings.BASE_DIR = tmp_path
    seen = set()
    for name in ("apps/x.py", "templates/x.html", "static/x.css", "requirements-production.lock"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        for text in ("one", "two"):
            (tmp_path / name).write_text(text)
            seen.add(release.release.__wrapped__())
    assert len(seen) == 8
    (tmp_path / "apps" / "__pycache__").mkdir()
    (tmp_path / "apps" / "__pycache__" / "x.pyc").write_text("left behind")
    assert release.release.__wrapped__() in seen


# --- what is asked


def test_one_of_several_tags_is_enough(demo: None) -> None:
    tag = Client().get(ADDRESS)["ETag"]
    for asked in (f'"a", {tag}, W/"b"', f"{tag},{tag}"):
        assert Client().get(ADDRESS, headers={"If-None-Match": asked}).status_code == 304
    for asked in ('"a"', "nonsense", "", tag.strip("W/").strip('"'), '"a", W/"b"'):
        assert Client().get(ADDRESS, headers={"If-None-Match": asked}).status_code == 200


def test_a_star_means_whatever_there_is(demo: None) -> None:
    anything = {"If-None-Match": "*"}
    response = Client().get(ADDRESS, headers=anything)
    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == Client().get(ADDRESS)["ETag"]
    assert Client().get("/claims/nothing/", headers=anything).status_code == 404
    assert Client().get(f"{ADDRESS}?on=never", headers=anything).status_code == 400


# --- what is kept nowhere


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/jsi18n/", "/healthz", "/readyz"])
def test_what_is_not_for_readers_is_kept_nowhere(editor: Client, address: str) -> None:
    for client in (Client(), editor):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert "ETag" not in response


def test_errors_and_answers_to_forms_are_kept_nowhere(demo: None) -> None:
    for response in (
        Client().get("/claims/nothing/"),
        Client().get("/no/such/address"),
        Client().get(f"{ADDRESS}?on=never"),
        Client().get("/questions/troops-present.json?known=never"),
        Client().post(ADDRESS),
        Client().post("/admin/login/", {"username": "x", "password": "y"}),
    ):
        assert "no-store" in response["Cache-Control"]
        assert "public" not in response["Cache-Control"]
        assert "ETag" not in response


def test_a_redirect_is_asked_for_each_time(demo: None) -> None:
    """The old address may be given to something else, and a browser that remembered would go round in circles."""
    response = Client().get("/questions/troops-present")
    assert response.status_code == 301
    assert response["Cache-Control"] == TO_READERS
    assert "ETag" not in response


def test_a_page_of_the_past_is_answered_again_without_work(demo: None) -> None:
    client, address = Client(), f"{ADDRESS}?known=2024-01-01"
    client.get(address)
    moment = timezone.now().isoformat().replace("+00:00", "Z")
    address = f"/claims/c064.json?known={moment}"
    first = client.get(address)
    assert first.status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, headers=had(first)).status_code == 304
    assert len(queries) <= 2
