"""`manage.py read_figure`: one line of JSON for each text, whatever the text. No test here may ask the database."""

import io
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

ROOT = Path(__file__).resolve().parents[2]
KEYS = [
    "stated_value",
    "qualifier",
    "hedged",
    "lower",
    "upper",
    "lower_inclusive",
    "upper_inclusive",
    "point",
    "unit",
    "read_as",
]


def lines(*texts: str, **options: Any) -> list[str]:
    out = io.StringIO()
    call_command("read_figure", *texts, stdout=out, **options)
    return out.getvalue().splitlines()


def said(text: str, **options: Any) -> dict[str, Any]:
    """The one object for one text, with numbers as they are written there."""
    (line,) = lines(text, **options)
    document: dict[str, Any] = json.loads(line, parse_float=Decimal)
    return document


def test_a_figure_with_every_key_in_order() -> None:
    assert list(said("about 12,000")) == KEYS
    assert said("about 12,000") == {
        "stated_value": "about 12,000",
        "qualifier": "about",
        "hedged": False,
        "lower": None,
        "upper": None,
        "lower_inclusive": None,
        "upper_inclusive": None,
        "point": 12000,
        "unit": None,
        "read_as": {
            "lower": 10800,
            "upper": 13200,
            "lower_inclusive": True,
            "upper_inclusive": True,
            "rule": "about",
            "is_interpretation": False,
        },
    }


def test_an_open_end_is_null_and_neither_inclusive_nor_exclusive() -> None:
    figure = said("more than 40")
    assert (figure["lower"], figure["lower_inclusive"]) == (40, False)
    assert (figure["upper"], figure["upper_inclusive"]) == (None, None)
    assert figure["read_as"] == {
        "lower": 40,
        "upper": None,
        "lower_inclusive": False,
        "upper_inclusive": None,
        "rule": "more_than",
        "is_interpretation": False,
    }


@pytest.mark.parametrize(
    ("text", "key", "written"),
    [
        ("33.3%", "point", "33.3"),
        ("3.7 million", "point", "3700000"),
        ("0.1", "point", "0.1"),
        ("exactly 100", "point", "100"),
        ("999,999,999,999,999", "point", "999999999999999"),
    ],
)
def test_numbers_are_written_digit_by_digit(text: str, key: str, written: str) -> None:
    (line,) = lines(text)
    assert f'"{key}": {written},' in line


def test_no_digit_of_a_reading_is_rounded_away() -> None:
    (line,) = lines("about 999,999,999,999.999")
    assert '"lower": 899999999999.9991, "upper": 1099999999999.9989,' in line
    assert float("1099999999999.9989") != Decimal("1099999999999.9989"), "a double would do; the test shows nothing"


def test_a_share_has_its_unit() -> None:
    assert said("33.3%")["unit"] == "percent"


def test_words_without_a_number_are_read_by_our_interpretation() -> None:
    figure = said("tens of thousands")
    assert (figure["qualifier"], figure["lower"], figure["point"]) == ("order_of_magnitude", None, None)
    assert figure["read_as"]["rule"] == "tens_of_thousands"
    assert figure["read_as"]["is_interpretation"] is True
    assert (figure["read_as"]["lower"], figure["read_as"]["upper"]) == (20000, 99999)


def test_words_that_allow_no_reading_have_none() -> None:
    assert said("a battalion")["read_as"] is None


def test_the_site_s_tolerance_is_used(settings: Settings) -> None:
    settings.PARALLAX_TOLERANCE = Decimal("0.125")
    assert said("about 80")["read_as"]["lower"] == 70


def test_an_error_says_where_and_why_and_nothing_else() -> None:
    document = said("1,50")
    assert list(document) == ["error"]
    assert list(document["error"]) == ["position", "message"]
    assert isinstance(document["error"]["position"], int)
    assert document["error"]["message"].endswith(".")


def test_each_text_has_its_line_in_order() -> None:
    documents = [json.loads(line) for line in lines("40", "nonsense", "", "more than 40")]
    assert [document.get("qualifier") for document in documents] == ["exactly", None, None, "more_than"]
    assert "error" in documents[1]
    assert "error" in documents[2]


def test_a_language_is_chosen() -> None:
    assert "error" in said("3.000")
    assert said("3.000", language="de")["point"] == 3000


def test_other_scripts_are_ascii_on_the_wire_and_whole_in_the_value() -> None:
    (line,) = lines("40여 명", language="ko")
    assert line.isascii()
    assert json.loads(line)["stated_value"] == "40여 명"


def test_a_language_may_name_its_country() -> None:
    assert said("3.000", language="de-AT")["point"] == 3000


def test_an_unknown_language_is_one_sentence() -> None:
    with pytest.raises(CommandError, match=r"^Language “tlh” is not known; wanted one of en, .*\.$"):
        lines("40", language="tlh")


def run(*arguments: str | bytes, data: Path) -> subprocess.CompletedProcess[bytes]:
    """The command as a person starts it, without DATABASE_URL; `data` is where a server would put its files."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}}
    return subprocess.run(
        [sys.executable, "manage.py", "read_figure", *arguments],
        cwd=ROOT,
        env=environment | {"PARALLAX_PGDATA": str(data)},
        capture_output=True,
        check=False,
    )


def test_from_the_command_line_without_a_server(tmp_path: Path) -> None:
    data = tmp_path / "pgdata"
    done = run("--", "-5%", "--5", b"\xff40", "nonsense", data=data)
    assert done.returncode == 0, done.stderr
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert documents[0]["point"] == -5
    assert "error" in documents[1]
    assert documents[2]["error"] == {
        "position": 0,
        "message": "A byte that is not UTF-8 was given; wanted a text in UTF-8.",
    }
    assert "error" in documents[3]
    assert not data.exists(), "a database was started"


@pytest.mark.parametrize("language", ["tlh", b"\xff"])
def test_an_unknown_language_ends_with_a_status(language: str | bytes, tmp_path: Path) -> None:
    done = run("--language", language, "40", data=tmp_path / "pgdata")
    assert done.returncode == 1
    assert done.stdout == b""
    said = done.stderr.decode()
    assert said.startswith("CommandError: Language “")
    assert said.count("\n") == 1
