"""Cards for other sites' pages, and how programs find them."""

import html
import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.utils import timezone

from apps.actors.models import Redirect
from apps.claims.actions import rename
from apps.claims.models import Place
from apps.web.queries import moment_iso
from tests.publishing import frozen_example

pytestmark = pytest.mark.usefixtures("demo")
PAGES = ["/questions/troops-present/?on=2024-11-05", "/claims/c064/", f"/frozen/{frozen_example.ID}/"]


def got(client: Client, address: str, status: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:300]
    return answer


def words(content: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", content)))


def policy(answer: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


@pytest.fixture
def frozen(demo: None) -> None:
    """The frozen comparison of the examples is in the database."""
    frozen_example.make_example()


def test_a_card_of_a_comparison_says_what_the_page_says_with_stamp_and_way_back(client: Client) -> None:
    card = got(client, "/embed/questions/troops-present/?on=2024-11-05").content.decode()
    said = words(card)
    assert "How many North Korean soldiers are present?" in said
    assert "cannot both hold" in said
    assert "As of 5 Nov 2024, as known on" in said
    assert "28 figures from 17 claimants on file" in said
    assert 'href="/questions/troops-present/?on=2024-11-05' in card
    assert len(re.findall(r'<td class="fig">', card)) == 6
    assert "And 9 more figures" in said
    assert '<base target="_blank">' in card


def test_a_card_keeps_the_filters_of_its_page(client: Client) -> None:
    all_of_them = got(client, "/embed/questions/troops-present/?on=2024-11-05").content.decode()
    one = got(client, "/embed/questions/troops-present/?on=2024-11-05&claimant=ua-president").content.decode()
    assert "Department of State" in all_of_them
    assert "Department of State" not in one
    assert "claimant=ua-president" in one


def test_a_card_of_a_claim_says_figure_source_and_moment(client: Client) -> None:
    said = words(got(client, "/embed/claims/c064/").content.decode())
    for part in ("already 11,000", "Kursk Oblast", "Source: Ukrainska Pravda, 4 Nov 2024", "As known on"):
        assert part in said


def test_a_card_of_the_past_says_so_and_leads_to_the_past(client: Client) -> None:
    got(client, "/embed/claims/c064/?known=2026-01-01", 404)  # nothing was recorded by then
    refused = got(client, "/embed/claims/c064/?known=2999-01-01", 400)
    assert "wanted" in words(refused.content.decode())
    assert policy(refused)["frame-ancestors"] == "*"
    for known, status in (("2999-01-01", 400), ("soon", 400), ("2020-01-01", 404)):
        got(client, f"/oembed?url=http://testserver/claims/c064/%3Fknown%3D{known}", status)
    now = moment_iso(timezone.now())  # to the microsecond: the demo may be of this very second
    card = got(client, f"/embed/claims/c064/?known={now}").content.decode()
    assert "As known on" in words(card)
    assert f"/claims/c064/?{urlencode({'known': now})}" in card


@pytest.mark.parametrize("page", PAGES)
def test_only_cards_may_be_shown_in_frames_and_no_cookie_comes_with_them(
    client: Client, frozen: None, page: str
) -> None:
    card, own = got(client, f"/embed{page}"), got(client, page)
    assert policy(card)["frame-ancestors"] == "*"
    assert "X-Frame-Options" not in card
    assert policy(own)["frame-ancestors"] == "'none'"
    assert own["X-Frame-Options"] == "DENY"
    assert {name: value for name, value in policy(card).items() if name != "frame-ancestors"} == {
        name: value for name, value in policy(own).items() if name != "frame-ancestors"
    }
    assert not card.cookies
    assert 'name="robots" content="noindex"' in card.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/embed/claims/nothing/", 404, "No published claim has the id “nothing”."),
        ("/embed/questions/nothing/", 404, "No question is called “nothing”."),
        ("/embed/frozen/0123456789ab/", 404, "No frozen comparison has a hash that begins with"),
        ("/embed/questions/troops-present/?on=soon", 400, "on: “soon” was given; wanted"),
    ],
)
def test_where_no_card_is_the_frame_says_so(client: Client, address: str, status: int, said: str) -> None:
    refused = got(client, address, status)
    assert said in words(refused.content.decode())
    assert policy(refused)["frame-ancestors"] == "*"
    assert "X-Frame-Options" not in refused


def test_old_addresses_lead_on_with_their_query(client: Client, frozen: None) -> None:
    longer = f"{frozen_example.ID}{frozen_example.SHA256[len(frozen_example.ID) :]}"
    moved = got(client, f"/embed/frozen/{longer}/?theme=dark", 301)
    assert moved["Location"] == f"/embed/frozen/{frozen_example.ID}/?theme=dark"
    Redirect.objects.create(kind="question", old_slug="of-old", target_slug="troops-present")
    told = got(client, "/oembed?url=http://testserver/questions/of-old/%3Fon%3D2024-11-05").json()
    assert "/embed/questions/troops-present/?on=2024-11-05" in told["html"]


