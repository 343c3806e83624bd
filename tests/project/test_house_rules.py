"""Rules of the tree that no linter knows: names, places, and what a template may hold."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Names that say where code is kept and not what it does.
NAMELESS = {"utils", "util", "core", "common", "helpers", "helper", "misc"}
#: A folder that only one machine has; the part before it keeps addresses of web pages out.
HOME = re.compile(r"(?<![\w.:/-])(?:/home|/root|/Users|C:\\Users)[/\\]\w", re.ASCII)
WRITTEN_BY_US = {".py", ".html", ".css", ".js", ".toml", ".yml", ".md", ".sh", ".lock", ""}
#: What the Content Security Policy refuses: scripts and styles in the page, handlers and styles in attributes.
INLINE = re.compile(
    r"<style\b"
    r"|<script\b(?![^>]*\b(?:src=|type=.application/(?:ld\+)?json))"
    r"|\s(?:style|on[a-z]+)\s*=\s*[\"']"
    r"|\shx-(?:on|vals=.js:)"
    r"|javascript:",
    re.IGNORECASE,
)
DRAWN = [*sorted(ROOT.glob("templates/**/*.html")), *sorted(ROOT.glob("apps/web/charts/*.py"))]


def project_files() -> list[Path]:
    """Every file that is committed or about to be."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def written_by_us() -> list[Path]:
    vendored = {ROOT / "static" / "vendor", ROOT / "static" / "fonts"}
    return [path for path in project_files() if path.suffix in WRITTEN_BY_US and not vendored & set(path.parents)]


def test_every_module_says_what_it_does() -> None:
    nameless = [
        path
        for path in project_files()
        if path.suffix == ".py" and NAMELESS & {path.stem, *path.relative_to(ROOT).parts[:-1]}
    ]
    assert nameless == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    # Not for a clone directly below /, whose name could be any word.
    here = str(ROOT) if len(ROOT.parts) > 2 else "\0"
    found = [path for path in written_by_us() if here in (text := path.read_text()) or HOME.search(text)]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-production.lock", "scripts/uv-pinned.lock"])
def test_a_lock_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--index" not in text


def test_there_are_templates_and_charts_to_look_at() -> None:
    assert DRAWN


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_script_or_style_stands_in_a_page(path: Path) -> None:
    assert [match.group() for match in INLINE.finditer(path.read_text())] == []


@pytest.mark.parametrize(
    "markup",
    [
        "<style>",
        "<script>",
        '<script type="module">',
        '<p style="color: red">',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<a hx-on:click="go()">',
    ],
)
def test_what_the_policy_would_refuse_is_recognised(markup: str) -> None:
    assert INLINE.search(markup)


@pytest.mark.parametrize(
    "markup", ['<script src="/a.js">', '<script type="application/json">', '<link rel="stylesheet">']
)
def test_what_the_policy_allows_is_let_through(markup: str) -> None:
    assert not INLINE.search(markup)
