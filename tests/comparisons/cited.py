"""Follows references back to what they cite."""

import json
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.test import Client


def local(address: str) -> str:
    """Path and query of an address of the test server."""
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("http", "testserver")
    return f"{parts.path}?{parts.query}"


def reference_of(client: Client, address: str) -> dict[str, Any]:
    (found,) = json.loads(client.get(address).content)
    return found


def is_as_cited(client: Client, reference: dict[str, Any]) -> bool:
    """Whether the document at the cited address has the cited hash."""
    custom = reference["custom"]
    return sha256(client.get(local(custom["document"])).content).hexdigest() == custom["sha256"]
