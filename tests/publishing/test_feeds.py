"""The Atom feeds: what they tell of, under which ids, and in which order."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from apps.actors.models import Actor
from apps.claims.actions import publish_claim, rename, retract_claim
from apps.claims.actions.removal import remove_claim
from apps.claims.models import Citation, Claim, Correction, JointClaimant, Question, Relay
from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier
from apps.publishing import views_feeds
from apps.web.queries import moment_iso
from tests.factories import (
    make_actor,
    make_citation,
    make_claim,
    make_place,
    make_published_claim,
    make_question,
    make_source,
    make_topic,
)
from tests.publishing.feed_rules import check

#: Each change in a transaction of its own, with a moment of its own.
in_moments = pytest.mark.django_db(transaction=True)
in_one = pytest.mark.django_db
ALL = "/feeds/all.atom"


def read(client: Client, address: str = ALL) -> Any:
    """A sound feed, as feedparser reads it."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return check(response.content, address=f"http://testserver{address}")


def ids(client: Client, address: str = ALL) -> list[str]:
    """The ends of the entries' ids."""
    return [entry.id.rsplit(":", 1)[1] for entry in read(client, address).entries]


def only(client: Client, address: str = ALL) -> Any:
    [entry] = read(client, address).entries
    return entry


def words(entry: Any) -> str:
    return unescape(re.sub(r"<[^>]+>", "", entry.content[0].value))


def more_than(n: int) -> Figure:
    return Figure(f"More than {n:,}", Qualifier.MORE_THAN, lower=Decimal(n), lower_inclusive=False, point=Decimal(n))


def retract(claim: Claim, why: str = "The source was a parody.") -> None:
    retract_claim(claim=claim, by="The editors", why=why, at=datetime.now(UTC))


def correct(public_id: str, claim: Claim | None = None) -> Correction:
    return Correction.objects.create(
        public_id=public_id,
        claim=claim,
        what_was_wrong="The bound was wrong.",
        what_was_done="It is right now.",
        corrected_on=date(2025, 2, 3),
    )


def now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC)


# --- what an entry says


@in_one
def test_an_entry_names_claimant_words_unit_and_place_and_quotes_the_source(client: Client) -> None:
    source = make_source(title="Thousands in Kursk", url="https://news.example.com/a?b=1&c=2", language="en")
    claim = make_published_claim(
        public_id="c1",
        figure=more_than(10_000),
        claimant=make_actor("rok-mnd", name="ROK Ministry"),
        place=make_place("russia", name="Russia"),
        question=make_question("present", title="How many are there?"),
        as_of_start="2024-11-05",
        source=source,
    )
    Citation.objects.filter(claim=claim).update(quote="More than 10,000 <soldiers> are there")
    entry = only(client)
    assert entry.title == "ROK Ministry: “more than 10,000” (people), Russia"
    assert entry.id == "tag:localhost,2026-11-01:claims/c1"
    assert entry.link == "http://testserver/claims/c1/"
    said = "ROK Ministry said “more than 10,000” on “How many are there?” for Russia, as of 5 Nov 2024."
    assert said in words(entry)
    assert "More than 10,000 &lt;soldiers&gt; are there" in entry.content[0].value
    assert [link.href for link in entry.links if link.rel == "related"] == ["https://news.example.com/a?b=1&c=2"]
    assert {(tag.scheme, tag.term) for tag in entry.tags} == {
        ("http://testserver/topics/", claim.question.topic.slug),
        ("http://testserver/questions/", "present"),
        ("http://testserver/places/", "russia"),
        ("http://testserver/actors/", "rok-mnd"),
    }


@in_one
def test_the_site_is_the_author_and_not_the_claimant(client: Client) -> None:
    """A reader would print the claimant as who published the entry; it published nothing here."""
    make_published_claim(claimant=make_actor(name="ROK Ministry"))
    feed = read(client)
    assert feed.feed.author == "Parallax"
    assert "ROK Ministry" not in [author.get("name") for author in feed.entries[0].get("authors", [])]


