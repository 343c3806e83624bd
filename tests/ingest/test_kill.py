"""kill -9 of the database while a bundle is imported: afterwards all of it is there, or nothing."""

import os
import random
import signal
import time

import psycopg

from apps import embedded
from tests.ingest.servers import Workplace, workplace

TABLES = (
    "actors_actor actors_alias sources_source claims_topic claims_question claims_place claims_claim claims_citation "
    "claims_basis claims_stance actors_actorevent claims_claimevent claims_citationevent"
).split()
COUNT = f"SELECT ARRAY[{', '.join(f'(SELECT count(*) FROM {table})' for table in TABLES)}]"
#: Seconds from the first look at the database to the kill; the import takes a few tenths of them.
DELAYS = (0.0, 0.1, 0.2, 0.4)
IMPORT = """
from django.conf import settings
from django.db import connection
from apps.ingest.bundle import import_bundle
connection.ensure_connection()
print("starting", flush=True)
import_bundle(settings.PARALLAX_DEMO_BUNDLE)
"""


def counts(place: Workplace) -> list[int]:
    """Rows of each table, after the server has been brought up again where it was dead."""
    with psycopg.connect(embedded.start(data_root=place.data_root)) as connection:
        (found,) = connection.execute(COUNT).fetchone() or ([],)
        return list(found)


def kill_while_importing(place: Workplace, delay: float) -> None:
    """Kills the server `delay` seconds after an import has begun."""
    importing = place.start("shell", "-v0", "-c", IMPORT)
    assert importing.stdout is not None
    assert importing.stdout.readline() == "starting\n"
    time.sleep(delay)
    pid = place.postmaster()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    importing.communicate(timeout=120)


def test_after_a_kill_all_or_nothing_is_there() -> None:
    with workplace() as place:
        status, output = place.run("migrate", "-v0")
        assert status == 0, output
        nothing, seen = [0] * len(TABLES), []
        for delay in DELAYS:
            kill_while_importing(place, delay + random.uniform(0, 0.05))
            seen.append(counts(place))
            if seen[-1] != nothing:
                break  # a further import would have nothing to write
        assert seen[0] == nothing, "the first kill came too late to test anything"
        assert place.run("shell", "-v0", "-c", IMPORT) == (0, "starting\n")
        whole = counts(place)
        assert whole[TABLES.index("claims_claim")] == 184
        assert [found for found in seen if found not in (nothing, whole)] == []
