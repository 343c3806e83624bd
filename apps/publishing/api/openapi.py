"""The OpenAPI document: what django-ninja knows of the operations, with an example of every answer and every error."""

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from ninja.responses import NinjaJSONEncoder

from apps.publishing.api import reading, writing
from apps.publishing.api.bodies import ExactParser
from apps.publishing.api.site import DESCRIPTION, Api
from apps.web.problems import MEDIA_TYPE, SENTENCES

#: Answers of the demo, by operation: a test asks for them again and compares.
EXAMPLES = Path(__file__).with_name("examples.json")
MEANS = {
    301: "Something in the address has another slug now; `Location` is the address with it, otherwise the same.",
    304: "Not modified: the version that came with `If-None-Match` still holds.",
}
LOCATION = {
    "description": "Where to ask instead; anything may be renamed again, so that it is worth asking there next time.",
    "required": True,
    "schema": {"type": "string", "format": "uri-reference"},
    "example": "/api/v1/claims?place=kursk-oblast",
}
#: One sentence for each error as it might be said.
ERRORS = {
    400: "on: “yesterday” was given; wanted a day like 2024-11-05.",
    401: "This token is not known, or was revoked; wanted one in force, as “Authorization: Bearer plx_…”.",
    403: "This token does not have the scope drafts:write, or its maker may not do that.",
    404: "No question is called “troops-on-the-moon”.",
    409: "Somebody saved this draft after you saw it; read it again, and send its present version.",
    410: "The claim c064 was removed on 2026-11-01 because a law demanded it: Judgment 324 O 1/26.",
    413: SENTENCES[413],
    415: "The body is said to be “text/plain”; wanted application/json.",
    422: "/place: “atlantis” was given; wanted the slug of a place.",
    429: "120 reads in a minute were answered already; wait 12 seconds.",
}

#: What might be sent to the demo.
SENT: dict[str, dict[str, Any]] = {
    "record": {
        "question": "troops-present",
        "place": "kursk-oblast",
        "claimant": "ua-president",
        "speaker": "Volodymyr Zelenskyy",
        "figure": {"stated_value": "already 11,000"},
        "as_of": {"start": "2024-11-04"},
        "stated_on": "2024-11-04",
        "citation": {
            "source": "aj-20241105",
            "quote": "There are already 11,000 of them in the Kursk region.",
            "language": "en",
        },
    },
    "change": {
        "version": "0" * 64,
        "figure": {"stated_value": "more than 11,000"},
        "note": "The transcript has “more than”.",
    },
}

api = Api(
    title="Parallax",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=ExactParser(),
)
api.add_router("", reading.router)
for kind, tell in writing.TELLS.items():
    api.add_exception_handler(kind, tell)


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
    if "requestBody" in operation:
        operation["requestBody"]["content"]["application/json"]["example"] = SENT[operation["operationId"]]
    for code, response in operation["responses"].items():
        status = int(code)
        response["description"] = MEANS.get(status, HTTPStatus(status).phrase)
        if status == 301:
            response["headers"] = {"Location": LOCATION}
        if status >= 400:
            described = response.pop("content")["application/json"]
            response["content"] = {MEDIA_TYPE: described | {"example": _problem(status)}}
        elif example is not None and "content" in response:
            response["content"]["application/json"]["example"] = example


def _problem(status: int) -> dict[str, Any]:
    phrase = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": phrase, "status": status, "detail": ERRORS[status]}