@in_one
def test_a_revision_says_what_it_revises(client: Client) -> None:
    claimant, question, place = make_actor(), make_question(), make_place()
    about = {"claimant": claimant, "question": question, "place": place}
    earlier = make_published_claim(public_id="c1", figure=more_than(10_000), as_of_start="2024-11-01", **about)
    later = make_published_claim(
        public_id="c2",
        figure=more_than(12_000),
        as_of_start="2024-11-05",
        supersedes=earlier,
        revision_kind="updated",
        **about,
    )
    entries = {entry.id[-2:]: entry for entry in read(client).entries}
    assert entries["c2"].title.endswith("(was “More than 10,000”)")
    assert "This is a newer figure, up 2,000 after 4 days" in words(entries["c2"])
    assert "(was" not in entries["c1"].title
    Claim.objects.filter(pk=later.pk).update(revision_kind="withdrawn")
    entries = {entry.id[-2:]: entry for entry in read(client).entries}
    assert entries["c2"].title.endswith("(withdraws “More than 10,000”)")


@in_one
def test_what_a_draft_said_before_is_not_told(client: Client) -> None:
    claimant = make_actor()
    draft = make_claim(figure=more_than(40), claimant=claimant)
    make_published_claim(supersedes=draft, revision_kind="updated", claimant=claimant)
    entry = only(client)
    assert "More than 40" not in entry.title
    assert "More than 40" not in words(entry)


@in_moments
def test_a_retraction_stays_as_an_updated_entry_with_its_reason(client: Client) -> None:
    claim, other = make_published_claim(public_id="c1"), make_published_claim(public_id="c2")
    before = {entry.id: entry for entry in read(client).entries}
    assert ids(client) == ["claims/c2", "claims/c1"]
    retract(claim, "The source was a <parody>.")
    first, second = read(client).entries
    assert first.id.endswith("claims/c1")
    assert first.title.startswith("Retracted: ")
    assert "Retracted:</b> The source was a &lt;parody&gt;." in first.content[0].value
    assert first.updated > before[first.id].updated
    assert first.published == before[first.id].published
    assert second.updated == before[second.id].updated
    assert ids(client, f"/feeds/questions/{claim.question.slug}.atom") == ["claims/c1"]
    assert ids(client, f"/feeds/actors/{claim.claimant.slug}.atom") == ["claims/c1"]
    assert other.claimant != claim.claimant


@in_one
@pytest.mark.parametrize("words_given", ["a\x01b\x1f ]]> <b>&", "١٢٬٠٠٠ جندي", "🪖 \ufffe"])
def test_words_that_xml_has_no_way_to_hold(client: Client, words_given: str) -> None:
    claim = make_published_claim(stated_value=words_given, retracted_why="")
    Citation.objects.filter(claim=claim).update(quote=words_given, locator=words_given)
    Actor.objects.filter(pk=claim.claimant_id).update(name=words_given)
    correct("k1", claim)
    assert sorted(ids(client)) == [f"claims/{claim.public_id}", "corrections/k1"]


# --- what appears, and when


@in_moments
@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_a_draft_never_appears_and_is_published_when_it_became_public(client: Client, status: str) -> None:
    claim = make_claim(public_id="c1", status=status)
    make_citation(claim, is_primary=True)
    assert ids(client) == ids(client, f"/feeds/questions/{claim.question.slug}.atom") == []
    moment = now()
    publish_claim(claim=claim)
    entry = only(client)
    assert entry.published == entry.updated
    assert datetime.fromisoformat(entry.published) > moment
    Claim.objects.filter(pk=claim.pk).update(note="Later")
    assert only(client).published == entry.published
    assert only(client).updated > entry.updated


