"""What everybody may read through the API."""

import json
import re
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from django.test import Client
from pydantic import TypeAdapter

from apps.claims.actions import rename
from apps.claims.models import Claim, Correction, Question, Topic
from apps.publishing.api import schemas
from apps.publishing.api.openapi import document
from tests.factories import make_actor, make_place, make_source
from tests.publishing.api.asking import LISTS, V1, compare_with_example, example_address, get, operations, told, walked

READING = sorted(name for name, (method, path, _) in operations().items() if method == "get" and "drafts" not in path)
#: What the examples in the OpenAPI document ask for beside the path.
QUERIES = {name: {"limit": "1"} for name in LISTS} | {"comparison": {"on": "2024-11-05", "place": "kursk-oblast"}}


@pytest.fixture
def everything(demo: None) -> None:
    """The demo and a correction, of which it has none."""
    claim = Claim.objects.get(public_id="c064")
    columns = {"what_was_wrong": "A digit.", "what_was_done": "Mended.", "corrected_on": "2025-01-01"}
    Correction.objects.create(public_id="k001", claim=claim, **columns)


def schema_of(name: str) -> Any:
    content = operations()[name][2]["responses"]["200"]["content"]["application/json"]
    return getattr(schemas, content["schema"]["$ref"].rpartition("/")[2])


# --- what is answered


@pytest.mark.parametrize("name", READING)
def test_an_answer_is_what_is_described(everything: None, name: str) -> None:
    response = Client().get(example_address(name), QUERIES.get(name))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    TypeAdapter(schema_of(name)).validate_json(response.content)


@pytest.mark.parametrize("name", READING)
def test_the_example_is_what_the_demo_answers(everything: None, name: str) -> None:
    compare_with_example(name, Client().get(example_address(name), QUERIES.get(name)).json())


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/questions/troops-present/comparison", "/questions/troops-present.json"),
        ("/questions/troops-present/comparison?on=2024-11-05&rollup=1&strict=1&place=russia", None),
        ("/claims/c064", "/claims/c064.json"),
        ("/actors/ua-president", "/actors/ua-president.json"),
        ("/sources/aj-20241105", "/sources/aj-20241105.json"),
    ],
)
def test_it_says_the_same_as_the_page_does_for_machines(demo: None, address: str, page: str | None) -> None:
    page = page or address.replace("/comparison", ".json")
    assert get(address).content == Client().get(page).getvalue()


def test_the_index_names_every_list(demo: None) -> None:
    index = get("/").json()
    assert index["lists"] == [f"http://testserver{V1}/{name}" for name in LISTS]
    for address in (index["openapi"], index["docs"], *index["lists"]):
        assert Client().get(address).status_code == 200


# --- lists in slices


@pytest.mark.parametrize("name", ["topics", "questions", "actors", "places", "sources", "claims"])
def test_slices_hold_every_row_once_whatever_their_size(demo: None, name: str) -> None:
    key = "claim" if name == "claims" else "slug"
    whole = [row[key] for row in walked(f"/{name}", 200)]
    assert len(whole) == len(set(whole)) > 0
    for limit in (7, 50):
        assert [row[key] for row in walked(f"/{name}", limit)] == whole


def test_claims_come_last_recorded_first_and_all_of_them(demo: None) -> None:
    ids = [row["claim"] for row in walked("/claims", 50)]
    rows = Claim.objects.published().order_by("-recorded_at", "id").values_list("public_id", flat=True)
    assert ids == list(rows)


