"""`manage.py work` and the worker beside the demo, as processes of their own."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from tests.ingest.servers import Workplace, free_port, wait_for, workplace

pytestmark = pytest.mark.xdist_group("demo")
QUEUE = "from tests.ingest.background import note; note.enqueue('c064', '{}')"
READ = "from apps.claims.models import Claim; print(Claim.objects.get(public_id='c064').note)"


@pytest.fixture(scope="module")
def place() -> Iterator[Workplace]:
    """A workplace with the demo loaded."""
    with workplace() as made:
        status, output = made.run("demo", "--no-serve")
        assert status == 0, output
        yield made


def note_in(place: Workplace) -> str:
    return place.run("shell", "-v0", "-c", READ)[1].strip()


def test_what_is_queued_waits_for_a_worker_and_is_done_once(place: Workplace) -> None:
    assert place.run("shell", "-v0", "-c", QUEUE.format("done"))[0] == 0
    assert note_in(place) != "done"
    status, output = place.run("work", "--batch", "--no-startup-delay")
    assert status == 0, output
    assert note_in(place) == "done"


def test_the_demo_does_it_by_itself_and_its_worker_ends_with_it(place: Workplace) -> None:
    port = free_port()
    server = place.start("demo", "--port", str(port))
    wait_for(f"http://127.0.0.1:{port}/healthz", server)
    assert place.run("shell", "-v0", "-c", QUEUE.format("by the demo"))[0] == 0
    assert eventually(lambda: note_in(place) == "by the demo")
    assert len(workers(place)) == 1
    server.kill()  # nothing of it can clean up
    server.communicate(timeout=120)
    assert eventually(lambda: workers(place) == [])


def test_it_ends_at_once_when_told_to(place: Workplace) -> None:
    worker = place.start("work", "--no-startup-delay")
    assert place.run("shell", "-v0", "-c", QUEUE.format("it works"))[0] == 0
    assert eventually(lambda: note_in(place) == "it works")
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=120)
    assert worker.returncode == 0


def eventually(holds: object, *, seconds: float = 120) -> bool:
    """Whether something holds within some time."""
    assert callable(holds)
    ends = time.monotonic() + seconds
    while not (found := bool(holds())) and time.monotonic() < ends:
        time.sleep(0.2)
    return found


def workers(place: Workplace) -> list[int]:
    """The process ids of workers on the server of a workplace."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline") as command, open(f"/proc/{pid}/environ") as environment:
                is_worker = "\0work\0" in command.read()
                if is_worker and f"PARALLAX_PGDATA={place.data_root}" in environment.read():
                    found.append(int(pid))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found
