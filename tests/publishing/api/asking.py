"""What several tests of the API ask, and how they hold answers against what is described."""

import json
import os
from typing import Any

from django.test import Client

from apps.publishing.api.openapi import EXAMPLES, document
from apps.web.problems import MEDIA_TYPE

V1 = "/api/v1"
LISTS = ("topics", "questions", "claims", "actors", "places", "sources", "corrections")


def operations() -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Every operation by its id: method, path, and what is described of it."""
    return {
        operation["operationId"]: (method, path, operation)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def documented_errors() -> set[tuple[str, int]]:
    """Operation and status of every error that is described."""
    return {
        (name, int(code))
        for name, (_, _, found) in operations().items()
        for code in found["responses"]
        if int(code) > 399
    }


def documented(status: int) -> set[str]:
    """The operations that are described with an answer of this status."""
    return {name for name, (_, _, found) in operations().items() if str(status) in found["responses"]}


def example_address(name: str) -> str:
    """The address of an operation with the examples of its path."""
    _, path, operation = operations()[name]
    for one in operation["parameters"]:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", one["example"])
    return path


def get(address: str, **given: Any) -> Any:
    return Client().get(f"{V1}{address}", **given)


def told(response: Any, status: int) -> Any:
    """The problem that an answer tells, after looking at its form."""
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == MEDIA_TYPE
    problem = response.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"].endswith((".", "?"))
    return problem


def walked(address: str, limit: int) -> list[Any]:
    """All entries of a list, slice by slice."""
    rows: list[Any] = []
    cursor, joint = "", "&" if "?" in address else "?"
    while True:
        found = get(f"{address}{joint}limit={limit}&cursor={cursor}").json()
        rows += found["items"]
        assert len(found["items"]) <= limit
        if found["next"] is None:
            return rows
        assert len(found["items"]) == limit
        cursor = found["next"]


def compare_with_example(name: str, answered: Any) -> None:
    """Hold an answer of the demo against the example in the OpenAPI document; EXAMPLES=write writes it anew."""
    answered = _timeless(answered)
    kept = json.loads(EXAMPLES.read_text())
    if os.environ.get("EXAMPLES") == "write":
        EXAMPLES.write_text(json.dumps(kept | {name: answered}, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        return
    assert kept[name] == answered


def _timeless(answered: dict[str, Any]) -> Any:
    """Without what differs from one import of the demo, and from one draft, to the next."""
    text = json.dumps(answered).replace("http://testserver", "https://parallax.example.org")
    if "draft" in answered:
        text = text.replace(answered["draft"], "k3wzv9hxp")
    answered = json.loads(text)
    moment = "2026-11-01T12:00:00+00:00"
    for edit in answered.get("history", ()):
        edit["at"] = moment
    same = {"next": "WyJ0b3BpY3MiLCAiYSJd", "recorded_at": moment, "version": "0" * 64}
    if "lists" in answered:  # the index, whose version is another one
        return answered
    return answered | {key: value for key, value in same.items() if answered.get(key)}
