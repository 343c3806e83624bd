"""`manage.py demo`, as a new user starts it: on an empty machine, and a second time."""

import os
import re
import signal
import socket
import time
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from tests.ingest.servers import Workplace, free_port, wait_for, workplace

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def place() -> Iterator[Workplace]:
    with workplace() as made:
        yield made


@pytest.fixture(scope="module")
def first_start(place: Workplace) -> str:
    """What the first start of all says."""
    status, output = place.run("demo", "--no-serve")
    assert status == 0, output
    return output


def test_the_first_start_loads_and_prints_a_password(place: Workplace, first_start: str) -> None:
    assert "29 questions" in first_start
    password = re.search(r"Account:  editor\n    Password: (\S{16})   \(shown only now\)", first_start)
    assert password is not None
    status, output = place.run("shell", "-v0", "-c", SIGN_IN.format(password=password[1]))
    assert (status, output.strip()) == (0, "True"), output


SIGN_IN = """
from django.contrib.auth import authenticate
user = authenticate(username="editor", password="{password}")
print(user is not None and user.is_superuser)
"""
EDIT = """
from apps.claims.models import Claim
Claim.objects.filter(public_id="c002").update(note="changed by an editor")
"""
READ = """
from apps.claims.models import Claim
print(Claim.objects.get(public_id="c002").note, Claim.objects.count())
"""


def test_a_later_start_changes_nothing_and_says_how_to_set_a_password(place: Workplace, first_start: str) -> None:
    assert place.run("shell", "-v0", "-c", EDIT)[0] == 0
    status, output = place.run("demo", "--no-serve")
    assert status == 0, output
    assert "The demo is loaded." in output
    assert "Password:" not in output
    assert "manage.py changepassword editor" in output
    assert place.run("shell", "-v0", "-c", READ)[1].strip() == "changed by an editor 184"


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop(place: Workplace, first_start: str, stop: signal.Signals) -> None:
    port = free_port()
    server = place.start("demo", "--port", str(port))
    status, headers = wait_for(f"http://127.0.0.1:{port}/static/css/parallax.css", server)
    assert status == 200
    status, headers = wait_for(f"http://127.0.0.1:{port}/nothing-here/", server)
    assert status == 404
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    os.killpg(server.pid, stop)  # as Ctrl-C does: to the workers too
    output, _ = server.communicate(timeout=120)
    assert f"Address:  http://127.0.0.1:{port}/" in output
    assert "Traceback" not in output
    assert gone(place), "the database still runs"


def gone(place: Workplace) -> bool:
    for _ in range(600):
        if place.postmaster() is None:
            return True
        time.sleep(0.1)
    return False


def test_stopping_the_first_process_alone_stops_everything(place: Workplace, first_start: str) -> None:
    port = free_port()
    server = place.start("demo", "--port", str(port))
    wait_for(f"http://127.0.0.1:{port}/", server)
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=120)
    assert server.returncode == 0
    assert gone(place), "the database still runs"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_a_dead_worker_does_not_take_the_database_along(place: Workplace, first_start: str) -> None:
    port = free_port()
    server = place.start("demo", "--port", str(port))
    wait_for(f"http://127.0.0.1:{port}/", server)
    with open(f"/proc/{server.pid}/task/{server.pid}/children") as children:
        workers = [int(pid) for pid in children.read().split()]
    os.kill(workers[-1], signal.SIGTERM)
    time.sleep(1)
    assert place.postmaster() is not None
    assert wait_for(f"http://127.0.0.1:{port}/", server)[0] != 0
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=120)


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"^Port {port} cannot be used \(Address already in use\); choose"):
            call_command("demo", port=port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_is_none_is_one_sentence(port: int) -> None:
    with pytest.raises(CommandError, match="wanted a number from 1 to 65535"):
        call_command("demo", port=port)
