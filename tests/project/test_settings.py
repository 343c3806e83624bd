"""What the settings refuse before anything starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """Load the settings alone; the embedded server is replaced, so that a test never starts one."""
    program = (
        "from apps import embedded; embedded.start = lambda: 'postgresql://x/x'; from apps.config import settings;"
        "print(settings.PARALLAX_TOLERANCE, settings.PARALLAX_WINDOW_DAYS, settings.PARALLAX_TAG)"
    )
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


@pytest.mark.parametrize(
    ("tolerance", "days", "printed"),
    [
        ("", "", "0.10 3"),
        ("0.125", "9", "0.125 9"),
        ("0", "0", "0 0"),
        ("1", "99999", "1 99999"),
        (" .2 ", " 4 ", "0.2 4"),
    ],
)
def test_the_conventions_come_from_the_environment(tolerance: str, days: str, printed: str) -> None:
    said = start(PARALLAX_TOLERANCE=tolerance, PARALLAX_WINDOW_DAYS=days)
    assert said.stdout.strip() == f"{printed} localhost,2026-11-01", said.stderr


@pytest.mark.parametrize("given", ["10", "-0.1", "10%", "ten", "NaN", "sNaN", "Infinity", "0,1"])
def test_a_tolerance_that_is_no_fraction_is_refused(given: str) -> None:
    said = start(PARALLAX_TOLERANCE=given)
    assert said.returncode != 0
    assert f"PARALLAX_TOLERANCE is “{given}”; wanted a fraction from 0 to 1, such as 0.10." in said.stderr


@pytest.mark.parametrize("given", ["-1", "3.5", "three", "٣", "100000"])
def test_a_window_that_is_no_number_of_days_is_refused(given: str) -> None:
    said = start(PARALLAX_WINDOW_DAYS=given)
    assert said.returncode != 0
    assert f"PARALLAX_WINDOW_DAYS is “{given}”; wanted a number of days, such as 3." in said.stderr


@pytest.mark.parametrize(
    ("given", "hosts", "printed"),
    [
        ("", "parallax.example.org,www.example.org", "parallax.example.org,2026-11-01"),
        ("", "127.0.0.1,[fe80::1],*,.Example.ORG", "example.org,2026-11-01"),
        ("", "*", "localhost,2026-11-01"),
        (" old.example.org,2025-01-31 ", "parallax.example.org", "old.example.org,2025-01-31"),
    ],
)
def test_ids_bear_the_name_of_the_site_or_the_one_that_is_given(given: str, hosts: str, printed: str) -> None:
    said = start(PARALLAX_TAG=given, ALLOWED_HOSTS=hosts, SECRET_KEY="k" * 60)
    assert said.stdout.split()[-1:] == [printed], said.stderr


@pytest.mark.parametrize(
    "given",
    [
        "example.org",
        "example.org,2025",
        "example.org,2025-02-30",
        "Example.org,2025-01-31",
        "a b,2025-01-31",
        ",2025-01-31",
    ],
)
def test_a_name_without_its_day_is_refused(given: str) -> None:
    said = start(PARALLAX_TAG=given)
    assert said.returncode != 0
    wanted = "wanted a host name and a day, such as localhost,2026-11-01."
    assert f"PARALLAX_TAG is “{given}”; {wanted}" in said.stderr
