"""JSON-LD in the pages: what is recorded, in the words of schema.org, and nothing that could end the block."""

import json
from typing import Any

import html5lib
import pytest
from django.test import Client

from apps.actors.models import Alias
from apps.claims.models import JointClaimant
from apps.web.templatetags.parallax import ld_json
from tests import factories

pytestmark = pytest.mark.django_db


def blocks(text: str) -> list[dict[str, Any]]:
    """Every data block of a page, as a browser's parser finds it."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    return [json.loads(found.text) for found in tree.iter("script") if found.get("type") == "application/ld+json"]


def linked(client: Client, address: str) -> dict[str, Any]:
    (found,) = blocks(client.get(address).text)
    return found


def test_a_claim_says_who_said_what_about_when_and_where(client: Client) -> None:
    claimant = factories.make_actor("mod", name="Ministry", kind="ministry")
    source = factories.make_source(
        "wire-1", title="Wire", url="https://wire.example/1", publisher=factories.make_actor("wire", kind="media")
    )
    factories.make_published_claim(
        public_id="c777",
        claimant=claimant,
        place=factories.make_place("kursk", name="Kursk"),
        question=factories.make_question("how-many", title="How many?"),
        as_of_start="2024-10",
        as_of_end="2024-11-04",
        stated_on="2024-11-05",
        source=source,
    )
    found = linked(client, "/claims/c777/")
    site = "http://testserver"
    (appearance,) = found.pop("appearance")
    encoding = found.pop("encoding")
    assert found == {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": f"{site}/claims/c777/",
        "url": f"{site}/claims/c777/",
        "identifier": "c777",
        "text": "Ministry said “thousands” on “How many?” for Kursk, Oct 2024 to 4 Nov 2024.",
        "author": {
            "@type": "Organization",
            "@id": f"{site}/actors/mod/",
            "name": "Ministry",
            "url": f"{site}/actors/mod/",
        },
        "datePublished": "2024-11-05",
        "temporalCoverage": "2024-10/2024-11-04",
        "spatialCoverage": {"@type": "Place", "@id": f"{site}/places/kursk/", "name": "Kursk"},
        "creativeWorkStatus": "Published",
        "isPartOf": {"@type": "Dataset", "@id": f"{site}/questions/how-many/", "name": "How many?"},
    }
    assert appearance == {
        "@type": "CreativeWork",
        "@id": f"{site}/sources/wire-1/",
        "name": "Wire",
        "url": "https://wire.example/1",
        "publisher": {
            "@type": "Organization",
            "@id": f"{site}/actors/wire/",
            "name": "wire",
            "url": f"{site}/actors/wire/",
        },
    }
    assert [one["encodingFormat"] for one in encoding] == ["text/csv", "application/json"]
    for one in encoding:
        assert client.get(one["contentUrl"]).status_code == 200


def test_joint_claimants_are_all_named_and_a_person_is_one(client: Client) -> None:
    claim = factories.make_published_claim(claimant=factories.make_actor("ann", kind="person"))
    JointClaimant.objects.create(claim=claim, actor=factories.make_actor("army", kind="armed_force"))
    authors = linked(client, f"/claims/{claim.public_id}/")["author"]
    assert [(one["name"], one["@type"]) for one in authors] == [("ann", "Person"), ("army", "Organization")]


def test_nothing_is_rated_and_no_first_appearance_is_guessed(client: Client, demo: None) -> None:
    for address in ("/claims/c064/", "/claims/c002/", "/questions/troops-present/", "/actors/us-dod/"):
        text = json.dumps(linked(client, address))
        for word in ("ClaimReview", "Rating", "firstAppearance", "claimInterpreter", "license"):
            assert word not in text


def test_a_comparison_is_a_set_of_data_that_can_be_fetched(client: Client, demo: None) -> None:
    address = "/questions/troops-present/?on=2024-11-05&place=kursk-oblast"
    found = linked(client, address)
    document = client.get(address.replace("/?", ".json?")).json()
    assert found["@type"] == "Dataset"
    assert found["@id"] == "http://testserver/questions/troops-present/"
    assert found["name"] == document["question"]["title"]
    assert found["description"].endswith(document["summary"])
    assert found["variableMeasured"]["unitText"] == "persons"
    assert [place["name"] for place in found["spatialCoverage"]] == [one["name"] for one in document["places"]]
    assert found["temporalCoverage"].startswith("2024-")
    assert found["creator"] == {"@type": "Organization", "name": "Parallax", "url": "http://testserver/"}
    assert {one["encodingFormat"] for one in found["distribution"]} == {"text/csv", "application/json"}
    for one in found["distribution"]:
        answer = client.get(one["contentUrl"])
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(one["encodingFormat"])
        assert "place=kursk-oblast" in one["contentUrl"]
    named = {one["@id"] for one in found["isBasedOn"]}
    printed = {source["source"] for row in document["standings"] for source in row["sources"]}
    assert printed
    assert {f"http://testserver/sources/{slug}/" for slug in printed} <= named


def test_a_comparison_without_dated_figures_covers_no_time(client: Client) -> None:
    question = factories.make_published_claim().question
    assert "temporalCoverage" not in linked(client, f"/questions/{question.slug}/")


def test_an_actor_has_its_other_names_once_and_what_it_is_part_of(client: Client) -> None:
    actor = factories.make_actor(
        "mod", name="Ministry", short_name="MoD", parent=factories.make_actor("land"), wikidata="Q884"
    )
    for position, name in enumerate(["MoD", "국방부", "Ministry"]):
        Alias.objects.create(actor=actor, name=name, position=position)
    assert linked(client, "/actors/mod/") == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": "http://testserver/actors/mod/",
        "name": "Ministry",
        "url": "http://testserver/actors/mod/",
        "alternateName": ["MoD", "국방부"],
        "sameAs": "https://www.wikidata.org/entity/Q884",
        "parentOrganization": {
            "@type": "Organization",
            "@id": "http://testserver/actors/land/",
            "name": "land",
            "url": "http://testserver/actors/land/",
        },
    }


HOSTILE = '</script><script>alert(1)</script><!--<script>]]>&"\\\u2028\u2029 조선'


def test_hostile_words_stay_in_the_block(client: Client) -> None:
    actor = factories.make_actor("bad", name=HOSTILE)
    source = factories.make_source(title=HOSTILE, publisher=actor)
    claim = factories.make_published_claim(claimant=actor, source=source)
    found = linked(client, f"/claims/{claim.public_id}/")
    assert found["author"]["name"] == HOSTILE
    assert found["appearance"][0]["name"] == HOSTILE
    assert linked(client, "/actors/bad/")["name"] == HOSTILE
    assert linked(client, f"/questions/{claim.question.slug}/")["isBasedOn"][0]["name"] == HOSTILE
    assert "<script>alert" not in client.get(f"/claims/{claim.public_id}/").text


def test_a_block_holds_no_character_that_could_end_it() -> None:
    text = ld_json({"name": HOSTILE})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"name": HOSTILE}


def test_a_part_for_htmx_has_no_block(client: Client) -> None:
    question = factories.make_published_claim().question
    part = client.get(f"/questions/{question.slug}/", headers={"HX-Request": "true"})
    assert blocks(part.text) == []
