"""What search engines are told of."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.contrib.sitemaps import Sitemap
from django.test import Client
from django.utils import timezone

from apps.claims.models import Claim, ClaimStatus, Question
from apps.publishing.sitemaps import SITEMAPS
from tests.factories import make_claim, make_published_claim

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def listed(client: Client, address: str) -> dict[str, str | None]:
    """Address → day of the last change, as the XML at an address of ours says it."""
    answer = client.get(address.removeprefix("http://testserver"))
    assert answer.status_code == 200
    root = ET.fromstring(answer.content)  # our own
    return {one.findtext("s:loc", "", NAMES): one.findtext("s:lastmod", None, NAMES) for one in root}


def test_every_page_that_readers_see_is_listed_once_and_answers(client: Client) -> None:
    make_published_claim(public_id="c1")
    make_claim(public_id="c2")
    found = [address for part in listed(client, "/sitemap.xml") for address in listed(client, part)]
    assert len(found) == len(set(found))
    assert "http://testserver/claims/c1/" in found
    assert "http://testserver/claims/c2/" not in found
    assert f"http://testserver{Question.objects.earliest('pk').get_absolute_url()}" in found
    for address in found:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_a_change_is_said_with_its_day(client: Client) -> None:
    claim = make_published_claim(public_id="c1")
    today = f"{timezone.now():%Y-%m-%d}"
    assert listed(client, "/sitemaps/claims.xml") == {"http://testserver/claims/c1/": today}
    parts = listed(client, "/sitemap.xml")
    assert str(parts["http://testserver/sitemaps/claims.xml"]).startswith(today)
    Claim.objects.filter(pk=claim.pk).update(
        status=ClaimStatus.RETRACTED, retracted_at=timezone.now(), retracted_by="M.", retracted_why="Wrong."
    )
    assert listed(client, "/sitemaps/claims.xml") == {}


def test_many_pages_are_cut_into_parts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sitemap, "limit", 2)
    question = make_published_claim(public_id="c0").question
    for number in range(1, 5):
        make_published_claim(public_id=f"c{number}", question=question)
    parts = [part for part in listed(client, "/sitemap.xml") if "claims" in part]
    assert parts == [f"http://testserver/sitemaps/claims.xml{query}" for query in ("", "?p=2", "?p=3")]
    assert sum(len(listed(client, part)) for part in parts) == 5
    assert client.get("/sitemaps/claims.xml?p=9").status_code == 404
    assert client.get("/sitemaps/nothing.xml").status_code == 404


@pytest.mark.parametrize("claims", [1, 6])
def test_it_asks_no_more_for_more(client: Client, claims: int, django_assert_max_num_queries: Any) -> None:
    question = make_published_claim(public_id="c0").question
    for number in range(1, claims):
        make_published_claim(public_id=f"c{number}", question=question)
    with django_assert_max_num_queries(8):
        client.get("/sitemaps/claims.xml")
    with django_assert_max_num_queries(6 + 2 * len(SITEMAPS)):
        client.get("/sitemap.xml")


def test_robots_are_told_what_is_not_for_them(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]
