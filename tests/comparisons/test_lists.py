"""Home, the list of questions and a topic on the demo data."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("demo")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_home_names_the_most_contested_questions_by_their_pairs(client: Client) -> None:
    home = page(client, "/")
    beside = home[home.index("Most contested") :]
    assert beside.index("How many North Korean soldiers have been sent to Russia in total?") < beside.index(
        "How many North Korean soldiers have been killed or wounded in all?"
    )


def test_the_list_has_every_question(client: Client) -> None:
    assert "29 questions, newest figure first" in page(client, "/questions/")


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("measure=stock", "troops-present", "troops-sent"),
        ("show=clash", "troops-sent", "generals-present"),
        ("place=north-korea", "wounded-repatriated", "troops-present"),
        ("place=russia&measure=stock", "troops-present", "ammunition-share"),
    ],
)
def test_facets_choose(client: Client, query: str, there: str, not_there: str) -> None:
    found = page(client, f"/questions/?{query}")
    assert f'href="/questions/{there}/"' in found
    assert f'href="/questions/{not_there}/"' not in found


@pytest.mark.parametrize("query", ["topic=none", "place=%00", "measure=weight", "show=everything"])
def test_a_facet_that_cannot_be_read_is_a_400_that_names_it(client: Client, query: str) -> None:
    answer = client.get(f"/questions/?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.content.decode()


def test_htmx_gets_the_list_alone_and_the_page_holds_it(client: Client) -> None:
    part = client.get("/questions/?measure=stock", headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in page(client, "/questions/?measure=stock")
    assert "<h1>" not in part


def test_a_topic_counts_what_it_holds(client: Client) -> None:
    topic = page(client, "/topics/dprk-troops-russia/")
    for count, name in ((29, "Questions"), (184, "Figures"), (51, "Claimants"), (254, "Citations"), (177, "Sources")):
        assert f"<dt>{name}</dt><dd>{count}</dd>" in topic