def edit_claim(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(note="Edited")


def edit_citation(claim: Claim) -> None:
    Citation.objects.filter(claim=claim, is_primary=True).update(quote="Edited")


def add_citation(claim: Claim) -> None:
    make_citation(claim, source=make_source())


def delete_citation(claim: Claim) -> None:
    Citation.objects.filter(claim=claim, is_primary=False).delete()


def add_relay(claim: Claim) -> None:
    Relay.objects.create(citation=Citation.objects.get(claim=claim, is_primary=True), actor=make_actor())


def delete_relay(claim: Claim) -> None:
    Relay.objects.filter(citation__claim=claim).delete()


def add_joint_claimant(claim: Claim) -> None:
    JointClaimant.objects.create(claim=claim, actor=make_actor())


CHANGES = [edit_claim, edit_citation, add_citation, delete_citation, add_relay, delete_relay, add_joint_claimant]


@in_moments
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_moves_the_entry_up_under_the_same_id(client: Client, change: Callable[[Claim], None]) -> None:
    claim = make_published_claim(public_id="c1")
    second = make_citation(claim, source=make_source())
    Relay.objects.create(citation=second, actor=make_actor())
    make_published_claim(public_id="c2")
    before = {entry.id: entry for entry in read(client).entries}
    assert ids(client) == ["claims/c2", "claims/c1"]
    change(claim)
    assert ids(client) == ["claims/c1", "claims/c2"]
    after = read(client)
    assert {entry.id for entry in after.entries} == set(before)
    first = after.entries[0]
    assert first.updated > before[first.id].updated
    assert first.published == before[first.id].published
    assert after.entries[1].updated == before[after.entries[1].id].updated
    assert after.feed.updated == first.updated


@in_moments
def test_a_change_of_another_row_changes_nothing(client: Client) -> None:
    claim = make_published_claim()
    before = client.get(ALL).content
    make_actor()
    make_claim(question=claim.question)
    Actor.objects.filter(pk=claim.claimant_id).update(note="For colleagues")
    assert client.get(ALL).content == before


@in_moments
def test_a_rename_keeps_every_id_and_the_old_address(client: Client) -> None:
    claim = make_published_claim(question=make_question("sent"), claimant=make_actor("mod"))
    before = read(client, "/feeds/questions/sent.atom")
    rename(entity=claim.question, new_slug="sent-abroad")
    rename(entity=claim.claimant, new_slug="ministry")
    after = read(client, "/feeds/questions/sent-abroad.atom")
    assert after.feed.id == before.feed.id == "tag:localhost,2026-11-01:feeds/questions/sent"
    assert after.entries[0].id == before.entries[0].id
    assert after.entries[0].updated == before.entries[0].updated
    response = client.get("/feeds/questions/sent.atom?page=1")
    assert response.status_code == 301
    assert response["Location"] == "/feeds/questions/sent-abroad.atom?page=1"
    assert client.get("/feeds/actors/mod.atom")["Location"] == "/feeds/actors/ministry.atom"
    assert read(client, "/feeds/actors/ministry.atom").feed.id.endswith("feeds/actors/mod")


@in_one
def test_ids_stay_when_the_site_moves(client: Client, settings: Settings) -> None:
    make_published_claim(public_id="c1")
    settings.PARALLAX_TAG = "old.example.org,2025-01-31"
    settings.ALLOWED_HOSTS = ["new.example.org"]
    content = client.get(ALL, headers={"host": "new.example.org"}).content
    feed = check(content, address="http://new.example.org/feeds/all.atom")
    assert feed.feed.id == "tag:old.example.org,2025-01-31:feeds/all"
    assert feed.entries[0].id == "tag:old.example.org,2025-01-31:claims/c1"
    assert feed.entries[0].link == "http://new.example.org/claims/c1/"


@in_one
def test_each_feed_tells_of_its_own(client: Client) -> None:
    topic, actor = make_topic("war"), make_actor("mod")
    sent, present = make_question("sent", topic=topic), make_question("present", topic=topic)
    make_published_claim(public_id="c1", question=sent, claimant=actor)
    make_published_claim(public_id="c2", question=present)
    together = make_published_claim(public_id="c3")
    JointClaimant.objects.create(claim=together, actor=actor)
    correct("k1", together)
    correct("k2")
    assert set(ids(client)) == {"claims/c1", "claims/c2", "claims/c3", "corrections/k1", "corrections/k2"}
    assert set(ids(client, "/feeds/topics/war.atom")) == {"claims/c1", "claims/c2"}
    assert ids(client, "/feeds/questions/sent.atom") == ["claims/c1"]
    assert set(ids(client, "/feeds/actors/mod.atom")) == {"claims/c1", "claims/c3", "corrections/k1"}
    assert set(ids(client, "/feeds/corrections.atom")) == {"corrections/k1", "corrections/k2"}
    titles = {entry.id[-2:]: entry.title for entry in read(client, "/feeds/actors/mod.atom").entries}
    assert f"{together.claimant.name} and mod: " in titles["c3"]


@in_moments
def test_a_correction_appears_is_edited_and_goes(client: Client) -> None:
    claim = make_published_claim(public_id="c1")
    row = correct("k1", claim)
    first = read(client, "/feeds/corrections.atom").entries[0]
    assert first.link == "http://testserver/corrections/k1/"
    assert "The bound was wrong." in words(first)
    assert ids(client) == ["corrections/k1", "claims/c1"]
    Correction.objects.filter(pk=row.pk).update(what_was_done="It is right at last.")
    second = only(client, "/feeds/corrections.atom")
    assert (second.id, second.published) == (first.id, first.published)
    assert second.updated > first.updated
    assert "It is right at last." in words(second)
    row.delete()
    assert ids(client, "/feeds/corrections.atom") == []


@in_moments
def test_a_correction_of_a_draft_appears_when_the_claim_does(client: Client) -> None:
    claim = make_claim(public_id="c1")
    make_citation(claim, is_primary=True)
    correct("k1", claim)
    assert ids(client) == ids(client, "/feeds/corrections.atom") == []
    moment = now()
    publish_claim(claim=claim)
    assert datetime.fromisoformat(only(client, "/feeds/corrections.atom").published) > moment


@in_moments
def test_with_a_knowledge_date_the_feed_is_as_it_was_then(client: Client) -> None:
    claim = make_published_claim(public_id="c1")
    then_ids, then = ids(client), moment_iso(now())
    then_entries = read(client).entries
    edit_claim(claim)
    make_published_claim(public_id="c2")
    known = read(client, f"{ALL}?known={then}")
    assert [entry.id.rsplit(":", 1)[1] for entry in known.entries] == then_ids
    assert known.entries[0].updated == then_entries[0].updated
    assert known.feed.subtitle.startswith("As known on ")


# --- addresses


@in_one
def test_an_empty_feed_is_sound_and_does_not_change(client: Client) -> None:
    make_question("calm")
    for address in (ALL, "/feeds/corrections.atom", "/feeds/questions/calm.atom"):
        assert read(client, address).entries == []
        assert client.get(address).content == client.get(address).content


@in_one
@pytest.mark.parametrize("address", ["topics/x.atom", "questions/x.atom", "actors/x.atom", "places/x.atom", "x.atom"])
def test_what_nobody_follows_is_a_404(client: Client, address: str) -> None:
    assert client.get(f"/feeds/{address}").status_code == 404


@in_one
@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=2", "page=21", "page=1&page=2", "page=%D9%A1", "known=2999-01-01", "page=1%00"]
)
def test_a_bad_query_is_a_400_in_plain_words(client: Client, query: str) -> None:
    make_published_claim()
    response = client.get(f"{ALL}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.startswith("page: " if "page" in query else "known: ")


@in_one
def test_pages_hold_each_entry_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_feeds, "PER_FEED", 2)
    for number in range(5):
        make_published_claim(public_id=f"c{number}", question=make_question())
    seen: list[str] = []
    address = ALL
    for _ in range(5):
        feed = read(client, address)
        seen += [entry.id for entry in feed.entries]
        links = {link.rel: link.href for link in feed.feed.links}
        assert links["first"] == f"http://testserver{ALL}"
        if "next" not in links:
            break
        address = links["next"].removeprefix("http://testserver")
    assert address == f"{ALL}?page=3"
    assert links["previous"] == f"http://testserver{ALL}?page=2"
    assert len(seen) == len(set(seen)) == 5


