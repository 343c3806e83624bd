"""One claim as page, JSON and CSV: what the page tells, what stays hidden, and at what cost."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pghistory
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.claims.models import Basis, Claim, ClaimStatus, Relay, Stance
from apps.comparisons.pages.claim import find_words
from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier
from tests.factories import (
    make_actor,
    make_citation,
    make_claim,
    make_place,
    make_published_claim,
    make_question,
    make_source,
)


def html(client: Client, public_id: str) -> str:
    answer = client.get(f"/claims/{public_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def section(page: str, name: str) -> str:
    """The words of one section of a page, without markup."""
    found = re.search(rf'<section class="sec" id="{name}">(.*?)</section>', page, re.DOTALL)
    assert found is not None, f"no section {name}"
    return words(found[1])


def words(markup: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", markup))).strip()


def document(client: Client, public_id: str) -> Any:
    answer = client.get(f"/claims/{public_id}.json")
    assert answer.status_code == 200
    return answer.json()


def retract(claim: Claim) -> None:
    claim.status = ClaimStatus.RETRACTED
    claim.retracted_at = timezone.now()
    claim.retracted_by = "M. Okafor"
    claim.retracted_why = "The source was a parody."
    claim.save()


# --- on the demo data


@pytest.mark.usefixtures("demo")
def test_the_figure_stands_first_and_the_sentence_says_who_where_and_when(client: Client) -> None:
    page = html(client, "c012")
    assert '<p class="figure"><span>as many as </span>10,000</p>' in page
    heading = re.search(r'<h1 class="sentence">(.*?)</h1>', page, re.DOTALL)
    assert heading is not None
    said = re.sub(r"<[^>]+>", "", unescape(heading[1]))
    assert "said “as many as 10,000” on “How many" in said
    assert said.endswith("for Kursk Oblast, as of 4 Nov 2024.")


@pytest.mark.usefixtures("demo")
def test_the_stated_words_are_marked_in_the_quote_whatever_their_capitals(client: Client) -> None:
    assert "<mark>More than 10,000</mark> North Korean soldiers" in html(client, "c002")


@pytest.mark.usefixtures("demo")
def test_each_outlet_s_change_is_told(client: Client) -> None:
    told = section(html(client, "c002"), "citations")
    assert "Printed for Kursk Oblast; the claim is for Russia." in told
    assert "Printed on “How many North Korean soldiers have been sent" in told
    assert "“more than 10,000” was printed in translation as “approximately 10,000”" in told


@pytest.mark.usefixtures("demo")
def test_a_floor_that_became_a_ceiling_is_told(client: Client) -> None:
    told = section(html(client, "c008"), "citations")
    assert "“as many as 40” was printed as “40여 명”: an upper bound became a lower bound." in told


@pytest.mark.usefixtures("demo")
def test_foreign_words_name_their_language(client: Client) -> None:
    assert 'lang="ko">1만여 명</span>' in html(client, "c002")


@pytest.mark.usefixtures("demo")
def test_a_claim_stands_among_the_others_of_its_own_day(client: Client) -> None:
    page = html(client, "c012")
    told = section(page, "others")
    assert told.startswith("Among the others on 4 Nov 2024")
    assert "Cannot hold with already 11,000" in told
    assert "500 apart." in told
    assert page.count('class="self"') == 1
    assert "?on=2024-11-04" in page


@pytest.mark.usefixtures("demo")
def test_what_is_kept_apart_says_why(client: Client) -> None:
    page = html(client, "c001")
    assert "Kept apart." in section(page, "others")
    assert document(client, "c001")["compared"] is False


@pytest.mark.usefixtures("demo")
def test_before_and_after_link_both_ways(client: Client) -> None:
    earlier, later = html(client, "c019"), html(client, "c027")
    assert 'href="/claims/c027/"' in earlier
    assert "current, not superseded" not in earlier
    assert 'href="/claims/c019/"' in later
    assert "This is a newer figure." in section(later, "revisions")
    assert [row["claim"] for row in document(client, "c027")["revisions"]] == ["c019", "c027", "c043", "c076"]


@pytest.mark.django_db
def test_what_was_superseded_by_its_own_day_says_by_what(client: Client) -> None:
    first = make_published_claim(public_id="first", figure=exactly(3), as_of_start="2024-11-01", stated_on="2024-11-04")
    given = {"claimant": first.claimant, "supersedes": first, "revision_kind": "updated", "question": first.question}
    make_published_claim(**given, place=first.place, figure=exactly(109), as_of_start="2024-11-02")
    make_published_claim(**given, place=first.place, figure=exactly(110), as_of_start="2024-11-05")
    assert "by the end of that day it is superseded by 109 ." in section(html(client, "first"), "others")


@pytest.mark.django_db
def test_a_successor_that_was_taken_back_leaves_a_claim_current(client: Client) -> None:
    claim = make_published_claim(public_id="earlier")
    later = make_published_claim(supersedes=claim, revision_kind="updated", claimant=claim.claimant)
    assert "current, not superseded" not in html(client, "earlier")
    retract(later)
    page = html(client, "earlier")
    assert "current, not superseded" in page
    assert "(retracted)" in section(page, "revisions")


@pytest.mark.usefixtures("demo")
def test_parts_and_totals_link_both_ways(client: Client) -> None:
    assert "c036" in document(client, "c034")["parts"]
    assert document(client, "c036")["part_of"] == "c034"
    assert 'href="/claims/c036/"' in html(client, "c034")
    assert "Part of" in section(html(client, "c036"), "revisions")


@pytest.mark.usefixtures("demo")
def test_what_it_rests_on_is_told(client: Client) -> None:
    told = section(html(client, "c162"), "way")
    assert "It is computed from" in told
    assert "a quarter of that total" in told
    assert document(client, "c162")["basis"] == [{"kind": "derived_from", "claim": "c161", "actor": None}]


@pytest.mark.usefixtures("demo")
def test_stances_are_told(client: Client) -> None:
    assert "It looks like another piece of fake news." in section(html(client, "c017"), "stances")


@pytest.mark.usefixtures("demo")
def test_the_document_is_a_standing_with_citations(client: Client) -> None:
    found = document(client, "c002")
    assert (found["claim"], found["status"], found["compared"]) == ("c002", "published", True)
    assert {row["citation"]: row["drift"] for row in found["citations"]} == {
        "z002": [],
        "z009": ["place_changed"],
        "z011": ["hedge_lost", "question_changed"],
    }
    assert found["read_as"]["lower"] == 10_000
    assert found["history"][-1]["what"] == "Record created"


@pytest.mark.usefixtures("demo")
def test_the_csv_has_the_one_claim(client: Client) -> None:
    answer = client.get("/claims/c064.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming response
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["id"], row["value"]) == ("c064", "already 11,000")
    assert row["address"] == "http://testserver/claims/c064/"


# --- what readers do not see


@pytest.mark.django_db
@pytest.mark.parametrize("status", [ClaimStatus.DRAFT, ClaimStatus.IN_REVIEW])
@pytest.mark.parametrize("suffix", ["/", ".json", ".csv"])
def test_what_was_never_published_has_no_page(client: Client, status: str, suffix: str) -> None:
    claim = make_claim(status=status, public_id="hidden")
    assert client.get(f"/claims/{claim.public_id}{suffix}").status_code == 404


@pytest.mark.django_db
def test_an_unknown_id_has_no_page(client: Client) -> None:
    assert client.get("/claims/nobody/").status_code == 404


@pytest.mark.django_db
def test_drafts_that_hang_on_a_claim_stay_hidden(client: Client) -> None:
    total = make_claim(public_id="draft-total")
    claim = make_published_claim(public_id="seen", part_of=total, claimant=total.claimant)
    make_claim(public_id="draft-part", part_of=claim, claimant=claim.claimant)
    make_claim(public_id="draft-next", supersedes=claim, revision_kind="updated", claimant=claim.claimant)
    Basis.objects.create(claim=claim, kind="cites", target_claim=total)
    assert "draft-" not in html(client, "seen")
    assert "draft-" not in client.get("/claims/seen.json").content.decode()


@pytest.mark.django_db
def test_a_retracted_claim_says_who_took_it_back_when_and_why(client: Client) -> None:
    claim = make_published_claim(public_id="taken-back", as_of_start="2024-11-04")
    retract(claim)
    page = html(client, "taken-back")
    assert 'class="flash bad"' in page
    assert f"M. Okafor took this record back on {timezone.now().day} " in page
    assert "The source was a parody." in page
    assert 'id="others"' not in page
    assert document(client, "taken-back")["retracted"]["why"] == "The source was a parody."
    assert (document(client, "taken-back")["status"], document(client, "taken-back")["compared"]) == (
        "retracted",
        False,
    )


@pytest.mark.django_db
def test_a_claim_without_a_date_is_not_set_among_others(client: Client) -> None:
    make_published_claim(public_id="undated")
    page = html(client, "undated")
    assert 'id="others"' not in page
    assert "day of statement not known" in page


@pytest.mark.django_db
def test_the_own_day_is_the_day_of_saying_it_where_that_is_later(client: Client) -> None:
    figure = Figure("10", Qualifier.EXACTLY, lower=10, upper=10, lower_inclusive=True, upper_inclusive=True, point=10)
    make_published_claim(public_id="late", figure=figure, as_of_start="2024-11-04", stated_on="2024-11-06")
    assert section(html(client, "late"), "others").startswith("Among the others on 6 Nov 2024")


def exactly(number: int) -> Figure:
    return Figure(
        str(number),
        Qualifier.EXACTLY,
        lower=number,
        upper=number,
        lower_inclusive=True,
        upper_inclusive=True,
        point=number,
    )


@pytest.mark.django_db
def test_a_claim_alone_on_its_day_is_not_set_against_others(client: Client) -> None:
    claim = make_published_claim(public_id="alone", figure=exactly(10), as_of_start="2024-11-04")
    told = section(html(client, "alone"), "others")
    assert "the others" not in told.removeprefix("Among the others")
    assert "no other figure is compared on that day" in told
    make_published_claim(question=claim.question, place=claim.place, figure=exactly(10), as_of_start="2024-11-04")
    assert "it can hold together with each of the others" in section(html(client, "alone"), "others")


@pytest.mark.django_db
def test_a_part_is_not_said_to_be_replaced_by_its_total(client: Client) -> None:
    total = make_published_claim(figure=exactly(10), as_of_start="2024-11-04")
    same = {"question": total.question, "place": total.place, "claimant": total.claimant}
    make_published_claim(**same, public_id="part", figure=exactly(3), as_of_start="2024-11-04", part_of=total)
    told = section(html(client, "part"), "others")
    assert "it is a part of 10" in told
    assert "stands on" not in told


@pytest.mark.django_db
def test_what_the_claimant_says_of_another_place_does_not_stand_instead(client: Client) -> None:
    early = make_published_claim(public_id="early", figure=exactly(3), as_of_start="2024-11-01", stated_on="2024-11-04")
    same = {"question": early.question, "claimant": early.claimant}
    make_published_claim(**same, place=early.place, figure=exactly(4), as_of_start="2024-11-03")
    make_published_claim(**same, figure=exactly(77), as_of_start="2024-11-03")
    told = words(html(client, "early").split('id="others"')[1].split('class="actions"')[0])
    assert "its claimant stands on 4 ." in told
    assert "77" not in told


@pytest.mark.django_db
def test_a_projection_is_looked_at_on_the_day_of_saying_it(client: Client) -> None:
    given = {"nature": "projection", "as_of_start": "2025-06-01", "stated_on": "2024-11-04"}
    first = make_published_claim(public_id="first", figure=exactly(5), **given)
    make_published_claim(
        figure=exactly(6),
        **given | {"stated_on": "2024-12-24"},
        claimant=first.claimant,
        supersedes=first,
        revision_kind="updated",
    )
    told = section(html(client, "first"), "others")
    assert told.startswith("Among the others on 4 Nov 2024")
    assert "superseded" not in told


# --- quotes


@pytest.mark.django_db
def test_words_that_do_not_occur_are_not_marked(client: Client) -> None:
    claim = make_published_claim(public_id="unmarked")
    claim.citations.update(quote="They came in large numbers")
    assert "<mark>" not in html(client, "unmarked")


@pytest.mark.django_db
def test_a_translation_stands_below_the_foreign_words(client: Client) -> None:
    claim = make_published_claim(public_id="foreign")
    claim.citations.update(quote="Tausende", language="de", translation="Thousands of them")
    page = html(client, "foreign")
    assert '<p lang="de">“Tausende”</p>' in page
    assert "In English: “Thousands of them”" in section(page, "quote")


@pytest.mark.django_db
def test_markup_in_a_quote_is_text(client: Client) -> None:
    claim = make_published_claim(public_id="hostile")
    claim.citations.update(quote="<script>Thousands</script>")
    assert "&lt;script&gt;<mark>Thousands</mark>&lt;/script&gt;" in html(client, "hostile")


@pytest.mark.parametrize(
    ("stated", "text", "expected"),
    [
        ("40", "of 40.", (3, 5)),
        ("40", "140 or 40,000 or 0.40", None),
        ("40", "40,000 and 40", (11, 13)),
        ("1만여 명", "북한군 1만여 명이", (4, 9)),
        ("ten", "often", None),
        ("More than 10", "more than 10 came", (0, 12)),
        ("", "anything", None),
        ("a.c", "abc", None),
    ],
)
def test_words_are_found_as_words(stated: str, text: str, expected: tuple[int, int] | None) -> None:
    assert find_words(stated, text) == expected


# --- edits


@pytest.mark.django_db
def test_edits_say_what_changed_and_who_did_it(client: Client) -> None:
    claim = make_published_claim(public_id="edited")
    editor = get_user_model().objects.create_user("okafor", first_name="Mary", last_name="Okafor")
    with pghistory.context(user=editor.pk):
        claim.speaker, claim.note = "A. Speaker", "For readers."
        claim.save()
    told = [(row["what"], row["by"]) for row in document(client, "edited")["history"]]
    assert told == [
        ("Changed speaker, note", "Mary Okafor"),
        ("Changed status: published", None),
        ("Record created", None),
    ]
    assert "Changed speaker, note Mary Okafor" in section(html(client, "edited"), "edits")
    get_user_model().objects.update(first_name="", last_name="")
    assert document(client, "edited")["history"][0]["by"] is None
    assert "okafor" not in html(client, "edited")


@pytest.mark.django_db
def test_only_the_newest_edits_are_shown(client: Client) -> None:
    claim = make_published_claim(public_id="busy")
    for number in range(25):
        claim.note = f"Note {number}"
        claim.save()
    told = document(client, "busy")["history"]
    assert [row["what"] for row in told] == ["Changed note"] * 20


# --- cost


def grow(claim: Claim, n: int) -> None:
    """Give a claim `n` more of everything that may hang on it."""
    for _ in range(n):
        citation = make_citation(claim, place_as_printed=make_place(), claimant_as_printed=make_actor())
        Relay.objects.create(citation=citation, actor=make_actor())
        Stance.objects.create(claim=claim, actor=make_actor(), kind="denies", source=make_source())
        same = {"claimant": claim.claimant, "question": claim.question, "as_of_start": "2024-11-04"}
        make_published_claim(**same, part_of=claim)
        make_published_claim(**same, supersedes=claim, revision_kind="updated")
        make_published_claim(question=claim.question, as_of_start="2024-11-04", figure=claim.figure)
        Basis.objects.create(claim=claim, kind="cites", target_claim=make_published_claim())
        Basis.objects.create(claim=claim, kind="cites", target_actor=make_actor())


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
        assert answer.status_code == 200
    return len(caught)


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", ["/", ".json"])
def test_twice_as_much_costs_no_more_queries(client: Client, suffix: str) -> None:
    figure = Figure("10", Qualifier.EXACTLY, lower=10, upper=10, lower_inclusive=True, upper_inclusive=True, point=10)
    inside = make_question(broader=make_question())
    claim = make_published_claim(
        public_id="grown", figure=figure, question=inside, as_of_start="2024-11-04", stated_on="2024-11-04"
    )
    grow(claim, 3)
    before = queries(client, f"/claims/grown{suffix}")
    grow(claim, 3)
    assert queries(client, f"/claims/grown{suffix}") == before


def make_line(length: int) -> None:
    """Claims `line-0` and on, each of which supersedes the one before; the first of them to correct it."""
    last = make_published_claim(public_id="line-0", stated_on="2024-01-01")
    scope = {name: getattr(last, name) for name in ("question", "place", "claimant")}
    for number in range(1, length):
        last = make_published_claim(
            public_id=f"line-{number}",
            stated_on=date(2024, 1, 1) + timedelta(days=number),
            supersedes=last,
            revision_kind="corrected" if number == 1 else "updated",
            **scope,
        )


@pytest.mark.django_db
def test_a_long_line_of_revisions_is_whole_in_the_json_and_counted_on_the_page(client: Client) -> None:
    make_line(130)
    assert [step["claim"] for step in document(client, "line-60")["revisions"]] == [f"line-{at}" for at in range(130)]
    told = html(client, "line-60").split('<section class="sec" id="revisions">')[1].split("</section>")[0]
    shown = re.findall(r"/claims/line-(\d+)/", told)
    assert shown == [str(at) for at in (*range(59, 48, -1), *range(61, 72))]
    assert "And 49 earlier figures; " in told
    assert "And 58 later figures; " in told


@pytest.mark.django_db
def test_the_whole_line_of_revisions_is_told_of(client: Client) -> None:
    make_line(5)
    told = html(client, "line-2").split('<section class="sec" id="revisions">')[1].split("</section>")[0]
    assert re.findall(r"/claims/(line-\d)/", told) == ["line-1", "line-0", "line-3", "line-4"]
    assert document(client, "line-2")["revisions"] == [
        {"claim": "line-0", "kind": None},
        {"claim": "line-1", "kind": "corrected"},
        {"claim": "line-2", "kind": "updated"},
        {"claim": "line-3", "kind": "updated"},
        {"claim": "line-4", "kind": "updated"},
    ]
