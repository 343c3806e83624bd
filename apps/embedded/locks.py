"""File locks that the kernel drops when their holder dies, whatever it dies of."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apps.embedded.accounts import Account
from apps.embedded.errors import EmbeddedPostgresError


@contextmanager
def held_exclusively(path: Path, account: Account) -> Iterator[None]:
    """Wait for the lock file to be ours alone, and hold it during the block."""
    handle = open_lock(path, account)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def open_lock(path: Path, account: Account) -> int:
    """Open (or make) a lock file and return its descriptor, which programs that we start do not inherit."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"The embedded PostgreSQL's data in {path.parent} belongs to another user: "
            "set PARALLAX_PGDATA to a folder of your own, or set DATABASE_URL."
        ) from error
    if account.is_dropped_to:
        os.fchown(handle, account.uid, account.gid)  # the data's owner may come without being root
    return handle


def join(handle: int) -> None:
    """Share the lock: one more user."""
    fcntl.flock(handle, fcntl.LOCK_SH)


def is_last(handle: int) -> bool:
    """Whether nobody else shares the lock; it is then ours alone, else still shared."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        # The failed attempt gave up our share, and a forked child may still live by it. Under the start lock nobody
        # can have taken the lock meanwhile.
        join(handle)
        return False
    return True
