"""Reads the lock files as the tests need them."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PYTHON = (ROOT / ".python-version").read_text().strip()


def blocks(name: str) -> dict[str, str]:
    """Package → its whole entry in a lock file: version, marker and hashes."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / name).read_text(), flags=re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    return {canonicalize_name(re.split(r"[\s=\[]", entry, maxsplit=1)[0]): entry for entry in entries}


def versions(name: str) -> dict[str, str]:
    """Package → the one version that a lock file allows."""
    return {package: re.split(r"==|[\s;]", entry)[1] for package, entry in blocks(name).items()}


def wanted(lines: list[str]) -> list[Requirement]:
    """What pyproject.toml asks for, line by line."""
    return [Requirement(line) for line in lines]
