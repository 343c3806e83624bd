"""The OpenAPI document: what django-ninja knows of the operations, with an example of every answer and every error."""

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from ninja.responses import NinjaJSONEncoder

from apps.publishing.api.reading import router
from apps.publishing.api.site import DESCRIPTION, Api
from apps.web.problems import MEDIA_TYPE

#: Answers of the demo, by operation: a test asks for them again and compares.
EXAMPLES = Path(__file__).with_name("examples.json")
MEANS = {
    301: "What it is called now; `Location` is its address, with the same query.",
    304: "Not modified: the version that came with `If-None-Match` still holds.",
}
#: One sentence for each error as it might be said.
ERRORS = {
    400: "on: “yesterday” was given; wanted a day like 2024-11-05.",
    404: "No question is called “troops-on-the-moon”.",
    410: "The claim c064 was removed on 2026-11-01 because a law demanded it: Judgment 324 O 1/26.",
    429: "60 requests in a minute were answered already; wait 12 seconds.",
}

api = Api(
    title="Parallax",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
)
api.add_router("", router)


@cache
def document() -> dict[str, Any]:
    """The whole document, as plain values."""
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), cls=NinjaJSONEncoder))
    schema.pop("servers")
    examples = json.loads(EXAMPLES.read_text())
    for operations in schema["paths"].values():
        operations.pop("head", None)
        for operation in operations.values():
            _complete(operation, examples.get(operation["operationId"]))
    return schema


def _complete(operation: dict[str, Any], example: Any) -> None:
    for code, response in operation["responses"].items():
        status = int(code)
        response["description"] = MEANS.get(status, HTTPStatus(status).phrase)
        if status >= 400:
            described = response.pop("content")["application/json"]
            response["content"] = {MEDIA_TYPE: described | {"example": _problem(status)}}
        elif example is not None and "content" in response:
            response["content"]["application/json"]["example"] = example


def _problem(status: int) -> dict[str, Any]:
    phrase = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": phrase, "status": status, "detail": ERRORS[status]}
