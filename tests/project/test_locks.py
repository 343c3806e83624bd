"""The locks hold what pyproject.toml asks for; the cure for a red test here is `make lock`."""

import pytest
from packaging.utils import canonicalize_name

from tests.project.locks import PROJECT, PYTHON, blocks, versions, wanted

RUN_TIME = wanted(PROJECT["project"]["dependencies"])
DEVELOPMENT = wanted(PROJECT["dependency-groups"]["dev"])
ALL, PRODUCTION = "requirements.lock", "requirements-production.lock"


@pytest.mark.parametrize(
    ("lock", "requirement"),
    [(ALL, requirement) for requirement in RUN_TIME + DEVELOPMENT] + [(PRODUCTION, given) for given in RUN_TIME],
    ids=str,
)
def test_the_lock_holds_a_version_that_was_asked_for(lock: str, requirement) -> None:
    assert requirement.specifier.contains(versions(lock)[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("lock", [ALL, PRODUCTION, "scripts/uv-pinned.lock"])
def test_every_package_is_pinned_and_has_a_hash(lock: str) -> None:
    loose = [entry for entry in blocks(lock).values() if "==" not in entry or "--hash=sha256:" not in entry]
    assert loose == []


def test_production_runs_what_was_tested() -> None:
    assert blocks(PRODUCTION).items() <= blocks(ALL).items()


def test_production_has_no_test_tools() -> None:
    assert {canonicalize_name(requirement.name) for requirement in DEVELOPMENT} & blocks(PRODUCTION).keys() == set()


def test_one_version_of_python_is_meant_everywhere() -> None:
    assert PROJECT["project"]["requires-python"] == f">={PYTHON}"
    assert PROJECT["tool"]["mypy"]["python_version"] == PYTHON
    assert PROJECT["tool"]["ruff"]["target-version"] == "py" + PYTHON.replace(".", "")
