"""How figures relate, on every page and document that tells of it: drift, origins, findings, tendency, readings."""

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.actors.models import Actor
from apps.claims.facts import claim_facts, printed_facts
from apps.claims.models import Basis, Claim, ClaimStatus, JointClaimant, Place, Question, Relay
from apps.comparisons import entity_records, origin_records
from apps.comparisons.pages import beside
from apps.comparisons.pages import claim as claim_page
from apps.domain import tendency
from apps.domain.drift import Drift, drift
from apps.domain.figures import Figure
from apps.domain.sentences import Names
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


def text_of(client: Client, address: str) -> str:
    """The words of a page, without markup."""
    return words(html_of(client, address).split("<main", 1)[1].split("</main>", 1)[0])


def html_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def document(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.json()


def words(markup: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", markup))).strip()


def section(client: Client, address: str, name: str) -> str:
    """The words of one section of a page."""
    found = re.search(rf'<section class="sec" id="{name}">(.*?)</section>', html_of(client, address), re.DOTALL)
    assert found is not None, f"no section {name} on {address}"
    return words(found[1])


def exactly(n: int) -> Figure:
    number = Decimal(n)
    return Figure(
        f"exactly {n}", Qualifier.EXACTLY, number, number, lower_inclusive=True, upper_inclusive=True, point=number
    )


def up_to(n: int) -> Figure:
    return Figure(f"up to {n}", Qualifier.UP_TO, upper=Decimal(n), upper_inclusive=True, point=Decimal(n))


# --- drift


def _names() -> Names:
    """What everything is called; the demo has a place and an actor with the slug "russia"."""
    return Names(
        places=dict(Place.objects.values_list("slug", "name")),
        actors=dict(Actor.objects.values_list("slug", "name")),
        questions=dict(Question.objects.values_list("slug", "title")),
    )


def _drift_of_demo() -> dict[str, dict[str, tuple[Drift, ...]]]:
    """Claim → citation → what it changed, asked of the domain with everything's name."""
    names = _names()
    return {
        claim.public_id: {
            citation.public_id: drift(claim_facts(claim), claim.speaker, printed_facts(citation), names=names)
            for citation in claim.citations.all()
        }
        for claim in Claim.objects.published().with_attribution()
    }


@pytest.mark.usefixtures("demo")
def test_every_drift_of_the_demo_is_on_the_page_and_in_the_document_of_its_claim(client: Client) -> None:
    found = _drift_of_demo()
    assert len(found) > 180
    assert sum(len(changes) for citations in found.values() for changes in citations.values()) > 60
    faithful = [public_id for public_id, citations in found.items() if not any(citations.values())]
    for public_id, citations in found.items():
        if public_id in faithful[10:]:
            continue  # they all show the same nothing
        page = html_of(client, f"/claims/{public_id}/")
        told = {row["citation"]: row for row in document(client, f"/claims/{public_id}.json")["citations"]}
        for citation, changes in citations.items():
            (row,) = re.findall(rf'<tr id="{citation}">(.*?)</tr>', page, re.DOTALL)
            assert [words(change) for change in re.findall(r'<div class="drift">(.*?)</div>', row)] == [
                re.sub(r"\s+", " ", f"{change.kind.words} {change.text}") for change in changes
            ]
            assert told[citation]["drift"] == [change.kind.value for change in changes]
            assert told[citation]["drift_texts"] == [change.text for change in changes]


@pytest.mark.django_db
def test_a_place_and_an_actor_of_one_slug_keep_their_names(client: Client) -> None:
    land, state = make_place("land", name="The Land"), make_actor("land", name="The State")
    claim = make_published_claim(public_id="c1", place=land, claimant=state, figure=exactly(7))
    make_citation(claim, place_as_printed=make_place(name="Elsewhere"))
    assert "Printed for Elsewhere; the claim is for The Land." in section(client, "/claims/c1/", "citations")


@pytest.mark.usefixtures("demo")
def test_the_comparison_tells_each_drift_in_words(client: Client) -> None:
    told = section(client, "/questions/troops-present/?on=2024-11-05", "citations")
    assert "place changed Printed for Kursk Oblast; the claim is for Russia." in told
    rows = document(client, "/questions/troops-present.json?on=2024-11-05")["drift"]
    assert {row["citation"]: row["texts"] for row in rows}["z009"] == [
        "Printed for Kursk Oblast; the claim is for Russia."
    ]


@pytest.mark.usefixtures("demo")
def test_a_publisher_tells_what_it_changed_in_what_it_printed(client: Client) -> None:
    told = section(client, "/actors/al-jazeera/", "printed")
    assert "hedge lost “nearly 12,000” was printed in translation as “about 12,000”" in told
    assert re.search(r"What changed: .*question changed \d+ times?", told)
    printed = {row["citation"]: row for row in document(client, "/actors/al-jazeera.json")["printed"]}
    assert printed["z004"]["claim"] == "c034"
    assert printed["z004"]["drift"] == ["hedge_lost", "question_changed"]
    assert printed["z004"]["drift_texts"][0].startswith("“nearly 12,000” was printed")


@pytest.mark.django_db
def test_the_kinds_that_a_publisher_changed_most_come_first(client: Client) -> None:
    paper = make_source(publisher=make_actor("paper", kind="media"))
    for n in (101, 102):
        make_citation(make_published_claim(figure=exactly(n)), source=paper, figure=exactly(n + 3))
    make_citation(
        make_published_claim(figure=exactly(7)), source=paper, place_as_printed=make_place(), figure=exactly(7)
    )
    assert "What changed: value changed 2 times, place changed 1 time." in text_of(client, "/actors/paper/")


@pytest.mark.django_db
def test_changed_citations_are_shown_however_many_there_are(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_page, "MOST_CITATIONS", 2)
    claim = make_published_claim(public_id="c1", figure=exactly(7))
    for _ in range(3):
        make_citation(claim, figure=exactly(7))
    changed = make_citation(claim, figure=exactly(8))
    page = html_of(client, "/claims/c1/")
    assert f'<tr id="{changed.public_id}">' in page
    assert page.count('<tr id="') == 2
    assert '<span class="chip">primary</span>' in page


# --- origins


@pytest.mark.usefixtures("demo")
def test_the_comparison_counts_origins_in_words(client: Client) -> None:
    told = section(client, "/questions/troops-present/?on=2024-11-05", "citations")
    assert "Behind those compared: 11 citations, 5 claimants, 2 recorded origins, 3 unknown." in told
    found = document(client, "/questions/troops-present.json?on=2024-11-05")["origins"]
    assert found == {"citations": 11, "claimants": 5, "recorded": 2, "unknown": 3, "cut": False}


@pytest.mark.usefixtures("demo")
def test_origins_stand_on_the_page_without_a_day_too(client: Client) -> None:
    assert re.search(r"\d+ recorded origins?, \d+ unknown", text_of(client, "/questions/troops-present/"))


@pytest.mark.usefixtures("demo")
def test_a_claim_says_which_others_share_its_origin(client: Client) -> None:
    told = section(client, "/claims/c013/", "way")
    assert "It was said on the same occasion as at least 10,000" in told
    assert "Of one origin with at least 10,000 (Department of Defense (United States))" in told
    assert document(client, "/claims/c013.json")["origin"] == {"recorded": True, "shared_with": ["c014"]}
    assert document(client, "/claims/c014.json")["origin"] == {"recorded": True, "shared_with": ["c013"]}


@pytest.mark.usefixtures("demo")
def test_a_claim_without_a_recorded_basis_says_that_its_origin_is_unknown(client: Client) -> None:
    assert "Its origin is unknown" in section(client, "/claims/c002/", "way")
    assert document(client, "/claims/c002.json")["origin"] == {"recorded": False, "shared_with": []}


@pytest.mark.usefixtures("demo")
def test_a_claim_that_rests_on_an_actor_alone_shares_its_origin_with_nobody(client: Client) -> None:
    told = section(client, "/claims/c064/", "way")
    assert "It names as its source Defence Intelligence of Ukraine" in told
    assert "Its origin is unknown" not in told


@pytest.mark.django_db
def test_an_origin_is_followed_through_claims_on_other_questions(client: Client) -> None:
    """c1 and c2 stand on one question, and rest on c8 and c9 on two others, of which one rests on the other."""
    question, place = make_question("q"), make_place()
    given = {"question": question, "place": place, "figure": exactly(5), "as_of_start": "2024-11-04"}
    one, two = (make_published_claim(public_id=public_id, **given) for public_id in ("c1", "c2"))
    far, further = make_published_claim(public_id="c8"), make_published_claim(public_id="c9")
    for claim, target in ((one, far), (far, further), (two, further)):
        Basis.objects.create(claim=claim, kind="cites", target_claim=target)
    assert document(client, "/claims/c1.json")["origin"] == {"recorded": True, "shared_with": ["c2", "c8", "c9"]}
    found = document(client, "/questions/q.json?on=2024-11-04")["origins"]
    assert (found["recorded"], found["unknown"]) == (1, 0)


NOT_ALL_LINKS = "There are more recorded links than are followed here"


def _chain(length: int) -> None:
    """A claim on the question "q" that rests on one elsewhere, which rests on the next, and so on: `length` links."""
    link = make_published_claim(
        public_id="c0", question=make_question("q"), figure=exactly(5), as_of_start="2024-11-04"
    )
    for n in range(1, length + 1):
        target = make_published_claim(public_id=f"c{n}")
        Basis.objects.create(claim=link, kind="cites", target_claim=target)
        link = target


def _says_cut(client: Client) -> bool:
    """Whether the comparison says that links were left out; page and JSON say the same."""
    told = NOT_ALL_LINKS in section(client, "/questions/q/?on=2024-11-04", "citations")
    assert document(client, "/questions/q.json?on=2024-11-04")["origins"]["cut"] is told
    return told


@pytest.mark.django_db
@pytest.mark.parametrize(("length", "is_cut"), [(3, False), (4, False), (5, True)])
def test_a_chain_of_links_that_is_not_followed_to_its_end_is_said_to_be_cut(
    client: Client, length: int, is_cut: bool
) -> None:
    _chain(length)
    assert _says_cut(client) is is_cut


@pytest.mark.django_db
@pytest.mark.parametrize(("n", "is_cut"), [(2, False), (3, True)])
def test_more_links_than_are_followed_at_a_step_are_said_to_be_cut(
    client: Client, monkeypatch: pytest.MonkeyPatch, n: int, is_cut: bool
) -> None:
    monkeypatch.setattr(origin_records, "MOST_LINKS", 2)
    given = {"question": make_question("q"), "place": make_place(), "as_of_start": "2024-11-04"}
    for _ in range(n):
        claim = make_published_claim(figure=exactly(5), **given)
        Basis.objects.create(claim=claim, kind="cites", target_claim=make_published_claim())
    assert _says_cut(client) is is_cut
    assert document(client, "/questions/q.json?on=2024-11-04")["origins"]["unknown"] == n - 2


@pytest.mark.django_db
def test_links_found_before_leave_room_for_new_ones(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step of the chain finds one new link, beside the one by which it came."""
    monkeypatch.setattr(origin_records, "MOST_LINKS", 1)
    _chain(3)
    assert _says_cut(client) is False
    assert document(client, "/claims/c0.json")["origin"]["shared_with"] == ["c1", "c2", "c3"]


@pytest.mark.django_db
def test_a_draft_is_no_origin_that_readers_are_told_of(client: Client) -> None:
    claim = make_published_claim(public_id="c1", as_of_start="2024-11-04")
    draft = make_claim(public_id="draft-1")
    Basis.objects.create(claim=claim, kind="cites", target_claim=draft)
    Basis.objects.create(claim=draft, kind="cites", target_claim=claim)
    assert document(client, "/claims/c1.json")["origin"] == {"recorded": False, "shared_with": []}
    assert "draft-1" not in html_of(client, "/claims/c1/")


@pytest.mark.django_db
def test_what_came_through_one_relay_alone_shares_an_origin_and_stays_unknown(client: Client) -> None:
    wire, given = make_actor(), {"question": make_question(), "place": make_place(), "as_of_start": "2024-11-04"}
    for public_id in ("c1", "c2"):
        claim = make_published_claim(public_id=public_id, figure=exactly(5), **given)
        Relay.objects.create(citation=claim.citations.get(), actor=wire)
    assert document(client, "/claims/c1.json")["origin"] == {"recorded": False, "shared_with": ["c2"]}
    assert "Its origin is unknown" in section(client, "/claims/c1/", "way")


@pytest.mark.django_db
def test_a_retracted_and_an_undated_claim_have_origins_too(client: Client) -> None:
    one, two = make_published_claim(public_id="c1"), make_published_claim(public_id="c2")
    Basis.objects.create(claim=one, kind="cites", target_claim=two)
    Claim.objects.filter(pk=two.pk).update(
        status=ClaimStatus.RETRACTED, retracted_at="2025-01-01T00:00Z", retracted_by="M", retracted_why="parody"
    )
    assert document(client, "/claims/c1.json")["origin"]["shared_with"] == ["c2"]
    assert document(client, "/claims/c2.json")["origin"]["shared_with"] == ["c1"]


# --- findings


def _findings(kind: str) -> None:
    """Figures of one claimant, "x", on one question, "q", that are odd in one way; "c1" is always among them."""
    measure = "cumulative" if kind == "falling_total" else "stock"
    question, place, actor = make_question("q", measure=measure), make_place("here"), make_actor("x")
    given = {"question": question, "claimant": actor, "as_of_start": "2024-11-04"}
    total = make_published_claim(public_id="c1", place=place, figure=exactly(10), **given)
    if kind == "part_exceeds_total":
        make_published_claim(public_id="c2", place=place, part_of=total, figure=exactly(11), **given)
    if kind == "parts_exceed_total":
        for public_id, n in (("c2", 6), ("c3", 5)):
            make_published_claim(public_id=public_id, place=place, part_of=total, figure=exactly(n), **given)
    if kind == "falling_total":
        make_published_claim(public_id="c2", place=place, figure=exactly(9), **given | {"as_of_start": "2024-11-05"})
    if kind == "own_nested":
        make_published_claim(public_id="c2", place=make_place(parent=place), figure=exactly(11), **given)
    if kind == "own_same":
        make_published_claim(public_id="c2", place=place, figure=exactly(11), **given)


FINDINGS = {
    "part_exceeds_total": "The part “exactly 11” (4 Nov 2024) is more than its total “exactly 10” (4 Nov 2024)",
    "parts_exceed_total": "The parts “exactly 6” (4 Nov 2024) and “exactly 5” (4 Nov 2024) together are more than",
    "falling_total": "“exactly 9” (5 Nov 2024) is below “exactly 10” (4 Nov 2024), both from the same claimant.",
    "own_nested": "“exactly 11” (4 Nov 2024) is more than the wider “exactly 10” (4 Nov 2024)",
    "own_same": "“exactly 11” (4 Nov 2024) cannot hold beside “exactly 10” (4 Nov 2024)",
}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/questions/q/?on=2024-11-05", "/claims/c1/", "/claims/c2/", "/actors/x/"])
@pytest.mark.parametrize("kind", FINDINGS)
def test_each_finding_is_told_on_each_page(client: Client, kind: str, page: str) -> None:
    _findings(kind)
    assert FINDINGS[kind] in text_of(client, page)
    path, _, query = page.partition("?")
    found = document(client, f"{path.rstrip('/')}.json?{query}")["findings"]
    assert [row["kind"] for row in found] == [kind]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/claims/c1", "/actors/x"])
def test_figures_that_add_up_are_no_finding(client: Client, address: str) -> None:
    _findings("none")
    assert "finding" not in text_of(client, f"{address}/").lower()
    assert document(client, f"{address}.json")["findings"] == []


@pytest.mark.django_db
def test_findings_of_others_are_not_told_of_an_actor_or_a_claim(client: Client) -> None:
    _findings("part_exceeds_total")
    given = {
        "question": Question.objects.get(slug="q"),
        "place": Place.objects.get(slug="here"),
        "as_of_start": "2024-11-04",
    }
    make_published_claim(public_id="other", claimant=make_actor("other"), figure=exactly(10), **given)
    assert document(client, "/claims/other.json")["findings"] == []
    assert document(client, "/actors/other.json")["findings"] == []


# --- tendency


def _three_days() -> None:
    """On three days "a" says more than "b"; on the second "c" says less than both; "d" speaks elsewhere."""
    question, here = make_question("q"), make_place("here", name="Here")
    actors = {slug: make_actor(slug, name=f"Claimant {slug}") for slug in "abcd"}

    def said(who: str, n: int, day: int, place: Place = here) -> None:
        make_published_claim(
            question=question, place=place, claimant=actors[who], figure=exactly(n), as_of_start=f"2024-11-{day:02}"
        )

    for day, n in ((1, 200), (11, 300), (21, 400)):
        said("a", n, day)
        said("b", 100, day)
    said("c", 50, 11)
    said("d", 7, 11, make_place())


ROW_OF_A = {
    "claimant": "a",
    "question": "q",
    "place": "here",
    "days": 3,
    "highest": 3,
    "lowest": 0,
    "contradicting": 3,
    "ratio": 4,
    "ratio_days": 3,
}


@pytest.mark.django_db
def test_the_comparison_tells_the_tendency_of_each_claimant(client: Client) -> None:
    _three_days()
    told = section(client, "/questions/q/?on=2024-12-31", "tendency")
    assert "Claimant a Here 3 of 3 days 0 of 3 days 3 of 3 days 4 ×" in told
    assert "Claimant c Here 0 of 1 day 1 of 1 day 1 of 1 day 0.25 ×" in told
    assert "Claimant d" not in told
    found = document(client, "/questions/q.json?on=2024-12-31")
    assert found["tendency"][0] == ROW_OF_A
    assert [row["claimant"] for row in found["tendency"]] == ["a", "b", "c"]
    assert found["tendency_since"] is None


@pytest.mark.django_db
def test_tendency_counts_until_the_position_date_and_what_the_filters_show(client: Client) -> None:
    _three_days()
    before = document(client, "/questions/q.json?on=2024-11-10")["tendency"]
    assert [(row["claimant"], row["days"]) for row in before] == [("a", 1), ("b", 1)]
    two = document(client, "/questions/q.json?on=2024-12-31&claimant=b&claimant=c")["tendency"]
    assert [(row["claimant"], row["days"], row["highest"]) for row in two] == [("b", 1, 1), ("c", 1, 0)]
    assert "were never compared until then" in section(client, "/questions/q/?on=2024-10-01", "tendency")


@pytest.mark.django_db
def test_days_left_out_are_not_days_without_company(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _three_days()
    make_published_claim(
        question=Question.objects.get(slug="q"),
        place=Place.objects.get(slug="here"),
        claimant=Actor.objects.get(slug="a"),
        figure=exactly(7),
        as_of_start="2024-12-20",
    )
    monkeypatch.setattr(tendency, "MOST_LOOKS", 1)
    told = section(client, "/questions/q/?on=2024-12-31", "tendency")
    assert "Figures of two claimants for one place were never compared from 20 Dec 2024 until then." in told


@pytest.mark.django_db
def test_an_actor_tells_its_tendency_by_question_and_place(client: Client) -> None:
    _three_days()
    assert "Here 3 of 3 days 0 of 3 days 3 of 3 days 4 ×" in text_of(client, "/actors/a/")
    assert document(client, "/actors/a.json")["tendency"] == [ROW_OF_A]
    assert "over all dates" not in text_of(client, "/actors/d/")
    assert document(client, "/actors/d.json")["tendency"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/actors/x/", "/actors/x.json"])
def test_an_actor_s_tendency_counts_days_after_its_latest_figure(client: Client, address: str) -> None:
    given = {"question": make_question("q"), "place": make_place("here", name="Here")}
    make_published_claim(claimant=make_actor("x"), figure=exactly(20), as_of_start="2024-11-01", **given)
    make_published_claim(figure=exactly(10), as_of_start="2024-11-03", **given)
    if address.endswith("json"):
        assert [(row["days"], row["highest"]) for row in document(client, address)["tendency"]] == [(1, 1)]
    else:
        assert "Here 1 of 1 day 0 of 1 day 1 of 1 day 2 ×" in text_of(client, address)


@pytest.mark.django_db
def test_a_joint_claimant_has_a_row_and_a_page_of_its_own(client: Client) -> None:
    _three_days()
    with_a = make_actor("joint", name="Joint Voice")
    for claim in Claim.objects.filter(claimant__slug="a"):
        JointClaimant.objects.create(claim=claim, actor=with_a)
    assert "Joint Voice Here 3 of 3 days" in section(client, "/questions/q/?on=2024-12-31", "tendency")
    assert document(client, "/actors/joint.json")["tendency"] == [ROW_OF_A | {"claimant": "joint"}]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("slug", ["troops-present", "troops-sent", "killed-or-wounded"])
def test_tendency_on_the_demo_is_whole_and_says_nothing_of_right_and_wrong(client: Client, slug: str) -> None:
    told = section(client, f"/questions/{slug}/", "tendency")
    rows = document(client, f"/questions/{slug}.json")["tendency"]
    assert rows
    assert all(
        max(row["highest"], row["lowest"], row["contradicting"], row["ratio_days"]) <= row["days"] for row in rows
    )
    assert not re.search(r"wrong|reliab|exaggerat|accura|disput|contest", told, re.IGNORECASE)


# --- an actor beside the others


@pytest.mark.usefixtures("demo")
def test_an_actor_says_with_whom_its_latest_figure_can_hold(client: Client) -> None:
    """The US State Department's "as many as 10,000" for Kursk, on 4 November 2024."""
    told = text_of(client, "/actors/us-state/")
    assert "Beside the other claimants on 4 Nov 2024 Can its latest figure, as many as 10,000 (Kursk Oblast)" in told
    assert (
        "President of Ukraine already 11,000 Kursk Oblast cannot both hold 500 apart: 0 to 10,000 against "
        "10,500 to 11,500" in told
    )
    assert "at least 10,000 Kursk Oblast can both hold exactly 10,000 people were in Kursk Oblast" in told
    assert "around 3,000 Russia not compared As of 28 Oct 2024, 7 days before this day" in told


@pytest.mark.usefixtures("demo")
def test_nobody_else_has_the_actor_s_own_colour_on_its_page(client: Client) -> None:
    page = client.get("/actors/us-state/").context["page"]
    slots = {row.slot for group in page.groups if group.company for row in group.company.beside.rows}
    assert page.slot not in slots
    assert len(slots) > 2


@pytest.mark.django_db
def test_figures_for_places_apart_are_only_counted(client: Client) -> None:
    question, place = make_question(), make_place()
    given = {"question": question, "as_of_start": "2024-11-04"}
    make_published_claim(claimant=make_actor("x"), place=place, figure=exactly(10), **given)
    make_published_claim(figure=exactly(77), **given)
    told = text_of(client, "/actors/x/")
    assert "1 figure for places apart from it says nothing of it." in told
    assert "77" not in told
    assert "No other figure on this question" in told


@pytest.mark.django_db
def test_a_latest_figure_that_is_not_compared_says_why(client: Client) -> None:
    make_published_claim(claimant=make_actor("x"), as_of_start="2024-11-04")
    told = text_of(client, "/actors/x/")
    assert "is not compared. It states no number." in told
    assert "can both hold" not in told


@pytest.mark.django_db
def test_the_latest_figure_is_the_latest_that_names_a_number_and_was_not_taken_back(client: Client) -> None:
    question, place, actor = make_question(), make_place(name="Here"), make_actor("x")
    given = {"question": question, "place": place, "claimant": actor}
    first = make_published_claim(figure=exactly(10), as_of_start="2024-11-01", **given)
    make_published_claim(as_of_start="2024-11-09", **given)
    make_published_claim(figure=exactly(55), nature="plan", stated_on="2024-11-20", **given)
    assert "Can its latest figure, exactly 10 (Here)" in text_of(client, "/actors/x/")
    taken_back = {"supersedes": first, "revision_kind": "withdrawn"}
    make_published_claim(figure=exactly(10), as_of_start="2024-11-10", **taken_back, **given)
    assert "exactly 10 (Here)" not in text_of(client, "/actors/x/")


@pytest.mark.django_db
def test_long_tables_stop_and_lead_to_the_question(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "MOST_BESIDE", 1)
    given = {"question": make_question("q"), "place": make_place(), "as_of_start": "2024-11-04"}
    for slug, n in (("x", 10), ("y", 10), ("z", 99)):
        make_published_claim(claimant=make_actor(slug), figure=exactly(n), **given)
    told = text_of(client, "/actors/x/")
    assert "cannot both hold 89 apart: exactly 10 against exactly 99" in told
    assert "1 more is on the page of the question" in told
    assert 'href="/questions/q/?on=2024-11-04"' in html_of(client, "/actors/x/")


@pytest.mark.django_db
def test_only_as_many_questions_are_compared_as_have_few_enough_figures(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest has too many, the two after it have just few enough, the last one is too many again."""
    monkeypatch.setattr(entity_records, "MOST_COMPARED", 2)
    actor, crowded = make_actor("x"), make_question()
    for day in (6, 7, 8):
        make_published_claim(question=crowded, claimant=actor, figure=exactly(day), as_of_start=f"2024-11-0{day}")
    for day in (3, 4, 5):
        make_published_claim(claimant=actor, figure=exactly(day), as_of_start=f"2024-11-0{day}")
    told = text_of(client, "/actors/x/")
    assert re.findall(r"Beside the other claimants on (\d)", told) == ["5", "4"]
    assert "2 of its questions are not set beside the figures of others here" in told


@pytest.mark.django_db
def test_figures_of_a_broader_question_count_for_one_inside_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity_records, "MOST_COMPARED", 2)
    broad = make_question("broad")
    inner = make_question("inner", broader=broad)
    make_published_claim(question=inner, claimant=make_actor("x"), figure=exactly(5), as_of_start="2024-11-04")
    make_published_claim(question=broad, figure=exactly(6), as_of_start="2024-11-04")
    assert "Beside the other claimants on 4" in text_of(client, "/actors/x/")
    make_published_claim(question=broad, figure=exactly(7), as_of_start="2024-11-04")
    assert "Beside the other claimants" not in text_of(client, "/actors/x/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/actors/x/", "/actors/x.json"])
def test_an_actor_among_twice_as_many_others_starts_as_many_queries(client: Client, address: str) -> None:
    actor = make_actor("x", kind="media")
    source = make_source(publisher=actor)

    def add(n: int) -> None:
        for _ in range(n):
            question, place = make_question(broader=make_question()), make_place(parent=make_place())
            given = {"question": question, "place": place, "as_of_start": "2024-11-04"}
            total = make_published_claim(claimant=actor, figure=exactly(10), **given)
            make_published_claim(claimant=actor, figure=exactly(11), part_of=total, source=source, **given)
            other = make_published_claim(figure=up_to(5), **given)
            JointClaimant.objects.create(claim=other, actor=make_actor())
            make_citation(other, source=source, place_as_printed=make_place(), claimant_as_printed=make_actor())
            Basis.objects.create(claim=other, kind="cites", target_claim=total)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            html_of(client, address)
        return len(captured)

    add(2)
    few = queries()
    add(2)
    assert queries() == few


# --- interpretations are ours


@pytest.mark.usefixtures("demo")
def test_words_without_a_number_are_marked_as_our_reading_wherever_they_show(client: Client) -> None:
    """c001 says "Thousands", in an article of Al Jazeera, of the Republic of Korea."""
    comparison = html_of(client, "/questions/troops-present/?on=2024-11-05")
    assert "<small>our reading: 2,000 to 9,999</small>" in comparison
    assert "Thousands, Russia, as of 5 Nov 2024; drawn is our reading" in comparison
    assert 'class="tint ours"' in comparison
    assert "Read as our reading: 2,000 to 9,999" in text_of(client, "/claims/c001/")
    assert "drawn is our reading" in html_of(client, "/claims/c001/")
    assert "our reading: 2,000 to 9,999" in text_of(client, "/actors/rok/")
    assert "Thousands our reading: 2,000 to 9,999" in text_of(client, "/sources/aj-20241105/")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("address", "listed"),
    [
        ("/questions/troops-present.json?on=2024-11-05", "standings"),
        ("/actors/rok.json", "claims"),
        ("/sources/aj-20241105.json", "claims"),
    ],
)
def test_the_documents_say_which_readings_are_ours(client: Client, address: str, listed: str) -> None:
    rows = {row["claim"]: row for row in document(client, address)[listed]}
    assert rows["c001"]["interpretation"] is True
    assert rows["c001"]["read_as"]["rule"] == "thousands"
    assert rows["c001"]["read_as"]["is_interpretation"] is True
    others = [row for row in rows.values() if row["read_as"] and row["lower"] is not None]
    assert not any(row["interpretation"] or row["read_as"]["is_interpretation"] for row in others)
    assert document(client, "/claims/c001.json")["interpretation"] is True
    numbered = document(client, "/claims/c012.json")
    assert (numbered["interpretation"], numbered["read_as"]["is_interpretation"]) == (False, False)


@pytest.mark.usefixtures("demo")
def test_strict_reads_nothing_into_words(client: Client) -> None:
    address = "/questions/troops-present{}on=2024-11-05&strict=1"
    page = html_of(client, address.format("/?"))
    assert "our reading" not in page
    assert 'class="tint ours"' not in page
    (row,) = [row for row in document(client, address.format(".json?"))["standings"] if row["claim"] == "c001"]
    assert (row["read_as"], row["interpretation"]) == (None, False)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("query", "rule"), [("", "about"), ("&strict=1", "strict")])
def test_strict_holds_for_the_chart_over_time_too(client: Client, query: str, rule: str) -> None:
    compared = client.get(f"/questions/troops-present/?on=2024-11-05{query}").context["page"].compared
    assert compared.reading_of(compared.facts["c065"]).rule == rule
