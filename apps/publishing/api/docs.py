"""The OpenAPI document as a page: every operation with its parameters, an example of its answer, and its errors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Longer examples are cut; the OpenAPI document has them whole.
MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter of an address or member of a body. `values` names those that a closed list allows."""

    name: str
    where: str
    description: str
    values: tuple[str, ...]
    is_required: bool


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One error, and a sentence as it might be said."""

    status: int
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class OperationEntry:
    """One operation. `id` is its anchor; `sent` and `example` are JSON, empty where there is none."""

    id: str
    method: str
    path: str
    description: str
    parameters: tuple[ParameterRow, ...]
    errors: tuple[ErrorRow, ...]
    sent: str
    example: str
    is_cut: bool
    needs_token: bool


@dataclass(frozen=True, slots=True)
class DocsPage:
    """All operations by what they are about, in the order of the document."""

    introduction: tuple[str, ...]
    points: tuple[str, ...]
    groups: Mapping[str, tuple[OperationEntry, ...]]


def build_docs(document: Mapping[str, Any]) -> DocsPage:
    text = _plain(document["info"]["description"].replace("\n  ", " "))
    lines = [line for line in text.splitlines() if line]
    groups: dict[str, tuple[OperationEntry, ...]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            entry = _entry(method, path, operation)
            groups[operation["tags"][0]] = (*groups.get(operation["tags"][0], ()), entry)
    return DocsPage(
        introduction=tuple(line for line in lines if not line.startswith("* ")),
        points=tuple(line.removeprefix("* ") for line in lines if line.startswith("* ")),
        groups=groups,
    )


def _plain(text: str) -> str:
    """Markdown's marks of code are for readers of the document."""
    return text.replace("`", "")


def _entry(method: str, path: str, operation: Mapping[str, Any]) -> OperationEntry:
    responses = {int(code): response for code, response in operation["responses"].items()}
    good = next(response for code, response in responses.items() if code < 300)
    example, is_cut = _cut(_json(good.get("content", {}).get("application/json", {}).get("example")))
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    return OperationEntry(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        description=_plain(operation.get("description", "")),
        parameters=tuple(_parameter(one) for one in operation["parameters"]),
        errors=tuple(_error(one) for code, one in responses.items() if code >= 400),
        sent=_json(sent),
        example=example,
        is_cut=is_cut,
        needs_token=bool(operation.get("security")),
    )


def _parameter(given: Mapping[str, Any]) -> ParameterRow:
    schema = given["schema"]
    values = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    return ParameterRow(
        name=given["name"],
        where=given["in"],
        description=_plain(given.get("description", "")),
        values=tuple(str(value) for value in values if value != ""),
        is_required=given.get("required", False),
    )


def _error(response: Mapping[str, Any]) -> ErrorRow:
    example = next(iter(response["content"].values()))["example"]
    return ErrorRow(example["status"], example["title"], example["detail"])


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=2)


def _cut(text: str) -> tuple[str, bool]:
    lines = text.splitlines()
    return "\n".join(lines[:MOST_LINES]), len(lines) > MOST_LINES
