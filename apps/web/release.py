"""Which software answers."""

import sys
import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

#: What an answer is made of beside data and settings; `*` of folders is every file in them.
PARTS = ("apps", "templates", "static", "requirements-production.lock")


@cache
def release() -> str:
    """A hash of the code, templates, static files and locked packages: the same on every machine that runs the same.

    Read once in a process: what changes on the disk later is not what the process runs.
    """
    found = sha256(sys.version.encode())
    for path in _files(settings.BASE_DIR):
        found.update(f"{path.relative_to(settings.BASE_DIR)}\0{path.stat().st_size}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


@cache
def version() -> str:
    """The number of this version, as pyproject.toml has it."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def _files(root: Path) -> list[Path]:
    files = [path for part in PARTS for path in (root / part, *(root / part).rglob("*")) if path.is_file()]
    return sorted(path for path in files if "__pycache__" not in path.parts)