@in_one
def test_a_feed_ends_after_its_last_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_feeds, "PER_FEED", 1)
    monkeypatch.setattr(views_feeds, "MOST_PAGES", 2)
    for _ in range(3):
        make_published_claim()
    assert "next" in {link.rel for link in read(client).feed.links}
    assert "next" not in {link.rel for link in read(client, f"{ALL}?page=2").feed.links}


@in_one
def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post(ALL).status_code == 405
    assert client.head(ALL).status_code == 200


PAGES = {
    "/": ALL,
    "/questions/": ALL,
    "/topics/war/": "/feeds/topics/war.atom",
    "/questions/sent/": "/feeds/questions/sent.atom",
    "/claims/c1/": "/feeds/questions/sent.atom",
    "/actors/mod/": "/feeds/actors/mod.atom",
    "/corrections/": "/feeds/corrections.atom",
}


@in_one
@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_its_feed_and_the_feed_its_page(client: Client, page: str) -> None:
    question = make_question("sent", topic=make_topic("war", title="A <war>"))
    make_published_claim(public_id="c1", question=question, claimant=make_actor("mod"), as_of_start="2024-11-05")
    address = PAGES[page]
    found = re.findall(
        r'<link rel="alternate" type="application/atom\+xml" title="[^"<]+" href="([^"]+)">', html(client, page)
    )
    assert found == [address]
    if page not in ("/questions/", "/claims/c1/"):
        assert f'type="application/atom+xml" href="{address}"' in html(client, page), "a reader sees no head"
        assert read(client, address).feed.link == f"http://testserver{page}"


