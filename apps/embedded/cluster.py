"""One data folder and the server that runs on it: create, start, ask, stop.

Callers hold the folder's start lock, so that no two processes do any of this at once.
"""

import enum
import hashlib
import re
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shlex import join as shell_join
from subprocess import CompletedProcess
from urllib.parse import quote

from apps.embedded import processes
from apps.embedded.accounts import Account, run
from apps.embedded.binaries import Binaries
from apps.embedded.errors import EmbeddedPostgresError

DATABASE = "parallax"
SUPERUSER = "postgres"
PORT = 5432  # only a part of the socket's name; pinned because PGPORT may be set
START_SECONDS = 60
# A socket's path may have 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET_PATH = 103
# Lower case only: a URL's host, which the folder becomes, is lower-cased by URL parsers; a comma separates folders.
SOCKET_FOLDER = re.compile(r"[a-z0-9/._-]+")
# What a start says while the remains of a killed server are still going away.
PASSING_TROUBLE = ("pre-existing shared memory block", "lock file")
LARGEST_LOG = 5_000_000
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "200",  # parallel tests beside a running demo
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class State(enum.Enum):
    """What pg_isready says, by its exit status."""

    ACCEPTING = 0
    REJECTING = 1  # starting, recovering or stopping
    SILENT = 2
    UNASKED = 3


