"""`/questions/<slug>/changes/`: what changed between two knowledge dates, or between two position dates."""

from dataclasses import fields
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.claims.models import Claim, ClaimStatus, Question
from apps.comparisons.pages.changes import FIELD_WORDS
from apps.domain.claims import ClaimFacts
from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier
from apps.web.queries import moment_iso
from tests import factories
from tests.comparisons.test_known import now

pytestmark = pytest.mark.django_db
in_moments = pytest.mark.django_db(transaction=True)

UPDATED = {"revision_kind": "updated"}
ADDRESS = "/questions/present/changes"


def exactly(n: int) -> Figure:
    return Figure(
        f"{n:,}",
        Qualifier.EXACTLY,
        lower=Decimal(n),
        upper=Decimal(n),
        lower_inclusive=True,
        upper_inclusive=True,
        point=Decimal(n),
    )


def changes_of(client: Client, **query: str) -> list[tuple[str, str]]:
    document = client.get(f"{ADDRESS}.json", query).json()
    return [(change["kind"], change["claim"]) for change in document["changes"]]


@in_moments
def test_between_two_moments_it_tells_what_was_added_revised_withdrawn_and_corrected(client: Client) -> None:
    question = factories.make_question("present", title="How many are there?")
    actor, place = factories.make_actor("us"), factories.make_place("kursk")
    scope = {"question": question, "claimant": actor, "place": place}
    first = factories.make_published_claim(public_id="c1", figure=exactly(10_000), stated_on="2024-11-01", **scope)
    wrong = factories.make_published_claim(public_id="c2", figure=exactly(5), stated_on="2024-11-01", **scope)
    factories.make_published_claim(public_id="c3", figure=exactly(7), stated_on="2024-11-02", **scope)
    before = now()
    factories.make_published_claim(
        public_id="c4",
        figure=exactly(11_000),
        stated_on="2024-11-04",
        supersedes=first,
        revision_kind="updated",
        **scope,
    )
    factories.make_published_claim(public_id="c5", figure=exactly(12_000), stated_on="2024-11-05", **scope)
    between = now()
    Claim.objects.filter(public_id="c2").update(
        status=ClaimStatus.RETRACTED, retracted_at=now(), retracted_by="A. N. Editor", retracted_why="It was a plan."
    )
    Claim.objects.filter(public_id="c3").update(stated_value="six", lower=6, upper=6, point=6)
    factories.make_claim(public_id="c6", figure=exactly(13_000), **scope)  # a draft
    assert wrong.public_id == "c2"

    everything = [("added", "c5"), ("revised", "c4"), ("withdrawn", "c2"), ("corrected", "c3")]
    assert changes_of(client, known_since=moment_iso(before)) == everything
    assert changes_of(client, known_since=moment_iso(before), known=moment_iso(between)) == everything[:2]
    assert changes_of(client, known_since=moment_iso(between)) == everything[2:]
    assert changes_of(client, known_since=moment_iso(now())) == []
    assert (
        client.get(f"{ADDRESS}.json", {"known_since": moment_iso(now()), "known": moment_iso(before)}).status_code
        == 400
    )

    document = client.get(f"{ADDRESS}.json", {"known_since": moment_iso(before)}).json()
    revised, withdrawn, corrected = document["changes"][1:]
    assert (revised["old"]["claim"], revised["old"]["lower"], revised["new"]["lower"]) == ("c1", 10_000, 11_000)
    assert (withdrawn["new"], withdrawn["why"]) == (None, "We took this record back: It was a plan.")
    assert (corrected["fields"], corrected["old"]["lower"], corrected["new"]["lower"]) == (["figure"], 7, 6)
    assert (document["before"], document["after"]) == (3, 4)


@in_moments
def test_a_rename_changes_no_claim(client: Client) -> None:
    claim = factories.make_published_claim(question=factories.make_question("past"), figure=exactly(7))
    before = now()
    for row in (claim.question, claim.claimant, claim.place):
        row.slug = "present" if isinstance(row, Question) else f"{row.slug}-now"
        row.save()
    assert changes_of(client, known_since=moment_iso(before)) == []
    redirected = client.get("/questions/past/changes/", {"known_since": "2024-11-05"})
    assert redirected["Location"] == "/questions/present/changes/?known_since=2024-11-05"


@in_moments
def test_the_comparison_as_known_then_says_how_much_has_changed_since(client: Client) -> None:
    claim = factories.make_published_claim(question=factories.make_question("present"), figure=exactly(7))
    before = now()
    address = f"/questions/present/?known={moment_iso(before)}"
    assert "no claim was added or changed since" in client.get(address).text
    factories.make_published_claim(question=claim.question, figure=exactly(8))
    Claim.objects.filter(pk=claim.pk).update(stated_value="just seven")
    page = client.get(address).text
    assert "2 claims were added or changed since" in page
    assert f'href="{ADDRESS}/?known_since={moment_iso(before).replace(":", "%3A")}"' in page


@in_moments
def test_the_comparison_as_known_then_keeps_the_names_of_then(client: Client) -> None:
    claim = factories.make_published_claim(
        question=factories.make_question("present"), claimant=factories.make_actor("us", name="Pentagon")
    )
    before = now()
    claim.claimant.name = "Department of War"
    claim.claimant.save()
    page = client.get(f"/questions/present/?known={moment_iso(before)}").text
    assert "Pentagon" in page
    assert "Department of War" not in page


