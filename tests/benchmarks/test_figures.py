"""What the benchmark of the parser counts; quantulum3 itself is only in its own environment."""

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.figures import compare
from benchmarks.figures.compare import Stated, is_same, numbers_stored, ours, repeated, stated_values, theirs_with

REQUIREMENTS = Path(compare.__file__).parent / "requirements.txt"


def stated(text: str, *numbers: int, language: str | None = None) -> Stated:
    return Stated(text, language, frozenset(map(Decimal, numbers)))


def test_every_wording_of_the_demo_is_there_once() -> None:
    rows = stated_values()
    assert len(rows) == len(set(rows)) == 240
    assert stated("around 11 to 12,000", 11000, 12000, language="en") in rows
    assert stated("Thousands", language="en") in rows


def test_stored_numbers_are_ends_and_point() -> None:
    assert numbers_stored({"lower": "10", "upper": "", "point": "10.0"}) == {Decimal(10)}
    assert numbers_stored({"lower": "10", "upper": "20", "point": "15"}) == {Decimal(10), Decimal(15), Decimal(20)}


def test_ours_are_the_numbers_of_the_figure_and_none_where_it_is_refused() -> None:
    assert ours(stated("around 11 to 12,000")) == {Decimal(11000), Decimal(12000)}
    assert ours(stated("1,50")) == frozenset()
    assert ours(stated("40", language="tlh")) == frozenset()


@pytest.mark.parametrize(
    ("value", "uncertainty", "numbers"),
    [(11500.0, 500.0, {11000, 12000}), (40.0, None, {40}), (33.3, None, {Decimal("33.3")})],
)
def test_theirs_are_both_ends_where_they_give_an_uncertainty(
    value: float, uncertainty: float | None, numbers: set[Decimal]
) -> None:
    parser = SimpleNamespace(parse=lambda text: [SimpleNamespace(value=value, uncertainty=uncertainty)])
    assert theirs_with(parser)(stated("whatever")) == numbers


@pytest.mark.parametrize(
    ("stored", "found", "same"),
    [
        (["33.3"], ["0.333333"], True),
        (["50"], ["0.5"], True),
        (["50"], ["50"], True),
        (["50"], ["0.05"], False),
        (["10", "20"], ["20"], False),
        (["50"], [], False),
    ],
)
def test_a_share_may_be_found_as_a_fraction(stored: list[str], found: list[str], same: bool) -> None:
    assert is_same(frozenset(map(Decimal, stored)), frozenset(map(Decimal, found))) == same


@pytest.mark.parametrize("seed", compare.ADVERSARIAL)
def test_a_repeated_text_has_its_length(seed: str) -> None:
    assert len(repeated(seed, 1_000)) == 1_000
    assert repeated(seed, 500) == repeated(seed, 1_000)[:500]


def test_what_it_installs_is_pinned_by_hash_and_names_no_host() -> None:
    text = REQUIREMENTS.read_text()
    packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in line and line.endswith("\\") for line in packages)
    assert text.count("\n    --hash=sha256:") >= len(packages) >= 5
    assert "://" not in text
