"""What everybody may read through the API, in a database that holds only what a test puts there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.actors.models import Tombstone
from apps.claims.actions import remove_claim
from apps.claims.models import Correction
from tests.factories import (
    make_actor,
    make_citation,
    make_claim,
    make_place,
    make_published_claim,
    make_question,
    make_source,
)
from tests.publishing.api.asking import LISTS, get, told, walked

pytestmark = pytest.mark.django_db


def test_drafts_are_not_read() -> None:
    draft, seen = make_claim(), make_published_claim()
    assert [row["claim"] for row in get("/claims").json()["items"]] == [seen.public_id]
    told(get(f"/claims/{draft.public_id}"), 404)


def test_single_things_name_what_hangs_on_them() -> None:
    question = make_question("how-many")
    inside = make_place("inside", parent=make_place("outside"))
    assert get(f"/topics/{question.topic.slug}").json()["questions"] == ["how-many"]
    assert get("/places/outside").json()["inside"] == [inside.slug]
    assert get("/places/inside").json()["parent"] == "outside"


def test_a_row_that_comes_meanwhile_shifts_nothing() -> None:
    for slug in ("b", "d", "f"):
        make_actor(slug)
    first = get("/actors?limit=2").json()
    make_actor("a")
    second = get("/actors", query_params={"cursor": first["next"]}).json()
    assert [row["slug"] for row in first["items"] + second["items"]] == ["b", "d", "f"]


def test_corrections_come_newest_first_in_slices() -> None:
    for number, day in enumerate(("2025-01-01", "2025-01-03", "2025-01-03", "2025-01-02")):
        columns = {"what_was_wrong": "A digit.", "what_was_done": "Mended.", "corrected_on": day}
        Correction.objects.create(public_id=f"k{number}", **columns)
    assert [row["correction"] for row in walked("/corrections", 1)] == ["k2", "k1", "k3", "k0"]


def test_claims_are_filtered_as_on_the_pages() -> None:
    russia = make_place("russia")
    kursk = make_place("kursk", parent=russia)
    one, other = make_question("one"), make_question("other")
    pentagon = make_actor("pentagon")
    autumn = make_published_claim(question=one, place=kursk, claimant=pentagon, as_of_start="2024-11")
    winter = make_published_claim(question=one, place=russia, as_of_start="2025-01")
    undated = make_published_claim(question=other, place=make_place("elsewhere"))

    def found(query: str) -> set[str]:
        return {row["claim"] for row in get(f"/claims?{query}").json()["items"]}

    assert found("") == {autumn.public_id, winter.public_id, undated.public_id}
    assert found("place=russia") == {autumn.public_id, winter.public_id}
    assert found("place=kursk") == {autumn.public_id}
    assert found("claimant=pentagon") == {autumn.public_id}
    assert found("from=2024-12") == {winter.public_id}
    assert found("to=2024-11-15") == {autumn.public_id}
    assert found("question=other") == {undated.public_id}
    assert found(f"topic={one.topic.slug}") == {autumn.public_id, winter.public_id}
    assert found("qualifier=exactly") == set()
    assert found("qualifier=exactly&qualifier=order_of_magnitude") == {
        autumn.public_id,
        winter.public_id,
        undated.public_id,
    }


def test_a_joint_claimant_is_a_claimant() -> None:
    claim = make_published_claim()
    claim.joint.create(actor=make_actor("with-others"))
    assert [row["claim"] for row in get("/claims?claimant=with-others").json()["items"]] == [claim.public_id]


def test_what_a_law_removed_is_a_problem_with_its_hash() -> None:
    claim = make_published_claim()
    remove_claim(public_id=claim.public_id, reason="Judgment 1/26.", by="M. Okafor")
    problem = told(get(f"/claims/{claim.public_id}"), 410)
    assert "Judgment 1/26" in problem["detail"]
    assert problem["removed"]["sha256"] == Tombstone.objects.get(kind="claim").sha256


def add(n: int) -> None:
    """`n` of everything, one claim on a question, an actor, a place and a source of its own, with a correction."""
    for _ in range(n):
        source = make_source()
        claim = make_published_claim(claimant=make_actor(parent=make_actor()), source=source, as_of_start="2024-11-05")
        make_citation(claim)
        columns = {"what_was_wrong": "A digit.", "what_was_done": "Mended.", "corrected_on": "2025-01-01"}
        Correction.objects.create(claim=claim, **columns)


@pytest.mark.parametrize("name", LISTS)
def test_queries_of_a_list_do_not_grow(name: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert get(f"/{name}?limit=200").status_code == 200
        return len(captured)

    add(4)
    few = queries()
    add(4)
    assert queries() == few <= 16
