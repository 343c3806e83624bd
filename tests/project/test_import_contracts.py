"""The import contracts of pyproject.toml hold, and no app stands outside them."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}


def apps() -> set[str]:
    return {f"apps.{path.parent.name}" for path in ROOT.glob("apps/*/__init__.py")}


def test_the_contracts_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    outcome = subprocess.run(
        [linter, "--no-cache", "--no-logo"],
        cwd=ROOT,
        env=os.environ | {"NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_every_app_has_its_layer() -> None:
    layers = {name.strip() for layer in CONTRACTS["apps"]["layers"] for name in layer.split("|")}
    assert layers | {"apps.embedded"} == apps()


def test_every_app_with_models_or_views_has_layers_inside() -> None:
    layered = {
        f"apps.{path.relative_to(ROOT / 'apps').parts[0]}"
        for name in ("models", "views", "admin", "pages", "forms", "actions")
        for path in [*ROOT.glob(f"apps/*/{name}.py"), *ROOT.glob(f"apps/*/{name}/__init__.py")]
    }
    assert layered <= set(CONTRACTS["inside"]["containers"])


def test_every_module_of_views_has_its_layer_inside() -> None:
    layers = {name.strip(" ()") for layer in CONTRACTS["inside"]["layers"] for name in layer.split(":")}
    assert {path.stem for path in ROOT.glob("apps/*/views*.py")} <= layers


def test_the_domain_and_the_embedded_server_are_forbidden_the_framework() -> None:
    assert "django" in CONTRACTS["domain"]["forbidden_modules"]
    assert "django" in CONTRACTS["embedded"]["forbidden_modules"]


def test_the_embedded_server_is_forbidden_every_app() -> None:
    assert apps() - {"apps.embedded"} <= set(CONTRACTS["embedded"]["forbidden_modules"])
    assert apps() - {"apps.embedded", "apps.config"} == set(CONTRACTS["embedded-users"]["source_modules"])
