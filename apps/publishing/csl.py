"""References as CSL-JSON 1.0.2 (github.com/citation-style-language/schema), for citation processors."""

import json
from datetime import date
from typing import Any

from apps.comparisons.references import PUBLISHER, Kind, Reference
from apps.web.queries import moment_iso

_TYPES = {Kind.CLAIM: "webpage", Kind.COMPARISON: "dataset", Kind.FROZEN: "dataset"}


def item(reference: Reference) -> dict[str, Any]:
    """One item; `custom` is the schema's own place for what it has no field for."""
    fields = {
        "id": f"parallax-{reference.key}",
        "type": _TYPES[reference.kind],
        "title": reference.full_title,
        "author": [{"literal": PUBLISHER}],
        "publisher": PUBLISHER,
        "number": reference.key if reference.number else "",
        "version": reference.version,
        "issued": _day(reference.known.date()),
        "accessed": _day(reference.accessed),
        "URL": reference.url,
        "abstract": reference.summary,
        "note": reference.note,
        "custom": {
            "position": reference.on.isoformat() if reference.on else None,
            "known": moment_iso(reference.known),
            "document": reference.document_url,
            "sha256": reference.sha256,
        },
    }
    return {name: value for name, value in fields.items() if value}


def _day(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def write(reference: Reference) -> str:
    """A list with the one item."""
    return json.dumps([item(reference)], ensure_ascii=False, indent=2) + "\n"
