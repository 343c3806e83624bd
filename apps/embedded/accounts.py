"""The operating system's account that the server runs as.

PostgreSQL refuses to run as root, so root drops to ``postgres``, else ``nobody``; everybody else runs it as themselves.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from apps.embedded.errors import EmbeddedPostgresError

UNPRIVILEGED_NAMES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account by name and numbers; ``is_dropped_to`` when we are root and must change to it."""

    name: str
    uid: int
    gid: int
    is_dropped_to: bool

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command as this account and return its result with both outputs as text.

        Raises OSError when the account may not execute it.
        """
        if not self.is_dropped_to:
            return run(*command)
        return run(*command, user=self.uid, group=self.gid)

    def can_enter(self, folder: Path) -> bool:
        """Whether the account can reach this existing folder. Asked of the kernel: mode bits miss ACLs and mounts."""
        if not self.is_dropped_to:
            return os.access(folder, os.X_OK)
        return self.run("/bin/sh", "-c", 'cd -- "$1"', "sh", folder).returncode == 0

    def take_over(self, path: Path) -> None:
        """Give the account a file or folder that root has just made for it."""
        if self.is_dropped_to:
            os.chown(path, self.uid, self.gid)


def run(*command: str | Path, user: int | None = None, group: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command as ourselves, or as another user and group, and return its result with both outputs as text.

    Raises OSError when it may not be executed.
    """
    return subprocess.run(
        [str(word) for word in command],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",  # our own folder may be closed to the user
        env=os.environ | {"LC_ALL": "C"},  # messages in English
        umask=0o077,
        user=user,
        group=group,
        extra_groups=None if user is None else (),
    )


def account_for(data: Path) -> Account:
    """The account that runs the server of this data folder, which need not exist yet."""
    uid = os.geteuid()
    if uid != 0:
        return Account(name=_name_of(uid), uid=uid, gid=os.getegid(), is_dropped_to=False)
    if data.exists() and (found := data.stat()).st_uid != 0:
        # A folder that a person made before root came keeps its owner, so that both can go on using it.
        return Account(name=_name_of(found.st_uid), uid=found.st_uid, gid=found.st_gid, is_dropped_to=True)
    return _unprivileged()


def _unprivileged() -> Account:
    for name in UNPRIVILEGED_NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid, is_dropped_to=True)
    raise EmbeddedPostgresError(
        "PostgreSQL refuses to run as root and there is no user 'postgres' or 'nobody' to run it as: "
        "create one, start as another user, or set DATABASE_URL."
    )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # a container started with a bare number
        return str(uid)
