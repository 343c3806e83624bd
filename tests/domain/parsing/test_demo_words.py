"""Every stated value of the demo data is read as it is stored, or stands among the exceptions with a reason."""

from decimal import Decimal

import pytest

from apps.domain.parsing import FigureError, parse
from tests.domain.parsing.demo_exceptions import EXCEPTIONS
from tests.domain.parsing.demo_words import STATED, Stated

#: Share of the stated values that may need context which no parser has (six in a hundred).
MOST_EXCEPTIONS = Decimal("0.06")


def _id(stated: Stated) -> str:
    return f"{stated.name}-{ascii(stated.figure.stated_value)[1:-1]}"


@pytest.mark.parametrize("stated", [stated for stated in STATED if stated.name not in EXCEPTIONS], ids=_id)
def test_words_of_the_demo_are_read_as_stored(stated: Stated) -> None:
    assert parse(stated.figure.stated_value, language=stated.language).figure == stated.figure


@pytest.mark.parametrize("stated", [stated for stated in STATED if stated.name in EXCEPTIONS], ids=_id)
def test_no_exception_is_stale(stated: Stated) -> None:
    try:
        read = parse(stated.figure.stated_value, language=stated.language).figure
    except FigureError:
        return
    assert read != stated.figure, "It is read as stored: take it out of the exceptions."


def test_exceptions_are_few_and_give_their_reason() -> None:
    assert len(EXCEPTIONS) <= MOST_EXCEPTIONS * len(STATED)
    assert all(reason.endswith(".") for reason in EXCEPTIONS.values())


def test_every_exception_names_a_row_of_the_demo() -> None:
    assert set(EXCEPTIONS) <= {stated.name for stated in STATED}