def test_a_header_leads_to_the_next_slice(demo: None) -> None:
    response = get("/questions?limit=3&topic=dprk-troops-russia")
    found = re.fullmatch(r'<http://testserver(.*)>; rel="next"', response["Link"])
    assert found is not None
    following = Client().get(found[1]).json()
    assert [row["slug"] for row in following["items"]] == [row["slug"] for row in walked("/questions", 50)][3:6]
    assert "Link" not in get("/topics")


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "WyJ0b3BpY3MiXQ",  # ["topics"]
        "WyJhY3RvcnMiLCAiYSJd",  # ["actors", "a"]
        "WyJ0b3BpY3MiLCAxXQ",  # ["topics", 1]
        "WyJ0b3BpY3MiLCAiXHUwMDAwIl0",  # ["topics", "\\u0000"]
        "WyJ0b3BpY3MiLCAiXHVkODAwIl0",  # ["topics", "\\ud800"]
        "W1tbW1tbW1tb",
        "é",
        "a" * 5000,
    ],
)
def test_a_cursor_of_no_answer_is_refused(demo: None, cursor: str) -> None:
    problem = told(get("/topics", query_params={"cursor": cursor}), 400)
    assert problem["errors"][0]["parameter"] == "cursor"
    assert "wanted the next of an earlier answer of this list" in problem["detail"]


def test_a_cursor_with_other_letters_that_decode_to_the_same_is_refused(demo: None) -> None:
    cursor = get("/claims", query_params={"limit": "1"}).json()["next"]
    assert get("/claims", query_params={"cursor": cursor}).status_code == 200
    told(get("/claims", query_params={"cursor": f"{cursor[:5]}*!{cursor[5:]}"}), 400)


@pytest.mark.parametrize("values", [["2024-13-01T00:00:00+00:00", "1"], ["2024-01-01T00:00:00", "1"], ["x", "y"]])
def test_a_forged_moment_in_a_cursor_is_refused(demo: None, values: list[str]) -> None:
    cursor = urlsafe_b64encode(json.dumps(["claims", *values]).encode()).decode()
    told(get("/claims", query_params={"cursor": cursor}), 400)


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "ten", "٣", "9" * 5000])
def test_a_limit_out_of_range_is_refused(demo: None, limit: str) -> None:
    assert "wanted a number from 1 to 200" in told(get("/topics", query_params={"limit": limit}), 400)["detail"]


# --- filters


def test_strict_claims_are_read_as_stated(demo: None) -> None:
    loose = get("/claims?limit=200&qualifier=about").json()["items"]
    strict = get("/claims?limit=200&qualifier=about&strict=1").json()["items"]
    assert [row["claim"] for row in loose] == [row["claim"] for row in strict]
    assert any(row["read_as"]["lower"] != row["point"] for row in loose)
    assert {row["read_as"]["rule"] for row in loose} != {row["read_as"]["rule"] for row in strict}


def test_other_lists_are_filtered_by_their_facets(demo: None) -> None:
    assert {row["measure"] for row in walked("/questions?measure=stock", 200)} == {"stock"}
    assert {row["kind"] for row in walked("/actors?kind=media", 200)} == {"media"}
    assert {row["publisher"] for row in walked("/sources?publisher=aju-press", 200)} == {"aju-press"}
    assert {row["kind"] for row in walked("/sources?kind=wire", 200)} <= {"wire"}


def test_the_past_is_read_as_it_was(demo: None) -> None:
    assert get("/topics?known=2020-01-01").json() == {"items": [], "next": None}
    told(get("/topics/dprk-troops-russia?known=2020-01-01"), 404)


