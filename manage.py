#!/usr/bin/env python
"""Django's command line, with an end that lets the embedded PostgreSQL stop."""

import os
import signal
import sys
from types import FrameType


def exit_cleanly_on_signals() -> None:
    """Turn SIGTERM and SIGHUP into SystemExit, so that functions registered with atexit run.

    Left alone these signals end Python at once (``runserver --noreload`` installs nothing), and the embedded PostgreSQL
    would go on without us. A signal that is ignored (nohup) stays so.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit)


def _exit(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one must not interrupt what the first has begun
    raise SystemExit(128 + number)


def main() -> None:
    """Run the command that was given."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    exit_cleanly_on_signals()
    from django.core.management import execute_from_command_line

    from apps.embedded import EmbeddedPostgresError

    try:
        execute_from_command_line(sys.argv)
    except EmbeddedPostgresError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
