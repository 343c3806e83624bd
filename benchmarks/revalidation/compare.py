"""What a 304 costs against the page that it saves, on the demo's biggest question.

Run by `benchmarks/on-demo revalidation`. All are asked in one process, as the server would, in turns.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.demo import biggest, load, report, rounds

ROUNDS = 40


def works(address: str) -> dict[str, Callable[[], Any]]:
    """The page; the answer to who has it; the same after something unrelated was written; an answer without work."""
    from django.db import connection
    from django.test import Client

    client = Client(headers={"Host": "localhost"})
    tag = {"If-None-Match": client.get(address)["ETag"]}

    def after_a_write() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        return client.get(address, headers=tag)

    return {
        "page": lambda: client.get(address),
        "304": lambda: client.get(address, headers=tag),
        "304 after a write": after_a_write,
        "nothing": lambda: client.get("/healthz"),
    }


def main() -> None:
    load()
    address = biggest()
    asked = works(address)
    rounds(asked, 3)  # connections and caches are made outside the measurement
    statuses = {name: work().status_code for name, work in asked.items()}
    assert statuses == {"page": 200, "304": 304, "304 after a write": 304, "nothing": 200}, statuses
    sys.stdout.write(json.dumps(report(rounds(asked, ROUNDS), address, against="page"), indent=2) + "\n")


if __name__ == "__main__":
    main()
