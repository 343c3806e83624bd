"""Rows and documents that are sent as they are made, so that none is ever held whole."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse

#: Rows that are in memory at a time, and that are sent at a time.
AT_ONCE, SENT_AT_ONCE = 1_000, 100


def in_turn[Row: Model](rows: QuerySet[Row]) -> Iterator[Row]:
    """Rows as the database hands them out, with what is prefetched for them; however many, few are in memory.

    In a transaction of its own: without one, the database would make all rows before it hands out the first.
    """
    with transaction.atomic():
        yield from rows.iterator(chunk_size=AT_ONCE)


def json_file(document: Mapping[str, Any]) -> StreamingHttpResponse:
    """A document, the lists of which may be iterators: these are sent entry by entry."""
    return StreamingHttpResponse(_json_parts(document), content_type="application/json")


def _json_parts(document: Mapping[str, Any]) -> Iterator[str]:
    yield "{"
    for index, (name, value) in enumerate(document.items()):
        yield f"{', ' if index else ''}{_json(name)}: "
        if isinstance(value, Iterator):
            yield from _list_parts(value)
        else:
            yield _json(value)
    yield "}"


def _list_parts(rows: Iterable[Any]) -> Iterator[str]:
    yield "["
    for index, some in enumerate(batched(rows, SENT_AT_ONCE)):
        yield f"{', ' if index else ''}{', '.join(map(_json, some))}"
    yield "]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
