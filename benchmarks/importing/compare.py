"""What bringing a large table in costs, against the database's own COPY of the same claims and citations.

Run by `benchmarks/on-demo importing`, on the forecasts in `PARALLAX_BULK_DATA` or with `--claims N` on a table made up
here. The copy goes into tables with the same columns, checks and indexes, without triggers, references and history.
"""

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.demo import load

FORECASTS = "flusight_forecasts_2024_25.csv.gz"
COPIED = ("claims_claim", "claims_citation")


def forecasts(count: int) -> tuple[str, bytes]:
    """A table of weekly forecasts by ten teams for fifty states, each restated every week for four weeks."""
    head = "question,unit,place,actor,value,low,high,interval,nature,as_of_start,stated_on,source_title,source_url\n"
    lines = []
    for n in range(count):
        team, state, week, ahead = n % 10, n // 10 % 50, n // 2_000, n // 500 % 4
        day = f"{2001 + week // 48}-{week // 4 % 12 + 1:02}-{week % 4 * 7 + 1:02}"
        as_of = f"{2001 + (week + ahead) // 48}-{(week + ahead) // 4 % 12 + 1:02}-{(week + ahead) % 4 * 7 + 1:02}"
        value = f"{n % 997},{n % 997 // 2},{n % 997 * 2},95 % prediction,projection"
        source = f"Forecast of week {day},https://team-{team}.example/{day}"
        lines.append(f"Admissions to hospitals,persons,State {state},Team {team},{value},{as_of},{day},{source}\n")
    return "forecasts.csv", (head + "".join(lines)).encode()


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def copied(table: str) -> float:
    """Seconds in which PostgreSQL takes the rows of a table in again."""
    from django.db import connection

    with connection.cursor() as cursor:
        columns = _columns(cursor, table)
        cursor.execute(f"CREATE TEMPORARY TABLE again (LIKE {table} INCLUDING ALL)")
        with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as rows:
            kept = list(rows)

        def write() -> None:
            with cursor.copy(f"COPY again ({columns}) FROM STDIN") as again:
                for part in kept:
                    again.write(part)

        took = seconds(write)
        cursor.execute("DROP TABLE again")
    return took


def _columns(cursor: Any, table: str) -> str:
    ask = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attgenerated = ''"
    cursor.execute(f"{ask} AND NOT attisdropped", [table])
    return ", ".join(f'"{name}"' for (name,) in cursor.fetchall())


def measured(name: str, content: bytes) -> dict[str, Any]:
    """The import, the import of the same again, and the copies; memory is the most that this process ever held."""
    from apps.claims.models import Claim
    from apps.ingest.long_form.importing import import_claims
    from apps.ingest.long_form.options import Options

    options = Options(nature="projection")

    before = Claim.objects.count()
    once = seconds(lambda: import_claims(name, content, options=options))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again = seconds(lambda: import_claims(name, content, options=options))
    raw = sum(copied(table) for table in COPIED)
    return {
        "claims": Claim.objects.count() - before,
        "import, s": round(once, 1),
        "the same again, s": round(again, 1),
        "COPY, s": round(raw, 1),
        "import / COPY": round(once / raw, 1),
        "the same again / import": round(again / once, 2),
        "memory, MB": round(most),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=0, help="Make a table of so many up.")
    wanted = parser.parse_args().claims
    load()
    bulk = os.environ.get("PARALLAX_BULK_DATA", "")
    if not wanted and not bulk:
        sys.exit("PARALLAX_BULK_DATA is not set; wanted the folder of the forecasts, or --claims N.")
    table = forecasts(wanted) if wanted else (FORECASTS, (Path(bulk) / FORECASTS).read_bytes())
    sys.stdout.write(json.dumps(measured(*table), indent=2) + "\n")


if __name__ == "__main__":
    main()
