"""The comparison as page, JSON and CSV, on the demo data: what issue and contract promise of it."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from apps.claims.actions import rename
from apps.claims.models import Question

pytestmark = pytest.mark.usefixtures("demo")

ADDRESS = "/questions/troops-present"
DAY = "on=2024-11-05"


def document(client: Client, query: str, question: str = "troops-present") -> Any:
    answer = client.get(f"/questions/{question}.json?{query}")
    assert answer.status_code == 200
    return answer.json()


def html(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_pair_cannot_both_hold(client: Client) -> None:
    assert document(client, DAY)["contradictions"] == [
        {"lower_claim": "c064", "upper_claim": "c012", "gap": 500, "relation": "same"}
    ]


def test_strict_takes_the_bare_number_as_that_number(client: Client) -> None:
    (pair,) = document(client, f"{DAY}&strict=1")["contradictions"]
    assert (pair["lower_claim"], pair["upper_claim"], pair["gap"]) == ("c064", "c012", 1000)


def test_all_three_figures_for_russia_hold_at_once(client: Client) -> None:
    (russia,) = [found for found in document(client, DAY)["agreement"] if found["place"] == "russia"]
    assert (russia["lower"], russia["upper"], russia["n"], russia["of"]) == (10_800, 13_200, 3, 3)


def test_an_older_figure_is_shown_and_not_compared(client: Client) -> None:
    found = document(client, DAY)
    (older,) = [row for row in found["standings"] if row["claim"] == "c061"]
    assert older["compared"] is False
    assert [row["code"] for row in found["apart"] if row["claim"] == "c061"] == ["too_old"]


def test_a_number_word_without_a_number_is_kept_apart(client: Client) -> None:
    assert [row["code"] for row in document(client, DAY)["apart"] if row["claim"] == "c001"] == ["no_number"]


def test_the_compared_claims_stand_with_place_words_and_source(client: Client) -> None:
    rows = {row["claim"]: row for row in document(client, DAY)["standings"] if row["compared"]}
    assert {claim: (row["place"], row["stated_value"]) for claim, row in rows.items()} == {
        "c002": ("russia", "More than 10,000"),
        "c013": ("russia", "around 11 to 12,000"),
        "c065": ("russia", "about 12,000"),
        "c014": ("kursk-oblast", "at least 10,000"),
        "c012": ("kursk-oblast", "as many as 10,000"),
        "c064": ("kursk-oblast", "already 11,000"),
    }
    assert all(row["sources"][0]["url"].startswith("https://") for row in rows.values())
    assert rows["c064"]["read_as"] == {
        "lower": 10_500,
        "upper": 11_500,
        "lower_inclusive": True,
        "upper_inclusive": True,
        "rule": "bare",
        "is_interpretation": False,
    }


def test_a_running_total_contradicts_a_later_lower_one(client: Client) -> None:
    pairs = document(client, DAY, "troops-sent")["contradictions"]
    assert {(p["lower_claim"], p["upper_claim"], p["relation"]) for p in pairs} == {
        ("c034", "c058", "earlier_later"),
        ("c055", "c058", "earlier_later"),
    }


def test_drift_names_what_each_outlet_changed(client: Client) -> None:
    drift = {row["citation"]: row["kinds"] for row in document(client, DAY)["drift"]}
    assert drift["z009"] == ["place_changed"]
    assert "question_changed" in drift["z011"]


def test_without_a_day_the_page_opens_on_one_with_something_to_compare(client: Client) -> None:
    found = document(client, "")
    assert len({row["claimant"] for row in found["standings"] if row["compared"]}) >= 2
    page = html(client, f"{ADDRESS}/")
    assert "The last day on which figures are compared." in page
    assert "Show today" in page


def test_the_page_says_the_sentence_that_matters(client: Client) -> None:
    page = html(client, f"{ADDRESS}/?{DAY}")
    assert "cannot both hold" in page
    assert "500 apart" in page


def test_a_place_includes_the_places_inside_it(client: Client) -> None:
    places = {row["place"] for row in document(client, f"{DAY}&place=russia")["standings"]}
    assert {"russia", "kursk-oblast"} <= places
    places = {row["place"] for row in document(client, f"{DAY}&place=kursk-oblast")["standings"]}
    assert places == {"kursk-oblast"}


@pytest.mark.parametrize(
    ("query", "claims"),
    [
        ("claimant=us-state", {"c012"}),
        ("qualifier=up_to&place=kursk-oblast", {"c012"}),
        ("from=2024-11-05&to=2024-11-05", {"c001", "c002", "c065"}),
    ],
)
def test_filters_leave_the_other_claims_out(client: Client, query: str, claims: set[str]) -> None:
    assert {row["claim"] for row in document(client, f"{DAY}&{query}")["standings"]} == claims


def test_empty_values_give_the_plain_page(client: Client) -> None:
    assert document(client, "place=&claimant=&on=") == document(client, "")


@pytest.mark.parametrize("suffix", ["/", ".json", ".csv"])
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("on=2024-02-30", "on"),
        ("place=atlantis", "place"),
        ("claimant=nobody", "claimant"),
        ("strict=2", "strict"),
        ("claimant=%00", "claimant"),
        ("on=" + "9" * 10_000, "on"),
    ],
)
def test_junk_is_a_400_that_names_the_parameter(client: Client, suffix: str, query: str, parameter: str) -> None:
    answer = client.get(f"{ADDRESS}{suffix}?{query}&qualifier=about")
    assert answer.status_code == 400
    body = answer.content.decode()
    assert parameter in body
    assert len(body) < 20_000


def test_a_400_page_keeps_the_rest_of_the_query(client: Client) -> None:
    answer = client.get(f"{ADDRESS}/?on=never&qualifier=about")
    assert f'href="{ADDRESS}/?qualifier=about"' in answer.content.decode()


def test_an_unknown_question_is_a_404(client: Client) -> None:
    for suffix in ("/", ".json", ".csv"):
        assert client.get(f"/questions/nothing{suffix}").status_code == 404


def test_htmx_gets_the_parts_of_the_page_that_filters_change(client: Client) -> None:
    asked = f"{ADDRESS}/?{DAY}&place=kursk-oblast"
    whole = html(client, asked)
    part = html(client, asked, **{"HX-Request": "true"})
    results, tabs = part.split('<nav class="tabs"')
    assert results.strip() in whole
    assert results.strip().startswith('<div id="results">')
    assert tabs.strip().replace(' hx-swap-oob="true"', "") in whole
    assert "What changed</a>" in tabs
    assert "place=kursk-oblast" in tabs
    assert "hx-swap-oob" in tabs
    assert "hx-swap-oob" not in whole


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_link_and_a_restored_page_get_the_whole(client: Client, header: str) -> None:
    page = html(client, f"{ADDRESS}/?{DAY}", **{"HX-Request": "true", header: "true"})
    assert "<h1>" in page


def test_the_answer_varies_by_the_htmx_header(client: Client) -> None:
    assert "HX-Request" in client.get(f"{ADDRESS}/?{DAY}")["Vary"]


def test_a_public_page_sets_no_cookie_and_no_nonce(client: Client) -> None:
    answer = client.get(f"{ADDRESS}/?{DAY}")
    assert not answer.cookies
    assert "nonce" not in answer["Content-Security-Policy"]
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def table(client: Client, query: str) -> list[dict[str, str]]:
    answer = client.get(f"{ADDRESS}.csv?{query}")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a streamed answer
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_has_a_row_for_each_claim_of_the_question(client: Client) -> None:
    rows = {row["id"]: row for row in table(client, DAY)}
    assert len(rows) == 28
    assert rows["c012"]["value"] == "as many as 10,000"
    assert (rows["c012"]["low"], rows["c012"]["high"], rows["c012"]["qualifier"]) == ("", "10000", "up_to")
    assert rows["c012"]["on"] == "2024-11-05"
    assert rows["c012"]["address"] == "http://testserver/claims/c012/"


def test_a_filter_does_not_bring_a_superseded_figure_back(client: Client) -> None:
    """c014 (at least 10,000) was superseded by c077 (about 11,000), which this filter hides."""
    found = document(client, "on=2024-11-19&qualifier=at_least&claimant=us-dod")
    assert [row["claim"] for row in found["standings"]] == []


def test_a_renamed_question_keeps_its_old_addresses(client: Client) -> None:
    rename(entity=Question.objects.get(slug="troops-present"), new_slug="soldiers-present")
    for suffix in ("/", ".json", ".csv"):
        answer = client.get(f"{ADDRESS}{suffix}?{DAY}")
        assert (answer.status_code, answer["Location"]) == (301, f"/questions/soldiers-present{suffix}?{DAY}")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_others(client: Client, day: str) -> None:
    assert day[:4].lstrip("0") in html(client, f"{ADDRESS}/?on={day}")


def test_origins_are_counted_over_the_compared_claims(client: Client) -> None:
    """Six compared claims of five claimants: one briefing, one claim that cites an intelligence service, three bare."""
    origins = document(client, DAY)["origins"]
    assert (origins["claimants"], origins["recorded"], origins["unknown"]) == (5, 2, 3)


def test_a_public_page_does_not_vary_by_cookie(client: Client) -> None:
    assert "Cookie" not in client.get(f"{ADDRESS}/?{DAY}")["Vary"]


@pytest.mark.parametrize("address", ["/?q=%00", "/actors/?kind=%00", "/admin/login/?next=%00", "/claims/c064/?x%00=1"])
def test_a_nul_character_is_refused_on_every_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_junk_is_refused_as_plain_text_where_csv_was_asked_for(client: Client) -> None:
    answer = client.get(f"{ADDRESS}.csv?on=never")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().startswith("on: “never” was given")