@pytest.mark.parametrize(("asked", "given"), [("light", "light"), ("dark", "dark"), ("auto", None), ("", None)])
def test_a_host_may_wish_for_light_or_dark(client: Client, asked: str, given: str | None) -> None:
    card = got(client, f"/embed/claims/c064/?theme={asked}").content.decode()
    assert re.findall(r'<html lang="en-GB"(?: data-theme="(\w+)")?>', card) == [given or ""]


def test_a_wish_that_nobody_knows_is_refused(client: Client) -> None:
    assert "“blue” was given; wanted one of light, dark, auto." in words(
        got(client, "/embed/claims/c064/?theme=blue", 400).content.decode()
    )


@pytest.mark.parametrize("page", PAGES)
def test_programs_find_the_frame_of_a_page_from_the_page(client: Client, frozen: None, page: str) -> None:
    shown = got(client, page).content.decode()
    (found,) = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', shown)
    answer = got(client, html.unescape(found).removeprefix("http://testserver"))
    told = answer.json()
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 600, 360)
    (source,) = re.findall(r'src="([^"]+)"', told["html"])
    got(client, html.unescape(source).removeprefix("http://testserver"))
    (pasted,) = re.findall(r'<textarea id="embed-code"[^>]*>(.*?)</textarea>', shown, re.DOTALL)
    assert told["html"] in html.unescape(pasted)


def test_a_host_may_ask_for_less_room_and_gets_no_more_than_that(client: Client) -> None:
    url = quote("http://testserver/claims/c064/", safe="")
    told = got(client, f"/oembed?url={url}&maxwidth=320&maxheight=9999").json()
    assert (told["width"], told["height"]) == (320, 360)
    assert 'width="320" height="360"' in told["html"]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 400, "wanted the address of a comparison"),
        ("url=http://testserver/actors/", 404, "is no comparison, claim or frozen comparison of this site."),
        ("url=http://elsewhere.example/claims/c064/", 404, "is no comparison"),
        ("url=http://[testserver/claims/c064/", 404, "is no comparison"),
        ("url=javascript:alert(1)", 404, "is no comparison"),
        ("url=http://testserver/claims/nothing/", 404, "No published claim has the id “nothing”."),
        ("url=http://testserver/questions/nothing/", 404, ""),
        ("url=http://testserver/questions/troops-present/%3Fon%3Dsoon", 400, "on: “soon” was given"),
        ("url=http://testserver/claims/c064/&maxwidth=wide", 400, "wanted a whole number of pixels from 200"),
        ("url=http://testserver/claims/c064/&maxheight=10", 400, "wanted a whole number of pixels from 200"),
        ("url=http://testserver/claims/c064/&format=xml", 501, "Given the format xml; wanted json."),
    ],
)
def test_what_has_no_frame_is_refused_with_a_sentence(client: Client, query: str, status: int, said: str) -> None:
    assert said in words(got(client, f"/oembed?{query}", status).content.decode())


def test_a_title_that_would_break_out_of_the_frame_does_not(client: Client) -> None:
    from apps.claims.models import Question

    Question.objects.filter(slug="troops-present").update(title='"><script>alert(1)</script>')
    told = got(client, "/oembed?url=http://testserver/questions/troops-present/").json()
    assert "<script>" not in told["html"]


def test_a_card_whose_filter_was_renamed_is_led_on(client: Client, demo: None) -> None:
    rename(entity=Place.objects.get(slug="kursk-oblast"), new_slug="kursk")
    asked = "/questions/troops-present/?place=kursk-oblast&theme=dark"
    moved = client.get(f"/embed{asked}")
    assert (moved.status_code, moved["Location"]) == (301, f"/embed{asked.replace('kursk-oblast', 'kursk')}")
    found = client.get("/oembed", {"url": f"http://testserver{asked.removesuffix('&theme=dark')}"}).json()
    assert "/embed/questions/troops-present/?place=kursk&quot;" in found["html"].replace('"', "&quot;")


def test_a_claim_of_the_past_has_a_card_of_the_past(client: Client, demo: None) -> None:
    now = moment_iso(timezone.now())
    page = client.get("/claims/c064/", {"known": now}).content.decode()
    assert "/embed/claims/c064/?known=" in page
    assert "oembed?url=http%3A%2F%2Ftestserver%2Fclaims%2Fc064%2F%3Fknown%3D" in page
