"""Every error and every redirect that is documented is reached, and no other."""

from typing import Any

import pytest
from django.core.cache import cache

from apps.actors.models import Actor, Slugged
from apps.actors.state import State
from apps.claims.actions import publish_claim, remove_claim, rename
from apps.claims.models import Claim, Correction, Place, Question, Topic
from apps.comparisons import revalidation
from apps.publishing.api.openapi import SENT
from apps.sources.models import Source
from tests.factories import make_published_claim
from tests.publishing.api.asking import V1, documented, documented_errors, example_address, get, operations, told
from tests.publishing.api.tokens import Program, make_editor, make_token

pytestmark = pytest.mark.django_db


class Asked:
    """Collects operation and status of every problem that was told."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.found: set[tuple[str, int]] = set()

    def send(
        self, name: str, status: int, body: Any = None, *, address: str = "", program: Any = None, **more: Any
    ) -> None:
        method = operations()[name][0]
        address = (address or example_address(name)).removeprefix(V1)
        told((program or self.program).send(method, address, body, **more), status)
        self.found.add((name, status))


def test_every_documented_error_is_reached_and_no_other(demo: None, program: Program, settings: Any) -> None:
    asked = Asked(program)
    reading = [
        name for name, (method, _, _) in operations().items() if method == "get" and not name.startswith("draft")
    ]
    _reading(asked, reading)
    _drafts(asked)
    _all_of_them(asked, settings)
    assert asked.found == documented_errors()


def _reading(asked: Asked, names: list[str]) -> None:
    claim = make_published_claim()
    remove_claim(public_id=claim.public_id, reason="Judgment 1/26.", by="M. Okafor")
    asked.send("claim", 410, address=f"/claims/{claim.public_id}")
    for name in names:
        asked.send(name, 400, address=f"{example_address(name)}?known=yesterday")
        before, brace, after = operations()[name][1].partition("{")
        if brace:
            asked.send(name, 404, address=f"{before}nothing{after.partition('}')[2]}")


def _drafts(asked: Asked) -> None:
    sent = SENT["record"]
    draft = asked.program.send("post", "/claims", sent, Idempotency_Key="k").json()
    change = SENT["change"] | {"version": draft["version"]}
    asked.send("drafts", 400, address="/drafts?limit=0")
    asked.send("draft", 400, address="/drafts/x?known=yesterday")
    asked.send("draft", 404)
    asked.send("change", 404, change)
    asked.send("record", 409, sent | {"note": "Other"}, Idempotency_Key="k")
    asked.send("record", 422, sent | {"place": "atlantis"})
    asked.send("change", 422, change | {"place": "atlantis"}, address=f"/drafts/{draft['draft']}")
    publish_claim(claim=Claim.objects.get(public_id=draft["draft"]))
    asked.send("change", 409, change, address=f"/drafts/{draft['draft']}")
    for name in ("record", "change"):
        address = example_address(name)
        asked.send(name, 400, "{", address=address)
        response = getattr(asked.program.client, operations()[name][0])(
            address, "x", content_type="text/plain", headers={"Authorization": f"Bearer {asked.program.secret}"}
        )
        told(response, 415)
        asked.found.add((name, 415))


def _all_of_them(asked: Asked, settings: Any) -> None:
    nobody = Program("plx_wrong")
    powerless = Program(make_token(make_editor("grace"), "weak", may_read_drafts=False, may_write_drafts=False)[1])
    for name in operations():
        asked.send(name, 401, program=nobody)
    for name in ("drafts", "draft", "record", "change"):
        asked.send(name, 403, program=powerless)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    for name in ("record", "change"):
        asked.send(name, 413, {"x": "x" * 100})
    settings.PARALLAX_API_READS_PER_MINUTE = settings.PARALLAX_API_WRITES_PER_MINUTE = 1
    for name, (method, _, _) in operations().items():
        cache.clear()
        asked.program.send(method, "/nothing")
        asked.send(name, 429)


def test_another_method_and_another_address_are_problems_too(program: Program) -> None:
    told(program.send("put", "/claims"), 405)
    told(get("/nothing"), 404)


# --- what leads on, and what is had already

PARTS: dict[str, type[Slugged]] = {
    "topic": Topic,
    "question": Question,
    "comparison": Question,
    "actor": Actor,
    "place": Place,
    "source": Source,
}
FILTERS: dict[str, type[Slugged]] = {
    "topic": Topic,
    "question": Question,
    "place": Place,
    "claimant": Actor,
    "publisher": Actor,
}


def test_every_documented_redirect_is_reached_and_no_other(demo: None) -> None:
    for model, slug in {named for name in operations() for named in _names(name).values()}:
        rename(entity=model._default_manager.get(slug=slug), new_slug=f"{slug}-anew")
    assert {name for name in operations() if _old_addresses(name)} == documented(301)
    for name in documented(301):
        for old, new in _old_addresses(name):
            response = get(old)
            assert (response.status_code, response.get("Location")) == (301, f"{V1}{new}"), old
            assert get(new).status_code == 200, new


def _names(name: str) -> dict[str, tuple[type[Slugged], str]]:
    """What the examples of an operation name, by parameter; its path under “path”."""
    method, _, operation = operations()[name]
    found = {} if method != "get" else {one["name"]: one for one in operation["parameters"]}
    named = {one: (FILTERS[one], _first(found[one]["example"])) for one in FILTERS.keys() & found.keys()}
    return named | ({"path": (PARTS[name], found["slug"]["example"])} if name in PARTS else {})


def _first(example: Any) -> str:
    return str(example[0] if isinstance(example, list) else example)


def _old_addresses(name: str) -> list[tuple[str, str]]:
    """Addresses of an operation in which something has a slug that it had before, each with its present address."""
    names = _names(name)
    old = present = example_address(name).removeprefix(V1)
    found = []
    if "path" in names:
        slug = names.pop("path")[1]
        present = old.replace(slug, f"{slug}-anew")
        found.append((old, present))
    return found + [(f"{present}?{one}={slug}", f"{present}?{one}={slug}-anew") for one, (_, slug) in names.items()]


def test_every_not_modified_is_reached(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revalidation, "look", lambda: State("the same", None))  # whatever else the server does
    columns = {"what_was_wrong": "A digit.", "what_was_done": "Mended.", "corrected_on": "2025-01-01"}
    Correction.objects.create(public_id="k001", claim=Claim.objects.get(public_id="c064"), **columns)
    public = {name for name, (method, _, found) in operations().items() if method == "get" and "security" not in found}
    assert documented(304) == public
    for name in documented(304):
        address = example_address(name).removeprefix(V1)
        tag = get(address)["ETag"]
        assert get(address, headers={"If-None-Match": tag}).status_code == 304, address
