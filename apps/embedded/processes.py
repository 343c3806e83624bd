"""Telling a server that runs from one that died and left its files."""

import subprocess
from contextlib import suppress
from pathlib import Path

# Larger than any process id can be on Linux (2^22) and macOS.
NO_PROCESS = "2147483646"


def mark_dead_server(lock_file: Path) -> None:
    """Tell PostgreSQL that the server named on a lock file's first line is dead, when it is.

    PostgreSQL only asks whether the process exists, and so refuses to start beside a zombie (in a container nobody may
    collect it) or beside a stranger who got the number after a reboot. The file is kept, because from its other lines
    PostgreSQL tells whether processes of the dead server still use its memory.
    """
    with suppress(FileNotFoundError):
        first, _, rest = lock_file.read_text().partition("\n")
        if first.strip().isdecimal() and not _is_live_server(int(first)):
            lock_file.write_text(f"{NO_PROCESS}\n{rest}")


def _is_live_server(pid: int) -> bool:
    state, name = _state_and_name(pid)
    return "postgres" in name and not state.startswith("Z")


def _state_and_name(pid: int) -> tuple[str, str]:
    """A process's state letter and its program's name; both empty when there is no such process."""
    if not Path("/proc/self/stat").exists():  # macOS
        shown = subprocess.run(["ps", "-o", "stat=,comm=", "-p", str(pid)], check=False, capture_output=True, text=True)
        state, _, name = shown.stdout.strip().partition(" ")
        return state, name
    try:
        _, _, after = Path(f"/proc/{pid}/stat").read_text().partition("(")
    except (FileNotFoundError, ProcessLookupError):
        return "", ""
    name, _, rest = after.rpartition(") ")
    return rest[:1], name