@pytest.fixture
def spoken() -> None:
    """One claimant on three days: 10,000, then 11,000 and 11,500 in its place."""
    question, actor, place = (
        factories.make_question("present"),
        factories.make_actor("us"),
        factories.make_place("kursk"),
    )
    scope = {"question": question, "claimant": actor, "place": place}
    first = factories.make_published_claim(public_id="c1", figure=exactly(10_000), stated_on="2024-11-01", **scope)
    second = factories.make_published_claim(
        public_id="c2",
        figure=exactly(11_000),
        stated_on="2024-11-03",
        supersedes=first,
        revision_kind="updated",
        **scope,
    )
    factories.make_published_claim(
        public_id="c3",
        figure=exactly(11_500),
        stated_on="2024-11-05",
        supersedes=second,
        revision_kind="updated",
        **scope,
    )


@pytest.mark.parametrize(
    ("since", "on", "told"),
    [
        ("2024-10-31", "2024-11-01", [("added", "c1")]),
        ("2024-11-01", "2024-11-03", [("revised", "c2")]),
        ("2024-11-01", "2024-11-05", [("revised", "c3")]),
        ("2024-11-05", "2024-11-05", []),
        ("2024-10-31", "2024-11-05", [("added", "c3")]),
    ],
)
@pytest.mark.usefixtures("spoken")
def test_between_two_days_it_tells_who_spoke(client: Client, since: str, on: str, told: list[tuple[str, str]]) -> None:
    assert changes_of(client, on_since=since, on=on) == told


@pytest.mark.usefixtures("spoken")
def test_the_page_and_the_csv_tell_the_same(client: Client) -> None:
    query = {"on_since": "2024-11-01", "on": "2024-11-05"}
    page = client.get(f"{ADDRESS}/", query).text
    assert "From 1 Nov 2024 to 5 Nov 2024: 1 revised by the claimant. Figures in force: 1 before, 1 after." in page
    lines = client.get(f"{ADDRESS}.csv", query).getvalue().decode().splitlines()
    assert lines[1].startswith('revised,c3,us,kursk,"10,000",10000,10000,"11,500",11500,11500,')
    assert lines[1].endswith(",2024-11-01,2024-11-05")
    assert len(lines) == 2


@pytest.mark.usefixtures("spoken")
def test_filters_are_those_of_the_comparison(client: Client) -> None:
    factories.make_actor("ru")
    assert changes_of(client, on_since="2024-10-31", on="2024-11-05", claimant="ru") == []
    assert changes_of(client, on_since="2024-10-31", on="2024-11-05", claimant="us") == [("added", "c3")]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"known_since": "yesterday"}, "known_since"),
        ({"known_since": "2999-01-01"}, "known_since"),
        ({"on_since": "2024-11"}, "on_since"),
        ({"on_since": "2024-11-05", "on": "2024-11-01"}, "on_since"),
        ({"on_since": "2024-11-05", "known_since": "2024-11-05"}, "on_since"),
        ({"place": "nowhere"}, "place"),
    ],
)
@pytest.mark.parametrize("suffix", ["/", ".json", ".csv"])
@pytest.mark.usefixtures("spoken")
def test_junk_is_a_400_that_names_it(client: Client, query: dict[str, str], named: str, suffix: str) -> None:
    response = client.get(f"{ADDRESS}{suffix}", query)
    assert response.status_code == 400
    assert named in response.text


@pytest.mark.usefixtures("spoken")
def test_filters_are_told_and_stay_when_other_days_are_compared(client: Client) -> None:
    page = client.get(f"{ADDRESS}/?place=kursk&claimant=&from=2024&rollup=1&on_since=2024-11-01&on=2024-11-05").text
    for name, value in (("place", "kursk"), ("from", "2024-01-01"), ("rollup", "1")):
        assert page.count(f'<input type="hidden" name="{name}" value="{value}">') == 2
    assert "let through" in page
    assert f'href="{ADDRESS}/?on=2024-11-05&amp;on_since=2024-11-01"' in page
    everything = client.get(f"{ADDRESS}/?on_since=2024-11-01").text
    assert "let through" not in everything
    assert 'type="hidden"' not in everything


def test_every_field_that_can_differ_has_words() -> None:
    assert set(FIELD_WORDS) == {field.name for field in fields(ClaimFacts)} - {"id"}


@pytest.mark.usefixtures("spoken")
def test_the_changes_view_of_a_comparison_leads_here(client: Client) -> None:
    response = client.get("/questions/present/?view=changes&place=kursk&on=2024-11-05")
    assert (response.status_code, response["Location"]) == (302, f"{ADDRESS}/?place=kursk")


def test_before_and_after_take_the_same_queries_however_many_claims(client: Client) -> None:
    question = factories.make_question("present")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"{ADDRESS}/", {"on_since": "2024-10-31", "on": "2024-11-05"})
            client.get(f"{ADDRESS}/", {"known_since": "2024-11-05"})
        return len(seen)

    for number in range(3):
        factories.make_published_claim(question=question, figure=exactly(number + 1), stated_on="2024-11-02")
    few = asked()
    for number in range(3):
        factories.make_published_claim(question=question, figure=exactly(number + 5), stated_on="2024-11-03")
    assert asked() == few
