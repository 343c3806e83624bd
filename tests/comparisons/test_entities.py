"""Pages, JSON and CSV of actors, places and sources, and the methodology."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from apps.actors.models import Actor, Alias
from apps.claims.models import ClaimStatus, JointClaimant, Place, Stance
from apps.comparisons import entity_records
from apps.comparisons.pages.methodology import DRIFT_WORDS, REASON_WORDS, RELATION_WORDS
from apps.comparisons.pages.revisions import REVISION_WORDS
from apps.domain.drift import DriftKind
from apps.domain.figures import Figure
from apps.domain.reading import READING_RULES
from apps.domain.results import Reason, Relation
from apps.domain.vocabulary import Qualifier, RevisionKind
from apps.sources.models import Source
from tests.factories import (
    make_actor,
    make_citation,
    make_claim,
    make_place,
    make_published_claim,
    make_question,
    make_source,
)

pytestmark = pytest.mark.django_db


def exactly(n: int) -> Figure:
    number = Decimal(n)
    return Figure(str(n), Qualifier.EXACTLY, number, number, lower_inclusive=True, upper_inclusive=True, point=number)


def about(n: int) -> Figure:
    return Figure(f"about {n}", Qualifier.ABOUT, point=Decimal(n))


def text_of(client: Client, address: str) -> str:
    """The words of a page, without markup."""
    response = client.get(address)
    assert response.status_code == 200, address
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# --- queries


def _fill(actor: Actor, n: int) -> None:
    """Figures, revisions, joint claims, stances and printed figures of one actor at one place in one source."""
    place = make_place()
    source = make_source(publisher=actor)
    make_actor(parent=actor)
    Alias.objects.create(actor=actor, name=f"alias {n}")
    earlier = make_published_claim(
        claimant=actor, place=place, figure=exactly(5 + n), as_of_start="2024-11-01", source=source
    )
    make_published_claim(
        claimant=actor,
        question=earlier.question,
        place=place,
        figure=exactly(7 + n),
        as_of_start="2024-11-02",
        supersedes=earlier,
        revision_kind="updated",
    )
    other = make_published_claim(figure=exactly(9))
    JointClaimant.objects.create(claim=other, actor=actor)
    Stance.objects.create(claim=other, actor=actor, kind="denies", source=source)
    make_citation(other, source=source, figure=about(9), place_as_printed=make_place())


@pytest.mark.parametrize("address", ["/actors/x/", "/actors/x.json", "/actors/x.csv", "/actors/"])
def test_actor_starts_as_many_queries_for_twice_the_rows(client: Client, address: str) -> None:
    actor = make_actor("x")
    _fill(actor, 1)
    once = queries_of(client, address)
    for n in range(2, 5):
        _fill(actor, n)
    assert queries_of(client, address) == once


@pytest.mark.parametrize("address", ["/sources/x/", "/sources/x.json", "/sources/x.csv", "/sources/"])
def test_source_starts_as_many_queries_for_twice_the_rows(client: Client, address: str) -> None:
    source = make_source("x")

    def fill() -> None:
        claim = make_published_claim(source=source, figure=exactly(12))
        Stance.objects.create(claim=claim, actor=make_actor(), kind="denies", source=source)
        JointClaimant.objects.create(claim=claim, actor=make_actor())

    fill()
    once = queries_of(client, address)
    fill()
    fill()
    assert queries_of(client, address) == once


def test_place_starts_as_many_queries_for_twice_the_rows(client: Client) -> None:
    outer = make_place("x", parent=make_place())

    def fill() -> None:
        make_published_claim(place=make_place(parent=outer), figure=exactly(12), as_of_start="2024-11-01")

    fill()
    once = queries_of(client, "/places/x/")
    fill()
    fill()
    assert queries_of(client, "/places/x/") == once


# --- actors


def test_actor_shows_its_fields_and_published_claims_only(client: Client) -> None:
    state = make_actor("land", name="Land of Examples")
    actor = make_actor("x", name="Ministry of Examples", short_name="MoE", kind="ministry", country="KR", parent=state)
    make_actor(name="Bureau of Cases", parent=actor)
    Alias.objects.create(actor=actor, name="예시부")
    make_published_claim(claimant=actor, figure=exactly(4_321))
    make_claim(claimant=actor, figure=exactly(9_876))
    page = text_of(client, "/actors/x/")
    for words in (
        "Ministry of Examples",
        "MoE",
        "Kind Ministry",
        "KR",
        "Land of Examples",
        "Bureau of Cases",
        "예시부",
        "4321",
    ):
        assert words in page
    assert "9876" not in page


def test_actor_says_what_superseded_a_figure(client: Client) -> None:
    actor = make_actor("x")
    earlier = make_published_claim(claimant=actor, figure=exactly(8_000), as_of_start="2024-10-31")
    make_published_claim(
        claimant=actor,
        question=earlier.question,
        figure=exactly(10_000),
        as_of_start="2024-11-04",
        supersedes=earlier,
        revision_kind="corrected",
    )
    page = text_of(client, "/actors/x/")
    assert page.index("4 Nov 2024") < page.index("31 Oct 2024")
    assert "superseded (corrected): “10000”" in page
    assert page.count("not superseded") == 1


def test_a_draft_supersedes_nothing_on_the_page(client: Client) -> None:
    actor = make_actor("x")
    earlier = make_published_claim(claimant=actor, figure=exactly(8_000))
    make_claim(claimant=actor, supersedes=earlier, revision_kind="corrected")
    assert "superseded (" not in text_of(client, "/actors/x/")


def test_joint_claimant_has_the_claim_on_its_page(client: Client) -> None:
    claim = make_published_claim(claimant=make_actor(name="First Voice"), figure=exactly(4_321))
    JointClaimant.objects.create(claim=claim, actor=make_actor("x"))
    page = text_of(client, "/actors/x/")
    assert "4321" in page
    assert "with First Voice" in page


def test_joint_claims_count_in_the_list_as_on_the_page(client: Client) -> None:
    first, joint = make_actor("first"), make_actor("joint")
    for claim in (make_published_claim(claimant=first), make_claim(claimant=first)):
        JointClaimant.objects.create(claim=claim, actor=joint)
    own = make_published_claim(claimant=joint)
    JointClaimant.objects.create(claim=own, actor=joint)
    listed = client.get("/actors/").context["page"].listed.rows
    assert {row.slug: row.figures for row in listed if row.figures} == {"first": 1, "joint": 2}


def test_two_places_of_one_name_have_a_chart_each(client: Client) -> None:
    actor, question = make_actor("x"), make_question()
    for slug, day in (("a", "2024-11-01"), ("b", "2024-11-02")):
        place = make_place(slug, name="Springfield")
        make_published_claim(claimant=actor, question=question, place=place, figure=exactly(5), as_of_start=day)
    (group,) = client.get("/actors/x/").context["page"].groups
    assert len(group.panels) == 2


def test_a_withdrawal_is_not_drawn(client: Client) -> None:
    actor, place, question = make_actor("x"), make_place(), make_question()
    given = {"claimant": actor, "place": place, "question": question, "figure": exactly(8)}
    first = make_published_claim(**given, as_of_start="2024-11-01")
    make_published_claim(**given, as_of_start="2024-11-02", supersedes=first, revision_kind="withdrawn")
    assert "tc-fig" not in html_of(client, "/actors/x/")


def test_chart_needs_two_dated_numbers_of_one_question(client: Client) -> None:
    actor, place = make_actor("x"), make_place(name="Kursk")
    question = make_question()
    make_published_claim(claimant=actor, question=question, place=place, figure=exactly(8), as_of_start="2024-10-31")
    assert "tc-fig" not in html_of(client, "/actors/x/")
    make_published_claim(claimant=actor, question=question, place=place, as_of_start="2024-11-02")
    assert "tc-fig" not in html_of(client, "/actors/x/"), "words without a number"
    make_published_claim(claimant=actor, question=question, place=place, figure=exactly(9), as_of_start="2024-11-04")
    assert "tc-fig" in html_of(client, "/actors/x/")


def test_at_most_six_charts_are_drawn(client: Client) -> None:
    actor = make_actor("x")
    for _ in range(8):
        question, place = make_question(), make_place()
        for day in ("2024-11-01", "2024-11-02"):
            make_published_claim(claimant=actor, question=question, place=place, figure=exactly(5), as_of_start=day)
    groups = client.get("/actors/x/").context["page"].groups
    assert sum(len(group.panels) for group in groups) == 6
    assert sum(group.panels_left_out for group in groups) == 2


def test_publisher_shows_what_it_changed(client: Client) -> None:
    paper = make_actor("x", kind="media")
    claim = make_published_claim(figure=exactly(10_800))
    make_citation(claim, source=make_source(publisher=paper), figure=about(11_000))
    page = text_of(client, "/actors/x/")
    assert "1 of the 1 listed differs from what was claimed" in page
    assert "“10800” was printed as “about 11000”" in page


def test_lists_stop_and_count_the_rest(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity_records, "MOST_LISTED", 2)
    actor = make_actor("x")
    for day in (1, 2, 3):
        make_published_claim(claimant=actor, figure=exactly(day), as_of_start=f"2024-11-0{day}")
    page = text_of(client, "/actors/x/")
    assert "The newest 2 of 3 figures are shown" in page
    assert len(client.get("/actors/x.json").json()["claims"]) == 3


def test_actor_json_and_csv(client: Client) -> None:
    actor = make_actor("x", name="X", kind="ministry", parent=make_actor("land"))
    make_published_claim(claimant=actor, public_id="c1", figure=exactly(8), as_of_start="2024-10-31")
    make_published_claim(claimant=actor, public_id="c2", figure=exactly(9), as_of_start="2024-11-04")
    document = client.get("/actors/x.json").json()
    assert (document["slug"], document["kind"], document["parent"]) == ("x", "ministry", "land")
    assert [claim["claim"] for claim in document["claims"]] == ["c2", "c1"]
    response = client.get("/actors/x.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode())))
    assert [(row["id"], row["actor"]) for row in rows] == [("c2", "X"), ("c1", "X")]


def test_kind_filters_the_claimants(client: Client) -> None:
    make_actor(name="Ministry of Examples", kind="ministry")
    make_actor(name="Daily Example", kind="media")
    page = text_of(client, "/actors/?kind=media")
    assert "Daily Example" in page
    assert "Ministry of Examples" not in page


def test_drafts_count_nowhere(client: Client) -> None:
    actor, source = make_actor("x"), make_source("s")
    make_citation(make_claim(claimant=actor), source=source)
    listed = client.get("/actors/").context["page"].listed.rows
    assert {row.slug: (row.figures, row.printed) for row in listed}["x"] == (0, 0)
    assert [row.figures for row in client.get("/sources/").context["page"].listed.rows] == [0]
    assert "No published figure" in text_of(client, "/sources/s/")
    assert client.get("/sources/s.json").json()["claims"] == []


def test_retracted_claims_leave_the_pages(client: Client) -> None:
    actor = make_actor("x")
    claim = make_published_claim(claimant=actor, figure=exactly(4_321))
    type(claim).objects.filter(pk=claim.pk).update(
        status=ClaimStatus.RETRACTED, retracted_at="2025-01-01T00:00Z", retracted_by="M", retracted_why="parody"
    )
    assert "4321" not in text_of(client, "/actors/x/")


# --- sources


def test_title_of_its_own_is_not_called_ours(client: Client) -> None:
    make_source("x", title="Truppen in Kursk", language="de")
    page = html_of(client, "/sources/x/")
    assert '<h1 lang="de">Truppen in Kursk</h1>' in page
    assert "is ours" not in page


def test_archived_copy_and_its_hash_are_shown(client: Client) -> None:
    make_source("x", archive_url="https://web.archive.org/1", archive_sha256="ab" * 32)
    page = html_of(client, "/sources/x/")
    assert 'rel="noopener" href="https://web.archive.org/1"' in page
    assert "ab" * 32 in page


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "2", "999999999999999999999", "１"])
@pytest.mark.parametrize("address", ["/sources/", "/actors/"])
def test_page_that_does_not_exist_is_refused(client: Client, address: str, number: str) -> None:
    make_source()
    response = client.get(address, {"page": number})
    assert response.status_code == 400
    assert "a page number from 1 to 1" in response.content.decode()


def test_unknown_kind_is_refused(client: Client) -> None:
    assert client.get("/actors/?kind=wizard").status_code == 400


# --- places


def test_place_shows_what_is_around_and_inside_it_and_latest_figures(client: Client) -> None:
    russia = make_place("russia", name="Russia")
    kursk = make_place("kursk", name="Kursk Oblast", parent=russia)
    question = make_question("q", title="How many?")
    make_published_claim(question=question, place=kursk, figure=exactly(4_321), as_of_start="2024-11-04")
    make_published_claim(question=question, place=russia, figure=exactly(9_876), as_of_start="2024-11-01")
    outer = text_of(client, "/places/russia/")
    assert "Contains Kursk Oblast" in outer
    assert outer.index("4321") < outer.index("9876")
    inner = text_of(client, "/places/kursk/")
    assert "Inside Russia" in inner
    assert "4321" in inner
    assert "9876" not in inner
    assert 'href="/questions/q/?place=kursk"' in html_of(client, "/places/kursk/")


def test_place_counts_earlier_figures(client: Client) -> None:
    place, question = make_place("x"), make_question()
    for day in range(1, 8):
        make_published_claim(question=question, place=place, figure=exactly(day), as_of_start=f"2024-11-0{day}")
    page = text_of(client, "/places/x/")
    assert "2 earlier figures" in page
    assert "7 Nov 2024" in page
    assert "2 Nov 2024" not in page


def test_place_says_where_the_day_is_only_that_of_stating(client: Client) -> None:
    place, question = make_place("x"), make_question()
    make_published_claim(question=question, place=place, stated_on="2024-11-05")
    make_published_claim(question=question, place=place, as_of_start="2024-11-03", stated_on="2024-11-06")
    page = text_of(client, "/places/x/")
    assert "stated 5 Nov 2024" in page
    assert "stated 3 Nov 2024" not in page
    assert "6 Nov 2024" not in page


# --- addresses


@pytest.mark.parametrize(
    "address",
    [
        "/actors/no/",
        "/actors/no.json",
        "/actors/no.csv",
        "/sources/no/",
        "/sources/no.json",
        "/sources/no.csv",
        "/places/no/",
    ],
)
def test_unknown_slug_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("make", "folder", "ending"),
    [
        (make_actor, "actors", "/"),
        (make_actor, "actors", ".json"),
        (make_source, "sources", ".csv"),
        (make_place, "places", "/"),
    ],
)
def test_old_slug_leads_to_the_new_one(client: Client, make: Callable[[str], Actor], folder: str, ending: str) -> None:
    row = make("before")
    row.slug = "after"
    row.save()
    response = client.get(f"/{folder}/before{ending}?a=1")
    assert (response.status_code, response["Location"]) == (301, f"/{folder}/after{ending}?a=1")


# --- methodology


def test_methodology_prints_the_rules_with_the_settings(client: Client, settings: Settings) -> None:
    settings.PARALLAX_TOLERANCE = Decimal("0.125")
    settings.PARALLAX_WINDOW_DAYS = 9
    page = text_of(client, "/methodology/")
    for rule in READING_RULES:
        assert rule.says_at(Decimal("0.125")) in page
    assert "9 days" in page
    assert "12.5 percent either way" in page
    with CaptureQueriesContext(connection) as captured:
        assert 'id="marks"' in html_of(client, "/methodology/")
    assert [query for query in captured if "pg_current_snapshot" not in query["sql"]] == []  # the page's version alone


def test_methodology_says_of_reasons_what_a_comparison_does(client: Client) -> None:
    table = text_of(client, "/methodology/").split("Why figures are kept apart")[1].split("What sources change")[0]
    assert "a projection" not in table.split(" nature ")[1], "projections are compared among themselves"
    assert "a longer period" in table
    assert "unit" not in table
    assert "other_measure" not in table


def test_every_code_has_words() -> None:
    assert set(RELATION_WORDS) == set(Relation)
    compared_across_questions_only = {"unit", "other_measure"}
    assert {reason.value for reason in REASON_WORDS} == {reason.value for reason in Reason} - (
        compared_across_questions_only
    )
    assert set(DRIFT_WORDS) == set(DriftKind)
    assert set(REVISION_WORDS) == set(RevisionKind)


# --- the demo: last, because it stays in the database until the end of the file


@pytest.mark.usefixtures("demo")
def test_source_shows_every_figure_as_printed_with_claimant_place_and_drift(client: Client) -> None:
    page = text_of(client, "/sources/aj-20241105/")
    assert "8 figures" in page
    for words in ("Thousands", "More than 10,000", "at least 10,000", "about 12,000", "500 officers", "three generals"):
        assert words in page
    assert "already eleven thousand" in page
    assert "as many as 40" in page
    assert "The title in [ ] is ours" in page
    assert "“nearly 12,000” was printed in translation as “about 12,000”" in page
    html = html_of(client, "/sources/aj-20241105/")
    assert '<blockquote class="serif" lang="en">' in html
    assert 'rel="noopener" href="https://www.aljazeera.com/' in html


@pytest.mark.usefixtures("demo")
def test_source_json_has_a_standing_object_per_figure_with_its_printed_form(client: Client) -> None:
    document = client.get("/sources/aj-20241105.json").json()
    assert (document["slug"], document["publisher"], len(document["claims"])) == ("aj-20241105", "al-jazeera", 8)
    c034 = next(row for row in document["claims"] if row["claim"] == "c034")
    assert c034["stated_value"] == "nearly 12,000"
    assert c034["as_printed"]["stated_value"] == "about 12,000"
    assert c034["as_printed"]["question"] == "troops-present"
    assert c034["drift"] == ["hedge_lost", "question_changed"]


@pytest.mark.usefixtures("demo")
def test_every_actor_place_and_source_of_the_demo_answers(client: Client) -> None:
    for model in (Actor, Place, Source):
        for row in list(model.objects.order_by("slug"))[:40]:
            response = client.get(row.get_absolute_url())
            assert response.status_code == 200
            html = response.content.decode()
            assert " style=" not in html
            assert html.count("<table") == html.count("<caption")
            levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.usefixtures("demo")
def test_claimants_page_lists_those_with_figures_first(client: Client) -> None:
    page = client.get("/actors/")
    figures = [actor.figures for actor in page.context["page"].listed.rows]
    assert figures[0] > 0
    assert figures == sorted(figures, reverse=True)


@pytest.mark.usefixtures("demo")
def test_sources_come_fifty_a_page_newest_first(client: Client) -> None:
    first = client.get("/sources/").context["page"].listed
    assert (len(first.rows), first.number) == (50, 1)
    dates = [source.published_on.iso for source in first.rows if source.published_on]
    assert dates == sorted(dates, reverse=True)
    second = client.get("/sources/?page=2").context["page"].listed
    assert not {source.slug for source in first.rows} & {source.slug for source in second.rows}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("address", ["/actors/us-dod.json", "/sources/aj-20241105.json"])
def test_the_documents_say_of_each_claim_whether_it_is_compared(client: Client, address: str) -> None:
    claims = client.get(address).json()["claims"]
    assert {row["compared"] for row in claims} == {True, False}
