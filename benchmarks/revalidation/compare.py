"""What a 304 costs against the page that it saves, on the demo's biggest question.

Run by `benchmarks/revalidation/run`. All are asked in one process, as the server would, in turns.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

import django
from django.core.management import call_command

ROUNDS = 40


def rounds(works: dict[str, Callable[[], Any]], count: int) -> dict[str, list[float]]:
    """The seconds of each work in each round; within a round they take turns, so that a busy moment hits all."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(count):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return times


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


def biggest() -> str:
    """The address of the question with the most published claims."""
    from apps.claims.models import Claim, Question

    ids = list(Claim.objects.published().order_by("question__slug").values_list("question_id", flat=True))
    return Question.objects.get(pk=max(ids, key=ids.count)).get_absolute_url()


def report(times: dict[str, list[float]], address: str) -> dict[str, Any]:
    """Medians in milliseconds, and the share of the page's time in the same round."""
    shares = {name: median(a / b for a, b in zip(times[name], times["page"], strict=True)) for name in times}
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "address": address,
        "milliseconds": {name: round(median(column) * 1000, 2) for name, column in times.items()},
        "share of the page": {name: round(share, 4) for name, share in shares.items()},
    }


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "apps.config.settings"
    django.setup()
    with open(os.devnull, "w") as nowhere:
        call_command("demo", no_serve=True, stdout=nowhere)
    address = biggest()
    asked = works(address)
    rounds(asked, 3)  # connections and caches are made outside the measurement
    statuses = {name: work().status_code for name, work in asked.items()}
    assert statuses == {"page": 200, "304": 304, "304 after a write": 304, "nothing": 200}, statuses
    sys.stdout.write(json.dumps(report(rounds(asked, ROUNDS), address), indent=2) + "\n")


if __name__ == "__main__":
    main()
