"""Every error that is documented is reached, and no other."""

from typing import Any

import pytest
from django.core.cache import cache

from apps.claims.actions import publish_claim, remove_claim
from apps.claims.models import Claim
from apps.publishing.api.openapi import SENT
from tests.factories import make_published_claim
from tests.publishing.api.asking import V1, documented_errors, example_address, get, operations, told
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