# --- what goes wrong


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/claims?place=atlantis", "place"),
        ("/claims?claimant=nobody", "claimant"),
        ("/claims?qualifier=maybe", "qualifier"),
        ("/claims?from=2025&to=2024", "to"),
        ("/claims?topic=nothing", "topic"),
        ("/claims?question=nothing", "question"),
        ("/claims?strict=yes", "strict"),
        ("/claims?known=3000-01-01", "known"),
        ("/questions?measure=mood", "measure"),
        ("/questions?topic=%00", "topic"),
        ("/questions/troops-present/comparison?on=2024-02-30", "on"),
        ("/questions/troops-present/comparison?rollup=2", "rollup"),
        ("/actors?kind=alien", "kind"),
        ("/sources?publisher=nobody", "publisher"),
        ("/corrections?topic=nothing", "topic"),
    ],
)
def test_a_bad_parameter_is_a_problem_that_names_it(demo: None, address: str, parameter: str) -> None:
    problem = told(get(address), 400)
    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    assert problem["detail"].startswith(f"{parameter}: “")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/questions/nothing", "No question is called “nothing”."),
        ("/claims/nothing", "No published claim has the id “nothing”."),
        ("/corrections/nothing", "No correction has the id “nothing”."),
        ("/nothing", "Nothing is at this address"),
        ("/topics/", "Nothing is at this address"),
        ("/claims/Ü", "Nothing is at this address"),
    ],
)
def test_what_is_not_there_is_a_problem(demo: None, address: str, sentence: str) -> None:
    assert sentence in told(get(address), 404)["detail"]


def test_another_method_is_a_problem_that_names_those_allowed(demo: None) -> None:
    response = Client().delete(f"{V1}/topics")
    told(response, 405)
    assert set(response["Allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("path", ["claims", "claims/c064", "nothing", "claims?limit=0"])
def test_scripts_of_other_sites_may_read_and_get_no_cookie(client: Client, path: str) -> None:
    for ask in (client.get, client.head):
        response = ask(f"/api/v1/{path}")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies
    assert "Access-Control-Allow-Origin" not in client.post("/api/v1/claims", {}, content_type="application/json")
    told(Client().post(f"{V1}/openapi.json"), 405)


def test_a_wrong_host_is_a_problem_too(demo: None) -> None:
    told(get("/topics", headers={"Host": "evil.example"}), 400)


def test_a_failure_of_ours_is_a_problem_too(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.publishing.api.listed.topic", lambda row: 1 / 0)
    client = Client(raise_request_exception=False)
    assert "not in your request" in told(client.get(f"{V1}/topics"), 500)["detail"]


def test_elsewhere_errors_stay_pages(demo: None) -> None:
    assert Client().get("/nothing/")["Content-Type"].startswith("text/html")


# --- old addresses


@pytest.mark.parametrize("kind", ["topics", "questions", "actors", "places", "sources"])
def test_an_old_slug_redirects_within_the_api(demo: None, kind: str) -> None:
    slug = get(f"/{kind}?limit=1").json()["items"][0]["slug"]
    model = {"topics": Topic, "questions": Question}.get(kind)
    if model is None:
        model = type(make_actor() if kind == "actors" else make_place() if kind == "places" else make_source())
    rename(entity=model._default_manager.get(slug=slug), new_slug=f"{slug}-anew")
    response = get(f"/{kind}/{slug}?known=")
    assert response.status_code == 301
    assert response["Location"] == f"{V1}/{kind}/{slug}-anew?known="
    assert Client().get(response["Location"]).json()["slug"] == f"{slug}-anew"


# --- the description itself


def test_every_operation_has_an_example_of_its_answer_and_of_every_error() -> None:
    for name, (_, _, operation) in operations().items():
        assert operation["description"].endswith("."), name
        for code, response in operation["responses"].items():
            for content in response.get("content", {}).values():
                assert "example" in content, (name, code)


def test_every_parameter_says_what_it_is() -> None:
    for name, (_, _, operation) in operations().items():
        for one in operation["parameters"]:
            assert "example" in one, (name, one["name"])
            assert one["in"] == "path" or one["description"].endswith("."), (name, one["name"])


def test_the_document_is_served_as_it_is(demo: None) -> None:
    response = get("/openapi.json")
    assert response.json() == document()
    assert response.json()["openapi"] == "3.1.0"


def test_the_page_names_every_operation(demo: None) -> None:
    page = get("/docs").content.decode()
    for method, path, _ in operations().values():
        assert f"<code>{method.upper()} {path}</code>" in page
    introduction = page.partition("<h1>")[2].partition("<nav")[0]
    assert introduction.count('class="lead"') == 1
    assert "`" not in introduction
