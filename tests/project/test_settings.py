"""What the settings refuse before anything starts."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """Load the settings alone; the embedded server is replaced, so that a test never starts one."""
    program = "from apps import embedded; embedded.start = lambda: 'postgresql://x/x'; import apps.config.settings"
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=kept | variables, capture_output=True, text=True, check=False
    )


def test_a_public_site_without_its_database_is_refused() -> None:
    said = start(ALLOWED_HOSTS="parallax.example.org")
    assert said.returncode != 0
    assert "ImproperlyConfigured: ALLOWED_HOSTS is set but not DATABASE_URL or SECRET_KEY" in said.stderr


def test_a_start_for_one_person_needs_nothing() -> None:
    for variables in ({}, {"ALLOWED_HOSTS": "parallax.example.org", "SECRET_KEY": "k" * 60}):
        said = start(**variables)
        assert said.returncode == 0, said.stderr
