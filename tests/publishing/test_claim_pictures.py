"""What networks show beside a link to a claim."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from apps.claims.models import Claim, ClaimStatus
from apps.comparisons.claim_records import load_claim
from apps.comparisons.pages.claim import ClaimPage
from apps.publishing.claim_pictures import HEIGHT, ClaimPicture
from tests.factories import make_citation, make_published_claim, make_question
from tests.publishing.test_pictures import size_of, words_of

pytestmark = pytest.mark.django_db


def drawn(public_id: str, **options: Any) -> str:
    record = load_claim(public_id, today=timezone.now().date())
    assert record is not None
    return ClaimPicture(ClaimPage(record, host="http://testserver"), "http://testserver", "1 Dec 2024", **options).svg()


def test_it_says_the_figure_who_gave_it_its_source_and_its_days(demo: None) -> None:
    words = words_of(drawn("c064"))
    assert words.startswith("How many North Korean soldiers are present? already 11,000 people, Kursk Oblast")
    for part in (
        "President of Ukraine",
        "“There are already 11,000 of them in Kursk Oblast”",
        "Printed by Ukrainska Pravda, 4 Nov 2024",
        "As of 4 Nov 2024, stated 4 Nov 2024, as known on 1 Dec 2024",
        "Parallax, http://testserver/claims/c064/",
    ):
        assert part in words


def test_it_stands_alone_whatever_a_claim_says(demo: None) -> None:
    for public_id in Claim.objects.published().values_list("public_id", flat=True)[::4]:
        svg = drawn(public_id)
        assert not re.findall(r"var\(|light-dark|@import|url\((?!#)|<script|<foreignObject|<image|<div", svg)
        used = set(re.findall(r'href="#([^"]+)"', svg)) | set(re.findall(r"url\(#([^)]+)\)", svg))
        assert used <= set(re.findall(r'id="([^"]+)"', svg))


def test_the_longest_words_stay_above_the_foot() -> None:
    question = make_question(title="How many " + "very " * 36 + "?")
    claim = make_published_claim(public_id="c1", question=question)
    make_citation(claim, quote="<b>&" + "words and more words " * 60, is_primary=False)
    Claim.objects.filter(pk=claim.pk).update(
        stated_value="many thousands " * 12,
        status=ClaimStatus.RETRACTED,
        retracted_at=timezone.now(),
        retracted_by="M.",
        retracted_why="It was wrong. " * 40,
    )
    texts = list(ElementTree.fromstring(drawn("c1")).iter("{http://www.w3.org/2000/svg}text"))
    (foot,) = [index for index, text in enumerate(texts) if str(text.text).startswith("Printed by")]
    heights = [int(text.attrib["y"]) for text in texts if "x" in text.attrib and text.attrib["x"] == "24"]
    assert foot
    assert heights == sorted(heights)
    assert max(heights) < HEIGHT


@pytest.mark.parametrize("theme", ["", "?theme=dark"])
def test_the_page_names_it_and_it_has_the_size_that_networks_show(client: Client, demo: None, theme: str) -> None:
    page = client.get("/claims/c064/").content.decode()
    assert '<meta property="og:image" content="http://testserver/claims/c064/share.png">' in page
    assert '<meta property="og:title" content="President of Ukraine: already 11,000, Kursk Oblast">' in page
    picture = client.get(f"/claims/c064/share.png{theme}")
    assert picture["Content-Type"] == "image/png"
    assert size_of(picture.content) == (1200, 630)


def test_what_has_no_picture_is_a_sentence(client: Client, demo: None) -> None:
    assert client.get("/claims/nothing/share.png").status_code == 404
    refused = client.get("/claims/c064/share.png?theme=blue")
    assert (refused.status_code, refused["Content-Type"]) == (400, "text/plain; charset=utf-8")
