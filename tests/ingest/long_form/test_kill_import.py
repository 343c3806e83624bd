"""kill -9 of the importer or of the database while a table is brought in: nothing is there, and the next run works."""

import os
import random
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from apps import embedded
from tests.ingest.servers import Workplace, workplace

TABLES = (
    "claims_question claims_place actors_actor sources_source claims_claim claims_citation ingest_import "
    "ingest_importedclaim claims_claimevent claims_citationevent"
).split()
COUNT = f"SELECT ARRAY[{', '.join(f'(SELECT count(*) FROM {table})' for table in TABLES)}]"
ROWS = 1_000
IMPORT = """
from django.core.management import call_command
from django.db import connection
connection.ensure_connection()
print("starting", flush=True)
call_command("import_claims", {!r}, verbosity=0)
"""


def a_table(path: Path, number: int) -> Path:
    """Claims on one question, of which every row but the first ten of a scope restates an earlier one."""
    head = "question,unit,place,actor,value,as_of_start,stated_on,source_title,source_url\n"
    rows = (
        f"Losses {number},persons,Place {number},Actor {number}.{n % 10},{n},2023-12-31,"
        f"{2024 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02},Report,https://paper-{number}.example/{n % 50}\n"
        for n in range(ROWS)
    )
    path.write_text(head + "".join(rows))
    return path


def counts(place: Workplace) -> list[int]:
    """Rows of each table, after the server has been brought up again where it was dead."""
    with psycopg.connect(embedded.start(data_root=place.data_root)) as connection:
        (found,) = connection.execute(COUNT).fetchone() or ([],)
        return list(found)


@dataclass
class Importer:
    pid: int
    output: str = ""

    def complains(self) -> bool:
        """Whether it says that the database is gone."""
        return bool(re.search(r"CommandError: The database broke off \(.+\)\. All of the file is in", self.output))


@contextmanager
def importing(place: Workplace, table: Path) -> Iterator[Importer]:
    """An importer that begins now; afterwards it has ended and its output is there."""
    process = place.start("shell", "-v0", "-c", IMPORT.format(str(table)))
    assert process.stdout is not None
    assert process.stdout.readline() == "starting\n"
    importer = Importer(process.pid)
    yield importer
    importer.output, _ = process.communicate(timeout=120)


def seconds_of(place: Workplace, table: Path) -> float:
    """How long an import takes, without the start of Python."""
    with importing(place, table):
        began = time.monotonic()
    return time.monotonic() - began


@pytest.mark.parametrize("victim", ["importer", "database"])
def test_whenever_one_is_killed_nothing_is_there_and_the_next_run_succeeds(victim: str, tmp_path: Path) -> None:
    with workplace() as place:
        status, output = place.run("migrate", "-v0")
        assert status == 0, output
        takes = seconds_of(place, a_table(tmp_path / "first.csv", 0))
        one = counts(place)
        assert one[TABLES.index("claims_claim")] == ROWS
        interrupted, number = 0, 0
        while interrupted < 5:
            number += 1
            assert number <= 20, "the kills come too late to test anything"
            table = a_table(tmp_path / f"{number}.csv", number)
            with importing(place, table) as importer:
                time.sleep(takes * (interrupted + random.random()) / 6)
                pid = importer.pid if victim == "importer" else place.postmaster()
                assert pid is not None
                os.kill(pid, signal.SIGKILL)
            done = counts(place)
            assert done in ([n * number for n in one], [n * (number + 1) for n in one])
            if done == [n * number for n in one]:
                interrupted += 1
                assert importer.complains() == (victim == "database"), importer.output
            status, output = place.run("import_claims", str(table))
            assert status == 0, output
            assert counts(place) == [n * (number + 1) for n in one]
