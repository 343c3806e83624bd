"""Processes that use the embedded PostgreSQL, and what tests ask about its server."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

PROJECT = Path(__file__).resolve().parents[2]
CLIENT = Path(__file__).with_name("client.py")


class Client:
    """A running client.py; ``url`` waits until it has its server."""

    def __init__(self, data_root: Path | None, *, script: Path = CLIENT, project: Path = PROJECT, **variables: str):
        given = {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"} | variables
        inherited = {name: value for name, value in os.environ.items() if name not in ("PGBIN", "PARALLAX_PGDATA")}
        self.process = subprocess.Popen(
            [sys.executable, str(script), *([str(data_root)] if data_root else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=inherited | given,
        )

    def read(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline().strip()
        assert line, f"the client ended: {self.process.communicate()[1]}"
        return line

    def ask(self, line: str) -> str:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.read()

    def finish(self) -> str:
        """Let it end and return what it wrote to standard error."""
        return self.process.communicate(timeout=120)[1]

    def end_before_its_children(self) -> None:
        """Let it end without waiting for the children that still hold its output."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.stdin = None
        self.process.wait(timeout=120)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url, autocommit=True)


def answers(url: str) -> bool:
    try:
        connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def socket_folder(url: str) -> Path:
    return Path(unquote(urlsplit(url).hostname or ""))


def postmaster_pid(data_root: Path) -> int:
    [postmaster_file] = data_root.glob("*/postmaster.pid")
    return int(postmaster_file.read_text().split()[0])
