"""Drafts that programs record and change."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.errors import ForeignKeyViolation
from pydantic import TypeAdapter

from apps.claims.actions import publish_claim
from apps.claims.models import Citation, Claim, ClaimStatus
from apps.publishing.api import bodies, writing
from apps.publishing.api.openapi import SENT
from apps.publishing.api_tokens import ApiDraft
from tests.factories import make_actor, make_claim, make_place, make_published_claim, make_question, make_source
from tests.publishing.api.asking import V1, compare_with_example, get, told
from tests.publishing.api.tokens import NAME, Program, make_editor, make_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> dict[str, Any]:
    """The least that is a draft."""
    return {
        "question": make_question("how-many").slug,
        "place": make_place("kursk").slug,
        "claimant": make_actor("pentagon").slug,
        "figure": {"stated_value": "more than 10,000"},
        "citation": {"source": make_source("briefing").slug, "quote": "More than 10,000 soldiers", "language": "en"},
    }


def record(program: Program, sent: Any, **headers: str) -> Any:
    response = program.send("post", "/claims", sent, **headers)
    assert response.status_code == 201, response.content
    return response.json()


# --- recording


def test_the_words_of_a_figure_are_read_by_the_one_parser(program: Program, sent: Any) -> None:
    draft = record(program, sent)
    TypeAdapter(bodies.Draft).validate_python(draft)
    assert draft["figure"] == {
        "stated_value": "more than 10,000",
        "qualifier": "more_than",
        "hedged": False,
        "lower": 10000,
        "lower_inclusive": False,
        "upper": None,
        "upper_inclusive": None,
        "point": 10000,
        "override_reason": None,
    }
    claim = Claim.objects.get(public_id=draft["draft"])
    assert (claim.status, claim.lower, claim.lower_inclusive) == (ClaimStatus.DRAFT, Decimal(10000), False)


def test_the_language_of_the_quote_is_that_of_the_words(program: Program, sent: Any) -> None:
    sent["figure"] = {"stated_value": "40여 명"}
    sent["citation"] |= {"quote": "40여 명이", "language": "ko"}
    assert record(program, sent)["figure"]["qualifier"] == "more_than"


def test_numbers_may_be_given_and_are_kept_exactly(program: Program, sent: Any) -> None:
    number = "0.1234567890123"
    ends = ", ".join(f'"{name}": {number}, "{name}_inclusive": true' for name in ("lower", "upper"))
    figure = f'{{"stated_value": "{number}", "qualifier": "exactly", "point": {number}, {ends}}}'
    body = json.dumps(sent | {"figure": 0}).replace('"figure": 0', f'"figure": {figure}')
    response = program.send("post", "/claims", body)
    assert response.status_code == 201, response.content
    assert Claim.objects.get().point == Decimal("0.1234567890123")


def test_everything_that_can_be_said_of_a_claim_is_kept(program: Program, sent: Any) -> None:
    total, earlier = make_published_claim(), make_published_claim(claimant=make_actor("army", parent=make_actor()))
    sent |= {
        "claimant": "army",
        "speaker": "P. Ryder",
        "basis_note": "Intelligence",
        "as_of": {"start": "2024-10", "end": "2024-11-04"},
        "stated_on": "2024-11-05",
        "nature": "count",
        "population": "soldiers",
        "part_of": total.public_id,
        "supersedes": earlier.public_id,
        "revision_kind": "updated",
        "attributes": {"sample": 12.5, "deep": [{"x": None}]},
        "note": "A note",
    }
    sent["citation"] |= {"locator": "page 2", "translated": True, "translation": "More than 10,000"}
    draft = record(program, sent)
    for name, value in sent.items():
        if name != "figure":
            assert draft[name] == value, name
    citation = Citation.objects.get(claim__public_id=draft["draft"])
    assert citation.is_primary
    assert citation.stated_value == "more than 10,000"
    assert citation.lower == 10000


def test_readers_do_not_see_a_draft_until_an_editor_publishes_it(program: Program, sent: Any) -> None:
    address = f"/claims/{record(program, sent)['draft']}"
    told(get(address), 404)
    assert get("/claims").json()["items"] == []
    assert Client().get("/questions/how-many.json").json()["standings"] == []
    publish_claim(claim=Claim.objects.get())
    assert get(address).json()["status"] == "published"


def test_histories_name_the_person_and_the_token(program: Program, sent: Any) -> None:
    record(program, sent)
    editor = get_user_model().objects.get(username="ada")
    for model in ("ClaimEvent", "CitationEvent"):
        event = apps.get_model("claims", model)._default_manager.get()
        assert event.pgh_context.metadata["user"] == editor.pk
        assert event.pgh_context.metadata["api_token"] == NAME
    publish_claim(claim=Claim.objects.get())
    history = get(f"/claims/{Claim.objects.get().public_id}").json()["history"]
    assert history[-1]["by"] == "Ada Byron"


def test_the_answer_says_where_the_draft_is(program: Program, sent: Any) -> None:
    response = program.send("post", "/claims", sent)
    assert response["Location"] == f"{V1}/drafts/{response.json()['draft']}"
    assert response["Cache-Control"] == "private, no-store"
    assert program.send("get", response["Location"].removeprefix(V1)).json() == response.json()


# --- what is refused


@pytest.mark.parametrize(
    ("changes", "pointer", "words"),
    [
        ({"place": "atlantis"}, "/place", "“atlantis” was given; wanted the slug of a place."),
        ({"question": "\0"}, "/question", "wanted the slug of a question."),
        ({"claimant": "nobody"}, "/claimant", "wanted the slug of an actor."),
        ({"part_of": "nothing"}, "/part_of", "wanted the id of a claim that is published."),
        ({"figure": {"stated_value": "1,50"}}, "/figure/stated_value", "The words cannot be read"),
        ({"figure": {"stated_value": "about 5", "qualifier": "maybe"}}, "/figure/qualifier", "Input should be"),
        ({"figure": {"stated_value": "5", "point": "5"}}, "/figure/point", "Wanted a number"),
        ({"figure": {"stated_value": "5", "point": True}}, "/figure/point", "Wanted a number"),
        ({"figure": {"stated_value": "5", "lower": 9, "qualifier": "at_least"}}, "/figure/override_reason", "read as"),
        ({"figure": {"stated_value": ""}}, "/figure/stated_value", "at least 1 character"),
        ({"figure": None}, "/figure", ""),
        ({"as_of": {"start": "yesterday"}}, "/as_of/start", ""),
        ({"as_of": {"start": "2024", "end": "2023"}}, "/as_of/end", "cannot end before it starts"),
        ({"stated_on": "2024-02-30"}, "/stated_on", ""),
        ({"nature": "guess"}, "/nature", "Input should be"),
        ({"supersedes": None, "revision_kind": "updated"}, "/revision_kind", "both or neither"),
        ({"attributes": {"x": "\0"}}, "/attributes", "Null characters are not allowed."),
        ({"attributes": []}, "/attributes", ""),
        ({"speaker": "x" * 201}, "/speaker", "at most 200 characters"),
        ({"speaker": "\0"}, "/speaker", "Null characters are not allowed."),
        ({"citation": {"source": "nothing", "quote": "x"}}, "/citation/source", "wanted the slug of a source."),
        ({"figure": {"stated_value": "5", "qualifier": "exactly", "lower": True}}, "/figure/lower", "Wanted a number."),
        ({"citation": {"quote": "x"}}, "/citation/source", "Field required."),
        ({"citation": {"source": "briefing", "language": "English!"}}, "/citation/language", "language code"),
        ({"status": "published"}, "/status", "Extra inputs are not permitted."),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_nothing_is_kept(
    program: Program, sent: Any, changes: dict[str, Any], pointer: str, words: str
) -> None:
    problem = told(program.send("post", "/claims", sent | changes), 422)
    assert pointer in [error["pointer"] for error in problem["errors"]]
    assert words in " ".join(error["detail"] for error in problem["errors"])
    assert not Claim.objects.exists()
    assert not ApiDraft.objects.exists()


def test_all_that_is_wrong_is_told_at_once(program: Program, sent: Any) -> None:
    sent |= {"place": "atlantis", "stated_on": "2024-02-30", "figure": {"stated_value": "1,50"}}
    sent["citation"]["language"] = "English!"
    problem = told(program.send("post", "/claims", sent), 422)
    pointers = {error["pointer"] for error in problem["errors"]}
    assert pointers == {"/place", "/stated_on", "/figure/stated_value", "/citation/language"}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "nothing",
        '{"a": NaN}',
        '{"a": 1, "a": 2}',
        "[" * 100_000,
        '{"question": ' + "1" * 5000 + "}",
        b"\xff\xfe",
    ],
)
def test_what_is_no_json_is_a_problem(program: Program, body: Any) -> None:
    response = program.send("post", "/claims", body)
    told(response, 422 if body == "" else 400)


@pytest.mark.parametrize("text", ['"\\ud800"', '{"x": "\\ud800"}', '{"\\ud800": 1}', "1e400", "-1e-400", "1e99999999"])
@pytest.mark.parametrize("name", ["question", "note", "attributes", "figure"])
def test_what_no_database_holds_is_a_problem(program: Program, sent: Any, name: str, text: str) -> None:
    given = {key: json.dumps(value) for key, value in sent.items()} | {name: text}
    if name == "attributes" and not text.startswith("{"):
        given["attributes"] = f'{{"x": {text}}}'
    if name == "figure":
        given["figure"] = f'{{"stated_value": "5", "qualifier": "at_least", "lower": {text}, "lower_inclusive": true}}'
    body = "{" + ", ".join(f'"{key}": {value}' for key, value in given.items()) + "}"
    response = program.send("post", "/claims", body)
    if response.status_code == 201:  # small enough to be nothing
        assert name == "attributes"
        assert text == "-1e-400"
    else:
        told(response, 422)


def test_deep_attributes_are_a_problem_or_kept(program: Program, sent: Any) -> None:
    for depth in (50, 900, 3000, 9000):
        body = json.dumps(sent)[:-1] + ', "attributes": {"x": ' + "[" * depth + "]" * depth + "}}"
        response = program.send("post", "/claims", body)
        assert response.status_code in (201, 400, 422), (depth, response.content)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"])
def test_another_kind_of_body_is_a_problem(program: Program, sent: Any, kind: str) -> None:
    headers = {"Authorization": f"Bearer {program.secret}"}
    response = program.client.post(f"{V1}/claims", json.dumps(sent), content_type=kind, headers=headers)
    assert "wanted application/json" in told(response, 415)["detail"]


def test_a_body_that_is_too_large_is_a_problem(program: Program, settings: Any, sent: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert "larger" in told(program.send("post", "/claims", sent), 413)["detail"]


# --- the same request twice


def test_a_request_with_a_key_records_once(program: Program, sent: Any) -> None:
    first = program.send("post", "/claims", sent, Idempotency_Key="k1")
    again = program.send("post", "/claims", sent, Idempotency_Key="k1")
    assert again.status_code == 201
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Claim.objects.count() == 1
    assert record(program, sent, Idempotency_Key="k2")["draft"] != first.json()["draft"]


def test_a_key_with_another_body_is_a_conflict(program: Program, sent: Any) -> None:
    record(program, sent, Idempotency_Key="k1")
    response = program.send("post", "/claims", sent | {"note": "Other"}, Idempotency_Key="k1")
    assert "another body" in told(response, 409)["detail"]


def test_a_key_whose_draft_is_gone_is_a_conflict(program: Program, sent: Any) -> None:
    record(program, sent, Idempotency_Key="k1")
    Claim.objects.get().delete()
    assert "is gone" in told(program.send("post", "/claims", sent, Idempotency_Key="k1"), 409)["detail"]


def test_without_a_key_the_same_is_recorded_twice(program: Program, sent: Any) -> None:
    assert record(program, sent)["draft"] != record(program, sent)["draft"]


def test_two_tokens_may_use_the_same_key(program: Program, sent: Any) -> None:
    other = Program(make_token(make_editor("grace"), name="other")[1])
    assert record(program, sent, Idempotency_Key="k")["draft"] != record(other, sent, Idempotency_Key="k")["draft"]


@pytest.mark.parametrize("key", ["x" * 256, "a b", "é"])
def test_a_key_that_is_none_is_a_problem(program: Program, sent: Any, key: str) -> None:
    told(program.send("post", "/claims", sent, Idempotency_Key=key), 400)


# --- changing


def test_members_that_are_left_out_stay(program: Program, sent: Any) -> None:
    draft = record(program, sent | {"note": "A note", "speaker": "P. Ryder"})
    change = {"version": draft["version"], "note": None, "stated_on": "2024-11-05"}
    after = program.send("patch", f"/drafts/{draft['draft']}", change).json()
    assert after["version"] != draft["version"]
    assert after | {"version": 0, "note": "A note", "stated_on": None} == draft | {"version": 0}


def test_a_new_figure_is_read_anew_and_the_citation_follows(program: Program, sent: Any) -> None:
    draft = record(program, sent)
    change = {"version": draft["version"], "figure": {"stated_value": "at most 40"}}
    after = program.send("patch", f"/drafts/{draft['draft']}", change).json()
    assert (after["figure"]["qualifier"], after["figure"]["upper"], after["figure"]["lower"]) == ("up_to", 40, None)
    assert Citation.objects.get().stated_value == "at most 40"


def test_a_figure_that_an_editor_gave_the_citation_stays(program: Program, sent: Any) -> None:
    record(program, sent)
    Citation.objects.update(stated_value="over 10,000")
    draft = program.send("get", f"/drafts/{Claim.objects.get().public_id}").json()
    change = {"version": draft["version"], "figure": {"stated_value": "at most 40"}}
    assert program.send("patch", f"/drafts/{draft['draft']}", change).status_code == 200
    assert Citation.objects.get().stated_value == "over 10,000"


def test_what_somebody_saved_meanwhile_is_not_overwritten(program: Program, sent: Any) -> None:
    draft = record(program, sent)
    address = f"/drafts/{draft['draft']}"
    assert program.send("patch", address, {"version": draft["version"], "note": "One"}).status_code == 200
    problem = told(program.send("patch", address, {"version": draft["version"], "note": "Two"}), 409)
    assert "saved this draft after you saw it" in problem["detail"]
    assert Claim.objects.get().note == "One"


def test_what_is_no_draft_any_more_is_left_to_editors(program: Program, sent: Any) -> None:
    draft = record(program, sent)
    publish_claim(claim=Claim.objects.get())
    problem = told(program.send("patch", f"/drafts/{draft['draft']}", {"version": draft["version"], "note": "x"}), 409)
    assert "is published and no draft any more" in problem["detail"]


def test_a_bad_change_is_told_and_changes_nothing(program: Program, sent: Any) -> None:
    draft = record(program, sent)
    change = {"version": draft["version"], "figure": {"stated_value": "1,50"}, "note": "x"}
    problem = told(program.send("patch", f"/drafts/{draft['draft']}", change), 422)
    assert [error["pointer"] for error in problem["errors"]] == ["/figure/stated_value"]
    assert Claim.objects.get().note == ""


@pytest.mark.parametrize("name", ["question", "place", "claimant", "figure", "citation", "nature", "attributes"])
def test_what_a_claim_cannot_be_without_is_not_emptied(program: Program, sent: Any, name: str) -> None:
    draft = record(program, sent)
    change = {"version": draft["version"], name: None}
    told(program.send("patch", f"/drafts/{draft['draft']}", change), 422)


def test_a_change_names_the_version_that_it_saw(program: Program, sent: Any) -> None:
    problem = told(program.send("patch", f"/drafts/{record(program, sent)['draft']}", {"note": "x"}), 422)
    assert problem["errors"][0]["pointer"] == "/version"


def test_a_draft_whose_citation_is_gone_says_so(program: Program, sent: Any) -> None:
    record(program, sent)
    Citation.objects.all().delete()
    draft = program.send("get", f"/drafts/{Claim.objects.get().public_id}").json()
    assert draft["citation"] is None
    change = {"version": draft["version"], "note": "x"}
    problem = told(program.send("patch", f"/drafts/{draft['draft']}", change), 422)
    assert problem["errors"][0]["pointer"] == "/citation/source"
    change["citation"] = sent["citation"]
    assert program.send("patch", f"/drafts/{draft['draft']}", change).status_code == 200
    assert Citation.objects.get().is_primary


# --- whose drafts


def test_drafts_are_those_of_the_same_person_only(program: Program, sent: Any) -> None:
    draft = record(program, sent)
    made_by_hand = make_claim()
    same = Program(make_token(get_user_model().objects.get(username="ada"), name="successor")[1])
    other = Program(make_token(make_editor("grace"), name="other")[1])
    change = {"version": draft["version"], "note": "x"}
    assert [row["draft"] for row in same.send("get", "/drafts").json()["items"]] == [draft["draft"]]
    assert other.send("get", "/drafts").json()["items"] == []
    told(other.send("get", f"/drafts/{draft['draft']}"), 404)
    told(other.send("patch", f"/drafts/{draft['draft']}", change), 404)
    told(program.send("get", f"/drafts/{made_by_hand.public_id}"), 404)
    assert same.send("patch", f"/drafts/{draft['draft']}", change).status_code == 200


def test_a_published_draft_leaves_the_list(program: Program, sent: Any) -> None:
    record(program, sent)
    publish_claim(claim=Claim.objects.get())
    assert program.send("get", "/drafts").json()["items"] == []


def test_queries_of_the_list_do_not_grow(program: Program, sent: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert program.send("get", "/drafts").status_code == 200
        return len(captured)

    record(program, sent)
    queries()  # notes when the token was used
    few = queries()
    for _ in range(3):
        record(program, sent)
    assert queries() == few


# --- the examples


def test_the_examples_are_what_the_demo_answers(demo: None, program: Program) -> None:
    draft = record(program, SENT["record"])
    compare_with_example("record", draft)
    compare_with_example("draft", program.send("get", f"/drafts/{draft['draft']}").json())
    listed = program.send("get", "/drafts").json()
    for row in listed["items"]:
        row |= {"draft": "k3wzv9hxp", "url": f"{V1}/drafts/k3wzv9hxp", "recorded_at": "2026-11-01T12:00:00+00:00"}
    compare_with_example("drafts", listed)
    change = SENT["change"] | {"version": draft["version"]}
    compare_with_example("change", program.send("patch", f"/drafts/{draft['draft']}", change).json())


def test_what_was_removed_while_a_draft_was_recorded_is_a_conflict(
    program: Program, sent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(**given: Any) -> Any:
        raise IntegrityError("no such question") from ForeignKeyViolation("no such question")

    monkeypatch.setattr(writing, "record_draft", late)
    response = program.send("post", "/claims", sent)
    assert response.status_code == 409
    assert "was removed at this very moment" in response.json()["detail"]


def test_no_other_breach_is_called_a_conflict(program: Program, sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(**given: Any) -> Any:
        raise IntegrityError("a rule of ours")

    monkeypatch.setattr(writing, "record_draft", wrong)
    with pytest.raises(IntegrityError):
        program.send("post", "/claims", sent)


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ("[]", 422, "The body: Wanted a JSON object."),
        ("", 422, "The body: Wanted a JSON object."),
        ('{"attributes": {"n": ' + "1" * 5000 + "}}", 400, "JSON in UTF-8: a number has more than 1,000 digits."),
    ],
)
def test_sentences_say_what_was_wanted_and_nothing_of_what_runs_here(
    program: Program, body: str, status: int, sentence: str
) -> None:
    response = program.client.post(
        "/api/v1/claims", body, content_type="application/json", headers={"Authorization": f"Bearer {program.secret}"}
    )
    assert response.status_code == status
    assert sentence in response.json()["detail"]