def html(client: Client, page: str) -> str:
    response = client.get(page)
    assert response.status_code == 200
    return response.text


# --- cost


@in_one
@pytest.mark.parametrize(
    "address", [ALL, "/feeds/topics/war.atom", "/feeds/questions/sent.atom", "/feeds/actors/mod.atom"]
)
def test_queries_do_not_grow(client: Client, address: str) -> None:
    question, actor = make_question("sent", topic=make_topic("war")), make_actor("mod")

    def add() -> None:
        for _ in range(3):
            claim = make_published_claim(question=question, claimant=actor)
            JointClaimant.objects.create(claim=claim, actor=make_actor())
            citation = make_citation(claim, source=make_source())
            Relay.objects.create(citation=citation, actor=make_actor())
            correct(f"k{claim.pk}", claim)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    add()
    few = queries()
    add()
    assert queries() == few <= 12  # three of them for the version of the address


@in_moments
def test_the_demo_in_one_import_and_then_edited(client: Client) -> None:
    with transaction.atomic():
        call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    seen = [entry.id for page in range(1, 5) for entry in read(client, f"{ALL}?page={page}").entries]
    assert len(seen) == len(set(seen)) == Claim.objects.ever_public().count() == 184
    edit_citation(Claim.objects.get(public_id="c002"))
    Question.objects.filter(slug="killed").update(title="How many died?")
    assert ids(client)[0] == "claims/c002"
    assert read(client, "/feeds/questions/killed.atom").feed.title == "Parallax: How many died?"


@in_one
def test_what_a_law_removed_is_told_no_more(client: Client) -> None:
    claimant = make_actor()
    claim = make_published_claim(public_id="c1", figure=more_than(10_000), claimant=claimant)
    make_published_claim(public_id="c2", supersedes=claim, revision_kind="updated", claimant=claimant)
    assert set(ids(client)) == {"claims/c1", "claims/c2"}
    remove_claim(public_id="c1", reason="A court ordered it.", by="The editors")
    entry = only(client)
    assert entry.id.endswith("claims/c2")
    assert "10,000" not in client.get(ALL).text
