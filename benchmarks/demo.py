"""What the benchmarks on the demo share: loading it, its biggest question, and works that take turns."""

import os
import platform
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

import django
from django.core.management import call_command

type Works = dict[str, Callable[[], Any]]
type Times = dict[str, list[float]]


def load() -> None:
    """Set Django up and load the demo into the database that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "apps.config.settings"
    django.setup()
    with open(os.devnull, "w") as nowhere:
        call_command("demo", no_serve=True, stdout=nowhere)


def biggest() -> str:
    """The address of the question with the most published claims."""
    from apps.claims.models import Claim, Question

    ids = list(Claim.objects.published().order_by("question__slug").values_list("question_id", flat=True))
    return Question.objects.get(pk=max(ids, key=ids.count)).get_absolute_url()


def rounds(works: Works, count: int) -> Times:
    """The seconds of each work in each round; within a round they take turns, so that a busy moment hits all."""
    times: Times = {name: [] for name in works}
    for _ in range(count):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return times


def report(times: Times, address: str, *, against: str) -> dict[str, Any]:
    """Medians in milliseconds, and the ratio to the work `against` in the same round."""
    ratios = {name: median(a / b for a, b in zip(times[name], times[against], strict=True)) for name in times}
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "address": address,
        "milliseconds": {name: round(median(column) * 1000, 2) for name, column in times.items()},
        f"ratio to {against}": {name: round(ratio, 4) for name, ratio in ratios.items()},
    }
