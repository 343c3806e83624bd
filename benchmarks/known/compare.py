"""What a comparison as known at a past moment costs against the live one, on the demo's biggest question.

Run by `benchmarks/on-demo known`. All are asked in one process, as the server would, in turns. Every claim is changed
several times after the moment, and so are its citations, so that the history is deeper than the present.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from benchmarks.demo import biggest, load, report, rounds

ROUNDS = 40
EDITS = 5
ON = "2024-11-05"


def edit_all() -> None:
    """Change every claim and every citation once; each change is kept in the history."""
    from django.db.models import F, Value
    from django.db.models.functions import Concat

    from apps.claims.models import Citation, Claim

    for model in (Claim, Citation):
        model._default_manager.update(note=Concat(F("note"), Value("!")))


def works(address: str, moments: dict[str, datetime]) -> dict[str, Callable[[], Any]]:
    """The live page and JSON, and both as known at each moment."""
    from django.test import Client

    from apps.web.queries import moment_iso

    client = Client(headers={"Host": "localhost"})
    found: dict[str, Callable[[], Any]] = {}
    for kind, path in (("page", address), ("json", f"{address.rstrip('/')}.json")):
        found[kind] = lambda path=path: client.get(path, {"on": ON})
        for name, moment in moments.items():
            query = {"on": ON, "known": moment_iso(moment)}
            found[f"{kind}, known {name}"] = lambda path=path, query=query: client.get(path, query)
    return found


def main() -> None:
    load()
    first = datetime.now(UTC)
    for _ in range(EDITS):
        edit_all()
    address = biggest()
    asked = works(address, {"before the edits": first, "after them": datetime.now(UTC)})
    statuses = {work().status_code for _ in range(3) for work in asked.values()}
    assert statuses == {200}, statuses
    times = rounds(asked, ROUNDS)
    for kind in ("page", "json"):
        of_kind = {name: column for name, column in times.items() if name.startswith(kind)}
        sys.stdout.write(json.dumps(report(of_kind, address, against=kind), indent=2) + "\n")


if __name__ == "__main__":
    main()
