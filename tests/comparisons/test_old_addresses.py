"""Addresses that were renamed: one permanent redirect, to the same suffix and query, from every slug there ever was."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.actors.models import Actor, Redirect
from apps.claims.actions import rename
from apps.claims.models import Claim, Question
from apps.web.queries import moment_iso
from tests.comparisons.test_known import in_moments, now
from tests.factories import make_actor, make_place, make_published_claim, make_question, make_source, make_topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("suffix", ["/", ".json", ".csv", "/?place=&strict=1&view=time", ".json?strict=1&place=a%20b"])
def test_suffix_and_query_survive(client: Client, suffix: str) -> None:
    rename(entity=rename(entity=make_question("first"), new_slug="second"), new_slug="third")
    response = client.get(f"/questions/first{suffix}")
    assert (response.status_code, response["Location"]) == (301, f"/questions/third{suffix}")


@pytest.mark.parametrize(
    ("path", "make"),
    [("actors", make_actor), ("places", make_place), ("sources", make_source), ("topics", make_topic)],
)
def test_every_kind_of_address_leads_on(client: Client, path: str, make: type) -> None:
    rename(entity=make("before"), new_slug="after")
    response = client.get(f"/{path}/before/")
    assert (response.status_code, response["Location"]) == (301, f"/{path}/after/")


def test_a_thousand_renames_are_one_redirect(client: Client) -> None:
    actor = make_actor("n0")
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")  # as if each were a transaction of its own
    asked = []
    for number in range(1, 1_001):
        Actor.objects.filter(pk=actor.pk).update(slug=f"n{number}")
        if number in (1, 1_000):
            with CaptureQueriesContext(connection) as queries:
                response = client.get("/actors/n0/")
            assert (response.status_code, response["Location"]) == (301, f"/actors/n{number}/")
            asked.append(len(queries))
    assert Redirect.objects.count() == 1_000
    assert asked[1] == asked[0] <= 6
    assert client.get("/actors/n1000/").status_code == 200


def test_names_that_go_round_end_where_they_are(client: Client) -> None:
    question = make_question("a")
    for slug in ("b", "c", "a", "c"):
        question = rename(entity=question, new_slug=slug)
    assert client.get("/questions/c/").status_code == 200
    for slug in ("a", "b"):
        assert client.get(f"/questions/{slug}/")["Location"] == "/questions/c/"


def test_two_that_want_each_others_names_always_answer(client: Client) -> None:
    one, other = rename(entity=make_question("one"), new_slug="one-now"), make_question("other")
    with pytest.raises(Exception, match="already leads to the renamed"):
        rename(entity=other, new_slug="one")
    rename(entity=other, new_slug="other-now")
    for old, new in (("one", "one-now"), ("other", "other-now")):
        assert client.get(f"/questions/{old}/")["Location"] == f"/questions/{new}/"
        assert client.get(f"/questions/{new}/").status_code == 200
    assert one.title == "one"


def test_a_slug_that_nobody_had_is_not_found(client: Client) -> None:
    assert client.get("/questions/nobody/").status_code == 404


@in_moments
def test_every_address_works_at_every_knowledge_date(client: Client) -> None:
    question = make_question("a", title="Titled a")
    moments = [now()]
    for slug in ("b", "c"):
        question = Question.objects.get(pk=question.pk)
        question.slug, question.title = slug, f"Titled {slug}"
        question.save()
        moments.append(now())
    for moment, then in zip(moments, "abc", strict=True):
        for slug in "abc":
            page = client.get(f"/questions/{slug}/?known={moment_iso(moment)}", follow=True)
            assert f"Titled {then}" in page.text
            assert len(page.redirect_chain) <= 1


@pytest.mark.parametrize(
    ("make", "address"),
    [
        (make_place, "/questions/a/?place="),
        (make_place, "/questions/a.json?view=time&place="),
        (make_actor, "/questions/a.csv?claimant="),
        (make_actor, "/questions/a/changes/?claimant="),
        (make_topic, "/questions/?topic="),
        (make_place, "/questions/?place="),
        (make_topic, "/corrections/?topic="),
        (make_question, "/corrections.json?question="),
    ],
)
def test_a_filter_that_names_an_old_slug_leads_on(client: Client, make: type, address: str) -> None:
    make_published_claim(question=make_question("a", topic=make_topic("situation")))
    row = rename(entity=make("first"), new_slug="second")
    if hasattr(row, "title") and not isinstance(row, Question):
        make_question("b", topic=row)
    row = rename(entity=row, new_slug="third")
    response = client.get(f"{address}first")
    assert (response.status_code, response["Location"]) == (301, f"{address}third")
    assert client.get(f"{address}third").status_code == 200
    assert client.get(f"{address}nobody").status_code == 400


def test_what_else_is_wrong_with_such_a_query_is_told_then(client: Client) -> None:
    make_question("a")
    rename(entity=make_place("first"), new_slug="second")
    response = client.get("/questions/a/?place=first&place=second&strict=2", follow=True)
    assert response.redirect_chain == [("/questions/a/?place=second&strict=2", 301)]
    assert response.status_code == 400
    assert "strict" in response.text
    assert "“second”" not in response.text


@in_moments
def test_filters_work_at_every_knowledge_date(client: Client) -> None:
    claim = make_published_claim(question=make_question("a"), place=make_place("before"))
    moment = moment_iso(now())
    rename(entity=claim.place, new_slug="after")
    for slug in ("before", "after"):
        page = client.get(f"/questions/a/?place={slug}&known={moment}", follow=True)
        assert page.status_code == 200
        assert "no claim was added or changed since" in page.text
    Claim.objects.filter(pk=claim.pk).update(stated_value="some")
    assert "1 claim was added or changed since" in client.get(f"/questions/a/?place=before&known={moment}").text
    changes = client.get(f"/questions/a/changes.json?place=before&known_since={moment}", follow=True).json()
    assert [change["claim"] for change in changes["changes"]] == [claim.public_id]


def test_what_is_only_said_twice_leads_nowhere(client: Client) -> None:
    make_question("a")
    assert client.get("/questions/?topic=nobody&topic=nobody&topic=").status_code == 400
