"""`rollup=1`: claimants grouped by the topmost body that they are part of (model.md §4, "Roll-up")."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.claims.models import Claim
from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier
from apps.web.queries import moment_iso
from tests import factories
from tests.comparisons.test_known import now

pytestmark = pytest.mark.django_db
ADDRESS = "/questions/present"


def at_least(n: int) -> Figure:
    return Figure(f"at least {n}", Qualifier.AT_LEAST, lower=Decimal(n), lower_inclusive=True, point=Decimal(n))


def up_to(n: int) -> Figure:
    return Figure(f"up to {n}", Qualifier.UP_TO, upper=Decimal(n), upper_inclusive=True, point=Decimal(n))


@pytest.fixture(autouse=True)
def claims() -> None:
    """Two bodies of one state that cannot both hold, the later one of which speaks a day later, and another state."""
    state = factories.make_actor("us", name="United States")
    department = factories.make_actor("us-dod", name="Department of Defense", parent=state)
    pentagon = factories.make_actor("pentagon", name="Pentagon", parent=department)
    ministry = factories.make_actor("us-state", name="Department of State", parent=state)
    other = factories.make_actor("ua", name="Ukraine")
    scope = {"question": factories.make_question("present"), "place": factories.make_place("kursk")}
    said = [("c1", pentagon, at_least(50), 4), ("c2", ministry, up_to(40), 5), ("c3", other, at_least(45), 5)]
    for public_id, claimant, figure, day in said:
        factories.make_published_claim(
            public_id=public_id, claimant=claimant, figure=figure, as_of_start=f"2024-11-0{day}", **scope
        )


def document(client: Client, query: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = client.get(f"{ADDRESS}.json?on=2024-11-05&{query}").json()
    return found


def test_without_it_every_body_stands_for_itself(client: Client) -> None:
    found = document(client, "")
    assert {row["claim"] for row in found["standings"]} == {"c1", "c2", "c3"}
    assert {row["claimant"] for row in found["standings"]} == {"pentagon", "us-state", "ua"}
    assert "said_by" not in found["standings"][0]
    assert len(found["contradictions"]) == 2


def test_the_topmost_body_stands_on_its_latest_figure_whoever_said_it(client: Client) -> None:
    found = document(client, "rollup=1")
    assert {(row["claim"], row["claimant"], row["said_by"]) for row in found["standings"]} == {
        ("c2", "us", "us-state"),
        ("c3", "ua", "ua"),
    }
    assert [(pair["upper_claim"], pair["lower_claim"]) for pair in found["contradictions"]] == [("c2", "c3")]
    assert {actor["slug"] for actor in found["actors"]} == {"us", "ua"}


@pytest.mark.parametrize(("claimant", "shown"), [("us", {"c1", "c2"}), ("pentagon", {"c1"}), ("ua", {"c3"})])
def test_a_filter_takes_the_body_above_or_who_said_it(client: Client, claimant: str, shown: set[str]) -> None:
    lines = client.get(f"{ADDRESS}.csv?on=2024-11-05&rollup=1&claimant={claimant}").getvalue().decode().splitlines()
    assert {public_id for public_id in ("c1", "c2", "c3") for line in lines if f",{public_id}," in line} == shown


def test_the_csv_keeps_who_said_it(client: Client) -> None:
    lines = client.get(f"{ADDRESS}.csv?on=2024-11-05&rollup=1").getvalue().decode().splitlines()
    assert [line.split(",")[3] for line in lines[1:]] == ["Pentagon", "Department of State", "Ukraine"]


def test_the_page_names_both_levels_and_the_way_back(client: Client) -> None:
    page = client.get(f"{ADDRESS}/?on=2024-11-05&rollup=1").text
    assert "said by Department of State" in page
    assert "United States" in page
    assert f'href="{ADDRESS}/?on=2024-11-05"' in page
    assert f'href="{ADDRESS}/?on=2024-11-05&amp;rollup=1"' in client.get(f"{ADDRESS}/?on=2024-11-05").text


def test_it_takes_three_queries_more(client: Client) -> None:
    def asked(query: str) -> int:
        client.get(f"{ADDRESS}.json?on=2024-11-05&{query}")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{ADDRESS}.json?on=2024-11-05&{query}")
        return len(seen)

    assert asked("rollup=1") == asked("") + 3


@pytest.mark.django_db(transaction=True)
def test_a_rolled_up_claim_is_not_told_as_changed_since_the_knowledge_date(client: Client) -> None:
    moment = moment_iso(now())
    address = f"{ADDRESS}/?known={moment}&rollup=1"
    assert "no claim was added or changed since" in client.get(address).text
    Claim.objects.filter(public_id="c1").update(stated_value="some 50")
    assert "1 claim was added or changed since" in client.get(address).text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("query", "told"), [("rollup=1&claimant=us", ["c1"]), ("claimant=us", []), ("rollup=1&claimant=ua", [])]
)
def test_the_difference_lets_through_whoever_is_rolled_up_to_a_claimant(
    client: Client, query: str, told: list[str]
) -> None:
    moment = moment_iso(now())
    Claim.objects.filter(public_id="c1").update(stated_value="some 50")
    found = client.get(f"{ADDRESS}/changes.json?known_since={moment}&{query}").json()
    assert [change["claim"] for change in found["changes"]] == told
    counted = f"{len(told) or 'no'} claim was added or changed since"
    assert counted in client.get(f"{ADDRESS}/?known={moment}&{query}").text
