from datetime import date
from decimal import Decimal

import pytest

from apps.domain.periods import PartialDate
from apps.web.templatetags.parallax import day, figure, icon, key, partial


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (Decimal("10000"), "10,000"),
        (Decimal("1E+4"), "10,000"),
        (Decimal("5.30"), "5.3"),
        (Decimal("1200.00"), "1,200"),
        (Decimal("-0.25"), "-0.25"),
        (Decimal("0"), "0"),
        (Decimal("123456789012345"), "123,456,789,012,345"),
        (Decimal("0.00000000000001"), "0.00000000000001"),
        (876, "876"),
        (None, ""),
    ],
)
def test_figures_have_commas_and_no_trailing_zeros(given: Decimal | int | None, written: str) -> None:
    assert figure(given) == written


def test_days_have_no_zero_padding() -> None:
    assert day(date(2024, 11, 4)) == "4 Nov 2024"
    assert day(None) == ""


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2024", "2024"),
        ("2024-11", "Nov 2024"),
        ("2024-11-05", "5 Nov 2024"),
        (PartialDate.parse("2024-11"), "Nov 2024"),
        ("", ""),
        (None, ""),
    ],
)
def test_partial_dates_say_no_more_than_is_known(given: PartialDate | str | None, written: str) -> None:
    assert partial(given) == written


@pytest.mark.parametrize("junk", ["2024-13", "soon", "2024-11-05-01", "2024-02-30"])
def test_a_partial_date_that_is_none_is_refused(junk: str) -> None:
    with pytest.raises(ValueError, match="date"):
        partial(junk)


def test_icon_and_key_are_hidden_from_screen_readers() -> None:
    assert icon("link") == '<svg class="i" aria-hidden="true"><use href="#i-link"/></svg>'
    assert 'class="key s3"' in key(3)
    assert 'aria-hidden="true"' in key(3)
    assert "&lt;" in icon("<")
