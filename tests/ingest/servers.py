"""Commands of the project as processes of their own, on an embedded server of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


class Workplace:
    """A data root for an embedded PostgreSQL, and commands that use it."""

    def __init__(self, data_root: Path) -> None:
        self.data_root = data_root

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """`manage.py` with these arguments, output and errors together. It leads a process group, as in a terminal."""
        unset = {"DATABASE_URL", "SECRET_KEY", "DEBUG", "DJANGO_SETTINGS_MODULE"}
        environment = {name: value for name, value in os.environ.items() if name not in unset}
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=environment | {"PARALLAX_PGDATA": str(self.data_root), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        """Exit status and output."""
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=120)
        return process.returncode, output

    def postmaster(self) -> int | None:
        """The process id of the running server."""
        for file in self.data_root.glob("*/postmaster.pid"):
            with suppress(ProcessLookupError, FileNotFoundError, IndexError, ValueError):
                pid = int(file.read_text().split()[0])
                os.kill(pid, 0)
                return pid
        return None


@contextmanager
def workplace() -> Iterator[Workplace]:
    """An empty workplace in a folder that the server's own account can reach; nothing of it is left running."""
    root = Path(tempfile.mkdtemp(prefix="parallax-test-", dir="/var/tmp"))
    root.chmod(0o711)
    place = Workplace(root / "data")
    try:
        yield place
    finally:
        if pid := place.postmaster():
            os.kill(pid, signal.SIGQUIT)
        shutil.rmtree(root, ignore_errors=True)


def free_port() -> int:
    """A port on this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(address: str, server: subprocess.Popen[str], *, seconds: float = 120) -> tuple[int, dict[str, str]]:
    """Status and headers of the first answer at an address."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=120) as answer:
                return answer.status, dict(answer.headers)
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, dict(answer.headers)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError(f"no answer from {address}; the server's exit status is {server.poll()}")
