"""What a table of 100,000 claims costs: when its first byte comes, how long it takes, how much the process grows.

Run by `benchmarks/on-demo export`, with `--claims N` for another size. Claims of the demo are copied until there are
that many, each with one citation; the file is asked for as the server would, and its parts are dropped as they come.
"""

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.demo import biggest, load, report, rounds

COPY = """
    COPY (SELECT claim.*, citation.*, source.* FROM claims_claim claim
          JOIN claims_citation citation ON citation.claim_id = claim.id AND citation.is_primary
          JOIN sources_source source ON source.id = citation.source_id) TO STDOUT (FORMAT csv)
"""


def multiply(wanted: int) -> None:
    """Copy published claims with their primary citations; without triggers, for nothing here reads the history."""
    from django.db import connection, transaction

    from apps.claims.models import Citation, Claim

    claims = list(Claim.objects.published().filter(supersedes=None, part_of=None))
    primary = {row.claim_id: row for row in Citation.objects.filter(is_primary=True)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for start in range(Claim.objects.count(), wanted, 2_000):
            rows = [(index, claims[index % len(claims)]) for index in range(start, start + 2_000)]
            copies = Claim.objects.bulk_create(_copy(claim, public_id=f"x{index:07}") for index, claim in rows)
            Citation.objects.bulk_create(
                _copy(primary[claim.pk], claim_id=copied.pk, public_id=f"y{index:07}")
                for (index, claim), copied in zip(rows, copies, strict=True)
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(row: Any, **changes: Any) -> Any:
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.generated}
    del columns["id"]
    return type(row)(**columns | changes)


def megabytes() -> float:
    """The memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def measured(address: str) -> dict[str, Any]:
    """One file from the first byte to the last; memory is looked at after every thousandth part."""
    from django.test import Client

    client = Client(headers={"Host": "localhost"})
    before = most = megabytes()
    start = time.perf_counter()
    response: Any = client.get(address)
    first = second = size = 0.0
    for index, part in enumerate(response):
        first = first or time.perf_counter() - start
        second = second or (time.perf_counter() - start if index else 0)
        size += len(part)
        most = max(most, megabytes()) if index % 1_000 == 0 else most
    response.close()
    whole = time.perf_counter() - start
    return {
        "address": address,
        "first byte, s": round(first, 3),
        "first claim, s": round(second, 3),
        "whole, s": round(whole, 2),
        "MB": round(size / 1e6, 1),
        "memory grows by, MB": round(max(most, megabytes()) - before, 1),
    }


def copied() -> None:
    """PostgreSQL's own COPY of the rows behind the table."""
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(COPY) as rows:
        for _ in rows:
            pass


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=100_000)
    wanted = parser.parse_args().claims
    load()
    multiply(wanted)
    measured("/actors.csv?kind=state")  # what is loaded once is no growth
    times = rounds({"COPY": copied, "CSV": lambda: measured("/questions.csv")}, 3)
    question = biggest().removesuffix("/")
    addresses = ["/questions.csv", "/questions.xlsx", f"{question}.csv?on=2024-11-05", f"{question}.csv"]
    results = [measured(address) for address in addresses]
    results.append(report(times, "/questions.csv", against="COPY"))
    sys.stdout.write(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