@dataclass(frozen=True)
class Cluster:
    """A data folder ``<root>/<major version>``, the programs for it and the account that runs it."""

    root: Path
    major: int
    binaries: Binaries
    account: Account

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.root / str(self.major)

    @property
    def start_lock(self) -> Path:
        """Held by whoever creates, starts or stops the server."""
        return self.root / f"{self.major}.start.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the server."""
        return self.root / f"{self.major}.users.lock"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.data / "server.log"

    def url(self) -> str:
        """The database's URL; the server has been started."""
        return f"postgres://{SUPERUSER}@{quote(str(self._socket_folder()), safe='')}:{PORT}/{DATABASE}"

    def ensure_running(self) -> None:
        """Create the data folder if there is none and start the server unless it answers."""
        if not self.data.exists():
            self._create()
        deadline = time.monotonic() + START_SECONDS
        while (state := self.state()) is not State.ACCEPTING:
            trouble = "it refuses connections" if state is State.REJECTING else self._try_to_start()
            if trouble and time.monotonic() > deadline:
                raise self._failed_to("start", trouble)
            time.sleep(0.05 if trouble else 0)

    def ensure_database(self) -> None:
        """Create the database unless it exists, from template0: UTF-8, and sorted alike on every machine."""
        import psycopg  # here, so that finding out that no server can run does not need it

        where = f"host={self._socket_folder()} port={PORT} user={SUPERUSER} dbname=postgres"
        try:
            with psycopg.connect(where, autocommit=True) as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                    connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8'")
        except psycopg.Error as error:
            raise self._failed_to("give us its database", str(error)) from error

    def state(self) -> State:
        """Whether the server answers. Not asked of ``pg_ctl status``, which takes a dead zombie for a server."""
        folder = self._socket_folder()
        if not self._is_ours(folder):
            return State.SILENT
        where = ("-h", folder, "-p", str(PORT), "-U", SUPERUSER, "-d", "postgres")
        return State(run(self.binaries.program("pg_isready"), "-q", "-t", "5", *where).returncode)

    def stop(self) -> None:
        """Stop the server, if it runs, without waiting for clients; what was committed is on disk."""
        if not self.data.exists():  # it could not be created
            return
        folder = self._socket_folder()
        if self.state() is not State.SILENT:
            result = self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", str(START_SECONDS))
            if result.returncode != 0:
                raise self._failed_to("stop", result.stderr)
        with suppress(OSError):  # tidiness only; not empty after a server was killed
            folder.rmdir()

    def _create(self) -> None:
        # Made under another name, so that a data folder is always a whole one, whatever is killed when.
        unfinished = self.root / f"{self.major}.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self.account.take_over(unfinished)
        for locale in self._locales():
            result = self._initdb(unfinished, locale)
            if result.returncode == 0:
                unfinished.rename(self.data)
                return
        raise self._failed_to("create its data folder", result.stderr)

    def _locales(self) -> list[list[str]]:
        # One order of sorting on every machine. Version 17 brought C.UTF-8 along; before it, some systems have none.
        if self.major >= 17:
            return [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]]
        return [["--locale=C.UTF-8"], ["--locale=C"]]

    def _initdb(self, folder: Path, locale: list[str]) -> CompletedProcess[str]:
        return self._run(
            "initdb",
            *("-D", folder, "-U", SUPERUSER, "--encoding=UTF8", "--data-checksums", "--no-instructions"),
            # Trust, because who can open the socket's 0700 folder is the server's account or root.
            *("--auth-local=trust", "--auth-host=reject"),
            *locale,
        )

    def _try_to_start(self) -> str:
        """Start the server, or return the passing trouble that a later try may not meet."""
        folder = self._next_socket_folder()
        self._make_socket_folder(folder)
        processes.mark_dead_server(self.data / "postmaster.pid")
        processes.mark_dead_server(folder / f".s.PGSQL.{PORT}.lock")
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.unlink()
        logged = self.log.stat().st_size if self.log.exists() else 0
        settings = SETTINGS | {"unix_socket_directories": str(folder)}
        options = shell_join(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
        result = self._run(
            *("pg_ctl", "start", "-D", self.data, "-l", self.log, "-o", options, "-w", "-t", str(START_SECONDS))
        )
        if result.returncode == 0:
            return ""
        trouble = self._trouble_logged_since(logged) or result.stderr
        if not any(passing in trouble for passing in PASSING_TROUBLE):
            raise self._failed_to("start", trouble)
        return trouble

    def _trouble_logged_since(self, offset: int) -> str:
        if not self.log.exists():
            return ""
        lines = self.log.read_bytes()[offset:].decode(errors="replace").splitlines()
        return "; ".join(line for line in lines if "FATAL:" in line or "PANIC:" in line or "HINT:" in line)

    def _socket_folder(self) -> Path:
        """Where the running server says its socket is, else where the next one's will be."""
        # Not computed again for a running server: its starter may have had another TMPDIR.
        with suppress(FileNotFoundError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            if len(lines) >= 5 and lines[4]:
                return Path(lines[4])
        return self._next_socket_folder()

    def _next_socket_folder(self) -> Path:
        # PG_VERSION is written once: data made anew at the same path gets a socket of its own.
        born = (self.data / "PG_VERSION").stat().st_mtime_ns
        name = f"parallax-{hashlib.sha256(f'{self.data}:{born}'.encode()).hexdigest()[:12]}"
        folder = Path(tempfile.gettempdir()).resolve() / name
        is_short = len(str(folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH
        is_plain = SOCKET_FOLDER.fullmatch(str(folder)) is not None
        is_usable = is_short and is_plain and self.account.can_enter(folder.parent)
        return folder if is_usable else Path("/tmp").resolve() / name

    def _make_socket_folder(self, folder: Path) -> None:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            self.account.take_over(folder)
        if not self._is_ours(folder):
            raise EmbeddedPostgresError(
                f"The folder {folder} for PostgreSQL's socket does not belong to '{self.account.name}' alone: "
                "remove it, or set DATABASE_URL."
            )

    def _is_ours(self, folder: Path) -> bool:
        # Others may write to the temporary folder, and could have made ours to listen in our server's place.
        try:
            found = folder.lstat()
        except FileNotFoundError:
            return False
        return stat.S_ISDIR(found.st_mode) and found.st_uid == self.account.uid and not found.st_mode & 0o077

    def _run(self, program: str, *arguments: str | Path) -> CompletedProcess[str]:
        return self.account.run(self.binaries.readable_by(self.account, self.root).program(program), *arguments)

    def _failed_to(self, verb: str, trouble: str) -> EmbeddedPostgresError:
        reason = " ".join(trouble.split()).rstrip(".") or "it gave no reason"
        log = f" (its log is {self.log})" if self.log.exists() else ""
        return EmbeddedPostgresError(
            f"The embedded PostgreSQL {self.binaries.origin} could not {verb}: {reason}{log}; "
            "repair that, or set DATABASE_URL."
        )
