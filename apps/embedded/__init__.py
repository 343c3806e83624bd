"""The PostgreSQL that starts by itself when DATABASE_URL is unset.

For development, the demo and tests; production sets DATABASE_URL and never comes here.
Why each part is the way it is: docs/decisions/0002-embedded-postgresql.md.
"""

import platform
from pathlib import Path

from apps.embedded.errors import EmbeddedPostgresError

__all__ = ["EmbeddedPostgresError", "data_root", "start"]


def start(*, data_root: Path | None = None) -> str:
    """Start the project's PostgreSQL, or attach to the one that runs, and return its database URL.

    The URL has the form ``postgres://postgres@<quoted socket folder>:5432/parallax``; the database exists.
    The server stays up while any process that called this lives, and stops with the last of them.
    Calling it again in one process is cheap, and brings a server that has died back up.

    ``data_root`` holds data folders, one per major version, and locks. When not given it is PARALLAX_PGDATA,
    else ``.pgdata`` in the project.

    Raises EmbeddedPostgresError with a sentence for a person.
    """
    if platform.system() == "Windows":
        raise EmbeddedPostgresError(
            "The embedded PostgreSQL cannot run on Windows, which lacks file locks and sockets it needs: "
            "install PostgreSQL 15 or newer and set DATABASE_URL to it."
        )
    # Imported late: fcntl and pwd, which it imports, do not exist on Windows.
    from apps.embedded import launcher

    return launcher.start(data_root)


def data_root() -> Path:
    """The folder for data and locks that `start` uses when none is given; it is made if need be."""
    from apps.embedded import binaries, places

    return places.choose_data_root(None, str(binaries.locate().major()))[0]
