"""Which folder holds the data: the one that was asked for, ``.pgdata`` in the project, or one under /var/tmp."""

import hashlib
import os
import stat
from pathlib import Path

from apps.embedded.accounts import Account, account_for
from apps.embedded.errors import EmbeddedPostgresError

PROJECT = Path(__file__).resolve().parents[2]
FALLBACK_PARENT = Path("/var/tmp")  # kept over reboots; open to all, see _check_fallback


def choose_data_root(wanted: Path | None, folder_name: str) -> tuple[Path, Account]:
    """The folder for data and locks, made if need be, and the account that runs the server of its ``folder_name``.

    Only the default place falls back to /var/tmp, when the account that root drops to cannot reach it;
    a place that somebody has named is used or refused.
    """
    named = wanted or _from_environment()
    root = (named or PROJECT / ".pgdata").expanduser().resolve()
    account = account_for(root / folder_name)
    if _is_reachable(root, folder_name, account):
        _make(root)
        return root, account
    if named:
        raise EmbeddedPostgresError(
            f"The user '{account.name}', who runs PostgreSQL because root may not, cannot reach {root}: "
            "choose a folder open to that user (PARALLAX_PGDATA), or set DATABASE_URL."
        )
    root = fallback_for(PROJECT)
    _make(root)
    _check_fallback(root)
    return root, account_for(root / folder_name)


def fallback_for(project: Path) -> Path:
    """Where a project keeps its data when its own folder is closed to the server's account."""
    return FALLBACK_PARENT / f"parallax-{hashlib.sha256(str(project).encode()).hexdigest()[:12]}"


def _from_environment() -> Path | None:
    value = os.environ.get("PARALLAX_PGDATA")
    return Path(value) if value else None


def _is_reachable(root: Path, folder_name: str, account: Account) -> bool:
    # Only root's dropped account can be shut out where we are not; data that exists has been reached before.
    if not account.is_dropped_to or (root / folder_name).exists():
        return True
    nearest = next(folder for folder in (root, *root.parents) if folder.exists())
    return account.can_enter(nearest)


def _make(root: Path) -> None:
    # Root's folders must let the server's account through to its own; a person's are closed to all others.
    mode = 0o711 if os.geteuid() == 0 else 0o700
    try:
        for folder in reversed([folder for folder in (root, *root.parents) if not folder.exists()]):
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The folder {root} for the embedded PostgreSQL's data cannot be made ({error.strerror}): "
            "set PARALLAX_PGDATA to a folder that you may write to, or set DATABASE_URL."
        ) from error


def _check_fallback(root: Path) -> None:
    # Everybody may write to /var/tmp, so somebody else may have made this folder to trap us.
    found = root.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise EmbeddedPostgresError(
            f"{root} belongs to somebody else or others may write to it: "
            "remove it, set PARALLAX_PGDATA to a folder of your own, or set DATABASE_URL."
        )
