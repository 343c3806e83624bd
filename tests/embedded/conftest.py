"""Fixtures for clients of the embedded PostgreSQL, each test with a data root of its own. No Django here."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.embedded.clients import Client


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder that the account which root drops to can reach, unlike pytest's own temporary folders."""
    root = Path(tempfile.mkdtemp(prefix="parallax-test-", dir="/var/tmp"))
    root.chmod(0o711)
    yield root
    stop_left_servers(root)
    shutil.rmtree(root, ignore_errors=True)


def stop_left_servers(root: Path) -> None:
    """Stop what a failed test has left running."""
    for postmaster_file in root.glob("*/postmaster.pid"):
        with suppress(ProcessLookupError, FileNotFoundError):
            os.kill(int(postmaster_file.read_text().split()[0]), signal.SIGQUIT)


@pytest.fixture
def folders() -> Iterator[ExitStack]:
    """Closed after the test's clients, which depend on it, have ended."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def empty_root(folders: ExitStack) -> Path:
    """A data root without data."""
    return folders.enter_context(reachable_folder())


@pytest.fixture(scope="session")
def made_root() -> Iterator[Path]:
    """A data root that a server has run on."""
    with reachable_folder() as root:
        client = Client(root)
        client.read()
        client.finish()
        yield root


@pytest.fixture
def data_root(made_root: Path) -> Iterator[Path]:
    """A data root with an empty database and no server yet. Shared by tests, which takes half the time of copies."""
    yield made_root
    stop_left_servers(made_root)


@pytest.fixture
def own_root(made_root: Path, folders: ExitStack) -> Path:
    """A copy of it, to be spoilt."""
    root = folders.enter_context(reachable_folder())
    subprocess.run(["cp", "-a", f"{made_root}/.", root], check=True)  # shutil would lose the owner
    return root


@pytest.fixture
def client(data_root: Path, folders: ExitStack) -> Iterator[Callable[..., Client]]:
    """Starts clients on the test's data root; those that still run at the end are let go."""
    clients: list[Client] = []

    def started(root: Path | None = data_root, **options: Any) -> Client:
        clients.append(Client(root, **options))
        return clients[-1]

    yield started
    for each in clients:
        if each.process.stdout and not each.process.stdout.closed:
            each.finish()
