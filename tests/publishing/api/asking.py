"""What several tests of the API ask, and how they hold answers against what is described."""

from typing import Any

from django.test import Client

from apps.publishing.api.openapi import document
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
