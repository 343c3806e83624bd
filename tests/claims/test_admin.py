"""Editing pages: one form from nothing to a published claim, no lost work, sentences instead of failures."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.actors.models import Actor, Alias, Tombstone
from apps.claims.actions import publish_claim, retract_claim
from apps.claims.models import Basis, Citation, Claim, JointClaimant, Place, Question, Relay, Stance, Topic
from apps.sources.models import Source
from tests.claims.editing import address, claim_page, errors_of, fields_of, opened, save
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

pytestmark = pytest.mark.django_db


def related(client: Client, model: type[models.Model], **given: Any) -> int:
    """Add a row in the little window behind a “+”, as the page of a claim offers it."""
    url = address(model, "add") + "?_to_field=id&_popup=1"
    response = client.post(url, opened(client, url) | given | {"_popup": "1"})
    assert response.status_code == 200
    assert "popup_response" in response.content.decode(), errors_of(response)
    return model._default_manager.latest("pk").pk


def test_the_first_claim_is_entered_from_nothing_in_one_form(editor: Client) -> None:
    page = opened(editor, address(Claim, "add"))
    topic = related(editor, Topic, slug="dprk", title="North Korean soldiers")
    question = related(
        editor,
        Question,
        slug="troops-present",
        topic=topic,
        title="How many are present?",
        unit="persons",
        measure="stock",
    )
    place = related(editor, Place, slug="russia", name="Russia", country="RU")
    claimant = related(editor, Actor, slug="rok-mnd", name="Ministry of National Defense", kind="ministry")
    publisher = related(editor, Actor, slug="al-jazeera", name="Al Jazeera", kind="media")
    source = related(
        editor, Source, slug="aj-20241105", publisher=publisher, title="On front lines", published_on="2024-11-05"
    )
    page |= {
        "question": question,
        "place": place,
        "claimant": claimant,
        "speaker": "Jeon Ha-kyou",
        "stated_value": "More than 10,000",
        "qualifier": "more_than",
        "lower": "10000",
        "lower_inclusive": "false",
        "point": "10000",
        "as_of_start": "2024-11-05",
        "stated_on": "2024-11-05",
        "status": "published",
        "citations-0-source": source,
        "citations-0-quote": "More than 10,000 North Korean soldiers are currently in Russia",
        "citations-0-language": "en",
        "citations-0-is_translated": "on",
    }
    response = editor.post(address(Claim, "add"), page)
    assert response.status_code == 302, errors_of(response)
    claim = Claim.objects.get()
    citation = claim.citations.get()
    assert (claim.status, claim.figure, citation.figure) == ("published", claim.figure, claim.figure)
    assert claim.figure.stated_value == "More than 10,000"
    assert citation.is_primary
    assert str(claim.as_of_start) == "2024-11-05"


def test_a_page_saved_untouched_changes_nothing(editor: Client) -> None:
    claim = make_published_claim()
    make_citation(claim)
    Stance.objects.create(claim=claim, actor=make_actor(), kind="denies")
    assert save(editor, claim, claim_page(editor, claim)).status_code == 302
    history = apps.get_model("claims", "ClaimEvent")._default_manager.filter(pgh_obj_id=claim.pk)
    assert list(history.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "update"]


def test_two_editors_do_not_overwrite_each_other(editor: Client) -> None:
    claim = make_claim(note="as found")
    mine, theirs = claim_page(editor, claim), claim_page(editor, claim)
    assert save(editor, claim, theirs | {"note": "theirs"}).status_code == 302
    refused = save(editor, claim, mine | {"speaker": "mine"})
    assert [error.split(" after ")[0] for error in errors_of(refused)["__all__"]] == ["Somebody else saved this claim"]
    claim.refresh_from_db()
    assert (claim.note, claim.speaker) == ("theirs", "")
    kept = fields_of(refused.content)
    assert (kept["speaker"], kept["note"]) == ("mine", "as found")
    assert save(editor, claim, kept | {"note": "both"}).status_code == 302
    claim.refresh_from_db()
    assert (claim.note, claim.speaker) == ("both", "mine")


def test_a_citation_that_somebody_changed_meanwhile_is_not_overwritten(editor: Client) -> None:
    claim = make_published_claim()
    mine = claim_page(editor, claim)
    Citation.objects.update(quote="theirs")
    refused = save(editor, claim, mine | {"speaker": "mine"})
    assert "__all__" in errors_of(refused)
    assert claim.citations.get().quote == "theirs"


def test_a_citation_that_somebody_deleted_meanwhile_is_no_failure(editor: Client) -> None:
    claim = make_published_claim()
    other = make_citation(claim)
    mine = claim_page(editor, claim)
    other.delete()
    assert "__all__" in errors_of(save(editor, claim, mine))


def test_the_same_editor_may_save_again_and_again(editor: Client) -> None:
    claim = make_claim()
    for note in ("one", "two"):
        assert save(editor, claim, claim_page(editor, claim) | {"note": note}).status_code == 302


@pytest.mark.parametrize("model", [Actor, Source, Place, Question, Topic, Citation])
def test_every_page_refuses_a_version_that_was_not_seen(editor: Client, model: type[models.Model]) -> None:
    row: Any = {
        Actor: make_actor,
        Source: make_source,
        Place: make_place,
        Question: make_question,
        Topic: make_topic,
        Citation: lambda: make_citation(make_claim(), is_primary=True),
    }[model]()
    column = "summary" if model is Topic else "note"
    mine = opened(editor, address(model, "change", row.pk))
    model._default_manager.update(**{column: "theirs"})
    assert "__all__" in errors_of(editor.post(address(model, "change", row.pk), mine | {column: "mine"}))
    row.refresh_from_db()
    assert getattr(row, column) == "theirs"


BAD: list[tuple[dict[str, str], str]] = [
    ({"status": "published"}, "citations-0-quote"),
    ({"stated_value": ""}, "stated_value"),
    ({"qualifier": "exactly"}, "point"),
    ({"point": "1e400000", "qualifier": "about"}, "point"),
    ({"point": "NaN", "qualifier": "about"}, "point"),
    ({"as_of_start": "2024-02-30"}, "as_of_start"),
    ({"as_of_start": "2024-11-05", "as_of_end": "2024-11-04"}, "as_of_end"),
    ({"as_of_start": "2025", "stated_on": "2024"}, "nature"),
    ({"stated_at": "14:30"}, "stated_at"),
    ({"interval_level": "95"}, "interval_level"),
    ({"revision_kind": "updated"}, "revision_kind"),
    ({"status": "retracted"}, "status"),
    ({"status": "retracted", "retracted_why": "a parody"}, "status"),
    ({"retracted_why": "why"}, "retracted_why"),
    ({"attributes": "[1]"}, "attributes"),
    ({"attributes": '{"a": NaN}'}, "attributes"),
    ({"attributes": '{"a": "\\u0000"}'}, "attributes"),
    ({"attributes": "[" * 100_000}, "attributes"),
    ({"attributes": "1" * 5000}, "attributes"),
    ({"note": "a\0b"}, "note"),
    ({"speaker": "x" * 201}, "speaker"),
    ({"attributes": '{"a": "\\ud800"}'}, "attributes"),
    ({"attributes": '{"a\\udfff": 1}'}, "attributes"),
    ({"question": "99999999999999999999"}, "question"),
    ({"question": "abc"}, "question"),
    ({"part_of": "9" * 5000}, "part_of"),
    ({"supersedes": "²"}, "supersedes"),
    ({"citations-0-source": "abc"}, "citations-0-source"),
    ({"citations-0-id": "abc"}, "citations-0-id"),
    ({"citations-INITIAL_FORMS": "-1"}, "citations-0-is_primary"),
    ({"as_of_start": "2999"}, "nature"),
    ({"as_of_start": "2024", "as_of_end": "2999-01"}, "nature"),
    ({"stated_on": "2999"}, "stated_on"),
    ({"place": ""}, "place"),
    ({"citations-0-is_primary": "", "citations-0-quote": "q"}, "citations-0-is_primary"),
    ({"citations-0-lower": "5"}, "citations-0-qualifier"),
    ({"citations-0-quote": "\0"}, "citations-0-quote"),
]


@pytest.mark.parametrize(("given", "field"), BAD, ids=str)
def test_bad_input_is_a_sentence_at_its_field(editor: Client, given: dict[str, str], field: str) -> None:
    claim = make_claim()
    make_citation(claim, is_primary=True, quote="")
    page = claim_page(editor, claim)
    if field == "citations-0-qualifier":
        page |= {"citations-0-stated_value": "", "citations-0-qualifier": ""}
    assert field in errors_of(save(editor, claim, page | given))


ONE_BAD_NUMBER: list[dict[str, str]] = [
    {"qualifier": "about", "point": "NaN"},
    {"qualifier": "about", "point": "1e400000"},
    {"qualifier": "about", "point": "1234567890123456789"},
    {"qualifier": "up_to", "lower": "10"},
    {"qualifier": "at_least", "lower": "1e40", "lower_inclusive": "true"},
    {"qualifier": "exactly"},
    {"lower": "5"},
    {"lower": "abc"},
    {"hedged": "on"},
]


@pytest.mark.parametrize("given", ONE_BAD_NUMBER, ids=str)
def test_one_bad_number_is_one_sentence(editor: Client, given: dict[str, str]) -> None:
    claim = make_claim()
    make_citation(claim, is_primary=True)
    assert sum(len(said) for said in errors_of(save(editor, claim, claim_page(editor, claim) | given)).values()) == 1
    printed = {f"citations-0-{name}": value for name, value in given.items()}
    assert sum(len(said) for said in errors_of(save(editor, claim, claim_page(editor, claim) | printed)).values()) == 1


@pytest.mark.parametrize("kind", ["citations", "stances", "bases", "joint"])
def test_a_forged_number_of_rows_builds_no_rows(editor: Client, kind: str) -> None:
    claim = make_published_claim()
    make_citation(claim)
    response = save(editor, claim, claim_page(editor, claim) | {f"{kind}-TOTAL_FORMS": "99999"})
    assert errors_of(response)[kind] == ["Please submit at most 100 forms."]
    shown = {each.formset.prefix: len(each.formset.forms) for each in response.context["inline_admin_formsets"]}
    assert shown == {"citations": 2, "stances": 0, "bases": 0, "joint": 0}


@pytest.mark.parametrize(
    "query", ["question=abc", "part_of=²", "question=" + "9" * 5000, "lower=abc", "as_of_start=junk", "nature=zzz"]
)
def test_a_forged_link_to_a_new_claim_is_no_failure(editor: Client, query: str) -> None:
    assert editor.get(address(Claim, "add") + f"?{query}").status_code == 200


def test_an_estimate_without_a_day_of_its_own_may_be_about_today(editor: Client) -> None:
    claim = make_claim()
    make_citation(claim, is_primary=True)
    today = timezone.now().date()
    page = claim_page(editor, claim)
    assert save(editor, claim, page | {"as_of_start": today.isoformat()}).status_code == 302
    tomorrow = (today + timedelta(days=1)).isoformat()
    page = claim_page(editor, claim)
    (sentence,) = errors_of(save(editor, claim, page | {"as_of_start": tomorrow}))["nature"]
    assert sentence.endswith(f"may be about a time after today, such as {tomorrow}.")
    assert save(editor, claim, page | {"as_of_start": tomorrow, "nature": "projection"}).status_code == 302


def test_an_estimate_about_the_future_is_not_published() -> None:
    claim = make_claim(as_of_start="2999-01-01")
    make_citation(claim, is_primary=True)
    with pytest.raises(ValidationError) as refused:
        publish_claim(claim=claim)
    assert list(refused.value.message_dict) == ["nature"]


def test_relations_that_triggers_refuse_are_sentences(editor: Client) -> None:
    claim, other = make_claim(), make_claim()
    page = claim_page(editor, claim) | {"supersedes": str(other.pk), "revision_kind": "updated"}
    assert "supersedes" in errors_of(save(editor, claim, page))
    part = make_claim(part_of=claim)
    assert "part_of" in errors_of(save(editor, claim, claim_page(editor, claim) | {"part_of": str(part.pk)}))
    actor = make_actor()
    child = make_actor(parent=actor)
    url = address(Actor, "change", actor.pk)
    assert "parent" in errors_of(editor.post(url, opened(editor, url) | {"parent": str(child.pk)}))


def test_a_new_claim_is_published_with_a_citation_only(editor: Client) -> None:
    page = opened(editor, address(Claim, "add")) | {
        "question": str(make_question().pk),
        "place": str(make_place().pk),
        "claimant": str(make_actor().pk),
        "stated_value": "Thousands",
        "qualifier": "order_of_magnitude",
        "status": "published",
    }
    assert "citations" in errors_of(editor.post(address(Claim, "add"), page))
    assert "status" in errors_of(editor.post(address(Claim, "add"), page | {"status": "retracted"}))
    assert not Claim.objects.exists()


def test_the_mark_of_the_primary_citation_moves(editor: Client) -> None:
    claim = make_claim()
    make_citation(claim, is_primary=True, public_id="z9")
    make_citation(claim, public_id="a1")
    publish_claim(claim=claim)
    page = claim_page(editor, claim)
    page.pop("citations-0-is_primary")
    response = save(editor, claim, page | {"citations-1-is_primary": "on"})
    assert response.status_code == 302, errors_of(response)
    assert claim.citations.get(is_primary=True).public_id == "a1"


def test_the_primary_citation_is_deleted_when_another_takes_its_place(editor: Client) -> None:
    claim = make_published_claim()
    other = make_citation(claim)
    page = claim_page(editor, claim) | {"citations-0-DELETE": "on"}
    assert errors_of(save(editor, claim, page)) == {"citations-1-is_primary": ["Mark one citation as primary."]}
    response = save(editor, claim, page | {"citations-1-is_primary": "on"})
    assert response.status_code == 302, errors_of(response)
    assert list(claim.citations.all()) == [other]


def test_two_primary_citations_are_a_sentence(editor: Client) -> None:
    claim = make_published_claim()
    make_citation(claim)
    page = claim_page(editor, claim) | {"citations-1-is_primary": "on"}
    assert list(errors_of(save(editor, claim, page))) == ["citations-1-is_primary"]


def test_the_same_basis_or_joint_claimant_twice_is_a_sentence(editor: Client) -> None:
    claim, target = make_claim(), make_claim()
    page = claim_page(editor, claim) | {"bases-TOTAL_FORMS": "2", "joint-TOTAL_FORMS": "2"}
    for row in "01":
        page |= {f"bases-{row}-kind": "cites", f"bases-{row}-target_claim": str(target.pk)}
    assert "bases-1-kind" in errors_of(save(editor, claim, page | {"joint-TOTAL_FORMS": "0"}))
    for row in "01":
        page |= {f"joint-{row}-actor": str(target.claimant.pk), f"joint-{row}-position": "0"}
    assert errors_of(save(editor, claim, page | {"bases-TOTAL_FORMS": "0"}))
    assert not Basis.objects.exists()
    assert not JointClaimant.objects.exists()


def test_retracting_says_when_and_by_whom_by_itself(editor: Client) -> None:
    claim = make_published_claim()
    page = claim_page(editor, claim) | {"status": "retracted", "retracted_why": "a parody"}
    assert save(editor, claim, page).status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.retracted_by, claim.retracted_why) == ("retracted", "Mary Okafor", "a parody")
    assert claim.retracted_at is not None


def test_readers_never_see_a_login_name(editor: Client) -> None:
    User.objects.update(first_name="", last_name="")
    claim = make_published_claim()
    save(editor, claim, claim_page(editor, claim) | {"status": "retracted", "retracted_why": "a parody"})
    claim.refresh_from_db()
    assert (claim.status, claim.retracted_by) == ("retracted", "An editor")


def test_a_retraction_says_why_and_is_not_undone(editor: Client) -> None:
    claim = make_published_claim()
    assert "retracted_why" in errors_of(save(editor, claim, claim_page(editor, claim) | {"status": "retracted"}))
    retract_claim(claim=claim, by="ed", why="a parody", at=timezone.now())
    again = claim_page(editor, claim) | {"status": "published", "retracted_why": ""}
    assert "status" in errors_of(save(editor, claim, again))
    noted = claim_page(editor, claim) | {"note": "For readers."}
    assert save(editor, claim, noted).status_code == 302


def test_what_was_public_does_not_vanish(editor: Client) -> None:
    claim = make_published_claim()
    assert "status" in errors_of(save(editor, claim, claim_page(editor, claim) | {"status": "draft"}))
    assert editor.post(address(Claim, "delete", claim.pk), {"post": "yes"}).status_code == 403
    citation = claim.citations.get()
    assert editor.post(address(Citation, "delete", citation.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [claim.pk], "post": "yes"}
    assert editor.post(address(Claim, "changelist"), chosen).status_code == 403
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_a_draft_is_deleted_with_all_that_hangs_on_it(editor: Client) -> None:
    claim = make_claim()
    Relay.objects.create(citation=make_citation(claim, is_primary=True), actor=make_actor())
    assert editor.post(address(Claim, "delete", claim.pk), {"post": "yes"}).status_code == 302
    assert not Citation.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"), [({"is_primary": ""}, "is_primary"), ({"quote": "", "locator": ""}, "quote")], ids=str
)
def test_the_own_page_of_a_primary_citation_keeps_the_claim_cited(
    editor: Client, given: dict[str, str], field: str
) -> None:
    citation = make_published_claim().citations.get()
    url = address(Citation, "change", citation.pk)
    assert list(errors_of(editor.post(url, opened(editor, url) | given))) == [field]


def test_relays_are_entered_in_order_on_the_page_of_a_citation(editor: Client) -> None:
    citation = make_citation(make_claim(), is_primary=True)
    url = address(Citation, "change", citation.pk)
    page = opened(editor, url) | {"relays-TOTAL_FORMS": "2"}
    actors = [make_actor("yonhap"), make_actor("reuters")]
    for row, (actor, position) in enumerate(zip(actors, ("1", "0"), strict=True)):
        page |= {f"relays-{row}-actor": str(actor.pk), f"relays-{row}-position": position}
    assert editor.post(url, page).status_code == 302
    assert [relay.actor.slug for relay in citation.relays.all()] == ["reuters", "yonhap"]


def test_other_names_are_entered_on_the_page_of_an_actor(editor: Client) -> None:
    url = address(Actor, "add")
    page = opened(editor, url) | {"slug": "rok", "name": "Republic of Korea", "kind": "state", "country": "KR"}
    page |= {"aliases-TOTAL_FORMS": "2", "aliases-0-name": "Seoul", "aliases-0-position": "0"}
    page |= {"aliases-1-name": "Seoul", "aliases-1-position": "1"}
    assert errors_of(editor.post(url, page))
    assert editor.post(url, page | {"aliases-1-name": "ROK"}).status_code == 302
    assert [alias.name for alias in Alias.objects.order_by("position")] == ["Seoul", "ROK"]


OWN = [model for model in admin.site._registry if model._meta.app_label in {"actors", "sources", "claims"}]


def test_every_entity_has_a_page() -> None:
    entities = {
        model
        for label in ("actors", "sources", "claims")
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model")
    }
    assert entities - set(OWN) == {Alias, Tombstone}  # on the page of its actor; for nobody to change


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_every_page_to_add_has_examples_for_editors(editor: Client, model: type[models.Model]) -> None:
    response = editor.get(address(model, "add"))
    assert response.status_code == 200
    form = response.context["adminform"].form
    plain = [name for name, field in form.fields.items() if name != "version" and not field.help_text]
    needs_none = {"question", "place", "topic", "source", "claim", "actor", "citation"}
    assert set(plain) <= needs_none


def fill(times: int) -> None:
    """`times` rows of every entity, each with relations of its own."""
    for _ in range(times):
        actor = make_actor(parent=make_actor())
        claim = make_published_claim(
            claimant=actor, place=make_place(parent=make_place()), question=make_question(broader=make_question())
        )
        citation = make_citation(claim)
        Relay.objects.create(citation=citation, actor=make_actor())
        Stance.objects.create(claim=claim, actor=make_actor(), kind="denies", source=make_source())
        Basis.objects.create(claim=claim, kind="cites", target_claim=make_claim())
        Basis.objects.create(claim=claim, kind="cites", target_actor=make_actor())
        JointClaimant.objects.create(claim=claim, actor=make_actor())


def queries_of(editor: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert editor.get(url).status_code == 200
    return len(queries)


def test_lists_cost_the_same_for_more_rows(editor: Client) -> None:
    fill(2)
    urls = [address(model, "changelist") for model in OWN]
    few = {url: queries_of(editor, url) for url in urls}
    fill(2)
    assert {url: queries_of(editor, url) for url in urls} == few


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_every_list_is_searched(editor: Client, model: type[models.Model]) -> None:
    fill(1)
    for query, status in (("x", 200), ("%00", 400), ("10,000 ‘’", 200), ("a" * 5000, 200)):
        assert editor.get(address(model, "changelist") + f"?q={query}").status_code == status


@pytest.mark.parametrize("model", [Actor, Source, Claim, Place, Question, Topic])
def test_related_rows_are_offered_by_search(editor: Client, model: type[models.Model]) -> None:
    """Every field that points to another row is filled by a search, not by a list of all rows."""
    for page in (model_admin for owner, model_admin in admin.site._registry.items() if owner in OWN):
        foreign = {
            field.name for field in page.model._meta.fields if isinstance(field, models.ForeignKey) and field.editable
        }
        assert foreign <= set(page.autocomplete_fields), page.model
