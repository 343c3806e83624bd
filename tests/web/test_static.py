"""Vendored files are what they were, and nothing in the pages needs more than `'self'` of a content security policy."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

STATIC = Path("static")
VENDORED = tomllib.loads((STATIC / "vendor/VENDORED.toml").read_text())["vendored"]
FILES = {path: sha for entry in VENDORED for path, sha in entry["files"].items()}
TEMPLATES = sorted(Path("templates").rglob("*.html"))
CSS = (STATIC / "css/parallax.css").read_text()


@pytest.mark.parametrize("path", FILES)
def test_a_vendored_file_is_unchanged(path: str) -> None:
    assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == FILES[path]


def test_every_vendored_file_is_listed_with_its_licence() -> None:
    there = {str(path.relative_to(STATIC)) for folder in ("vendor", "fonts") for path in (STATIC / folder).iterdir()}
    assert there - {"vendor/VENDORED.toml"} == set(FILES)
    for entry in VENDORED:
        assert entry["name"]
        assert entry["version"]
        assert entry["licence"]
        assert entry["licence_file"] in entry["files"]


@pytest.mark.parametrize("url", sorted(set(re.findall(r"url\(([^)]+)\)", CSS))))
def test_every_address_in_the_stylesheet_is_a_file_of_ours(url: str) -> None:
    bare = url.strip("\"'")
    assert bare.startswith("#") or (STATIC / "css" / bare).resolve().is_file()


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_has_no_inline_style_script_or_handler(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<[^>]*\s(style|on[a-z]+|hx-on[:\w-]*)\s*=", text)
    assert "<style" not in text
    assert not re.search(r'<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)', text)  # data is not run
    assert "js:" not in text
    assert "javascript:" not in text


def test_every_icon_that_templates_name_is_in_the_sprite() -> None:
    sprite = Path("templates/_components/sprite.html").read_text()
    named = {name for path in TEMPLATES for name in re.findall(r"""{% icon ["']([\w-]+)["'] %}""", path.read_text())}
    assert {name for name in named if f'id="i-{name}"' not in sprite} == set()


def test_htmx_adds_no_style_of_its_own() -> None:
    assert '"includeIndicatorCSS": false' in Path("templates/base.html").read_text()
    assert "includeIndicatorCSS" in (STATIC / "vendor/htmx-4.0.1.min.js").read_text()
