"""What "about" allows: the site's tolerance, or the question's own, wherever a figure is read."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from apps.claims.models import Question
from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier
from tests.factories import make_actor, make_place, make_published_claim, make_question, make_source

pytestmark = pytest.mark.django_db
ABOUT = Figure("about 100", Qualifier.ABOUT, point=Decimal(100))
FLOOR = Figure("at least 115", Qualifier.AT_LEAST, Decimal(115), lower_inclusive=True, point=Decimal(115))
#: Every address that shows how the claim below is read.
DOCUMENTS = ["/questions/asked.json", "/claims/c1.json", "/actors/sayer.json", "/sources/paper.json"]
PAGES = ["/questions/asked/", "/claims/c1/"]


@pytest.fixture
def asked() -> Question:
    """A question with two claims of one day: "about 100" and "at least 115"."""
    question, place, source = make_question("asked"), make_place(), make_source("paper")
    common: dict[str, Any] = {"question": question, "place": place, "as_of_start": "2024-11-05", "source": source}
    make_published_claim(public_id="c1", claimant=make_actor("sayer"), figure=ABOUT, **common)
    make_published_claim(public_id="c2", claimant=make_actor("other"), figure=FLOOR, **common)
    return question


def readings(document: object) -> Iterator[tuple[float, float]]:
    """The read ends of "about 100" wherever they stand in a document."""
    if isinstance(document, dict):
        if document.get("stated_value") == "about 100" and document.get("read_as"):
            yield document["read_as"]["lower"], document["read_as"]["upper"]
        document = list(document.values())
    if isinstance(document, list):
        for each in document:
            yield from readings(each)


@pytest.mark.parametrize("address", DOCUMENTS)
@pytest.mark.parametrize(
    ("site", "own", "expected"),
    [("0.10", None, (90, 110)), ("0.25", None, (75, 125)), ("0.25", "0.20", (80, 120)), ("0.25", "0", (100, 100))],
)
def test_every_document_reads_by_the_question_s_or_the_site_s(
    client: Client, settings: Settings, asked: Question, address: str, site: str, own: str | None, expected: object
) -> None:
    settings.PARALLAX_TOLERANCE = Decimal(site)
    asked.tolerance = None if own is None else Decimal(own)
    asked.save()
    assert set(readings(client.get(address).json())) == {expected}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("own", "words"), [(None, "75 to 125"), (Decimal("0.20"), "80 to 120")])
def test_every_page_reads_by_the_question_s_or_the_site_s(
    client: Client, settings: Settings, asked: Question, address: str, own: Decimal | None, words: str
) -> None:
    settings.PARALLAX_TOLERANCE = Decimal("0.25")
    asked.tolerance = own
    asked.save()
    assert words in client.get(address).content.decode()


@pytest.mark.parametrize(("site", "own", "pairs"), [("0.10", None, 1), ("0.10", "0.15", 0), ("0.20", "0.10", 1)])
def test_what_cannot_both_hold_depends_on_it(
    client: Client, settings: Settings, asked: Question, site: str, own: str | None, pairs: int
) -> None:
    settings.PARALLAX_TOLERANCE = Decimal(site)
    asked.tolerance = None if own is None else Decimal(own)
    asked.save()
    assert len(client.get("/questions/asked.json").json()["contradictions"]) == pairs


def test_a_narrower_question_keeps_its_own_inside_a_wider_one(client: Client, asked: Question) -> None:
    asked.tolerance = Decimal("0.30")
    asked.save()
    narrow = make_question("narrow", broader=asked, topic=asked.topic, tolerance=Decimal("0.05"))
    figure = Figure("about 200", Qualifier.ABOUT, point=Decimal(200))
    place = asked.claims.get(public_id="c1").place
    make_published_claim(public_id="c3", question=narrow, place=place, figure=figure, as_of_start="2024-11-05")
    (pair,) = [
        pair
        for pair in client.get("/questions/asked.json").json()["contradictions"]
        if pair["relation"] == "nested_question"
    ]
    assert (pair["lower_claim"], pair["upper_claim"]) == ("c3", "c1")
    assert pair["gap"] == 190 - 130
