"""Pages of frozen comparisons: drawn from the document alone; the form that freezes; the list."""

import csv
import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from apps.actors.as_known import newest_change
from apps.claims.models import Question
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.queries import ComparisonQuery
from apps.comparisons.records import Places, compare_question
from apps.publishing.models import FrozenComparison
from apps.publishing.pages import FrozenPage, banner_of, cite_frozen
from apps.publishing.tables import long_rows, printed_of
from apps.publishing.thawed import thaw
from tests.publishing.frozen_example import EXAMPLE, ID, SHA256, make_example
from tests.publishing.test_frozen import freeze_now

pytestmark = pytest.mark.django_db
NEW = "/frozen/new/?question=troops-sent"


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    ada = get_user_model().objects.create_user("ada", is_staff=True)
    ada.user_permissions.add(Permission.objects.get(codename="add_frozencomparison"))
    client.force_login(ada)
    return client


def page_of(row: FrozenComparison) -> FrozenPage:
    return FrozenPage.of(row)


# --- from the document alone


def test_the_page_is_drawn_without_the_database() -> None:
    row = make_example()
    with CaptureQueriesContext(connection) as queries:
        page = page_of(row)
        html = render_to_string("publishing/frozen.html#document", {"page": page})
        assert list(long_rows(printed_of(page.compared.own, {}), host="https://x.test", on=page.on))
        assert cite_frozen(page, host="https://x.test", accessed=page.on).sha256 == SHA256
    assert list(queries) == []
    given = json.loads(EXAMPLE)
    assert given["question"]["title"] in html
    assert SHA256 in html
    assert '<table class="forest">' in html


def test_an_old_document_is_read_on_a_site_that_holds_nothing_else(client: Client) -> None:
    make_example()
    response = client.get(f"/frozen/{ID}/")
    assert response.status_code == 200
    assert "The question is not on this site any more." in response.text


QUESTIONS = ("troops-sent", "killed", "killed-or-wounded", "troops-planned", "containers-shipped", "casualty-share")


@pytest.mark.parametrize("slug", QUESTIONS)
@pytest.mark.parametrize("query", [{}, {"is_strict": True}, {"is_rolled_up": True}])
def test_it_shows_what_the_comparison_shows(demo: None, slug: str, query: dict[str, Any]) -> None:
    frozen = page_of(freeze_now(slug, **query))
    question = Question.objects.select_related("topic", "broader").get(slug=slug)
    asked = ComparisonQuery(on=frozen.on, known=newest_change(), **query)
    live = ComparisonPage(compare_question(question, asked, places=Places.load(), today=frozen.on))
    frozen.__dict__["slots"] = live.slots  # colours: a document holds fewer claims of other questions
    for part in ("verdict", "forest", "citations", "stances_listed", "apart", "parts"):
        name = f"comparisons/_{part}.html"
        assert render_to_string(name, {"page": frozen}) == render_to_string(name, {"page": live}), part
    for name in ("on_file", "origins", "measure_words"):
        assert getattr(frozen, name) == getattr(live, name)
    assert frozen.compared.summary == live.compared.summary
    assert frozen.compared.tendencies == live.compared.tendencies
    assert frozen.known_words == live.known_words
    assert frozen.tolerance_percent == live.tolerance_percent


def test_conventions_of_today_change_nothing(settings: Any) -> None:
    row = make_example()
    before = render_to_string("publishing/frozen.html#document", {"page": page_of(row)})
    settings.PARALLAX_TOLERANCE, settings.PARALLAX_WINDOW_DAYS = "0.5", 99
    assert render_to_string("publishing/frozen.html#document", {"page": page_of(row)}) == before


def test_readings_are_taken_from_the_document() -> None:
    """Not from today's rules: these would read another number out of the same words."""
    document = json.loads(EXAMPLE)
    read = next(row for row in document["claims"] if row["read_as"] and row["read_as"]["lower"])
    read["read_as"]["lower"] = "7"
    compared = thaw(json.dumps(document).encode())
    reading = compared.reading_of(compared.facts[read["claim"]])
    assert reading is not None
    assert reading.interval.lower == 7


def test_the_table_is_that_of_the_comparison(demo: None, client: Client) -> None:
    row = freeze_now()
    query = json.loads(bytes(row.document))["query"]["address"]
    live = client.get(f"/questions/troops-sent.csv?{query}").getvalue()
    response = client.get(f"/frozen/{row.public_id}.csv")
    table = response.getvalue()
    assert table == live
    assert len(list(csv.reader(table.decode().splitlines()))) > 10
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["ETag"] == f'"{row.sha256}-csv"'


def test_the_workbook_holds_the_table_and_says_what_it_is_but_not_when_it_was_asked_for(client: Client) -> None:
    make_example()
    response = client.get(f"/frozen/{ID}.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(response.getvalue()))
    about = dict(book.get_sheet_by_name("About").to_python())
    claims = book.get_sheet_by_name("Claims").to_python()
    assert about["Address"] == f"http://testserver/frozen/{ID}/"
    assert about["SHA-256"] == SHA256
    assert "Accessed" not in about
    table = list(csv.reader(client.get(f"/frozen/{ID}.csv").getvalue().decode().splitlines()))
    assert (claims[0], len(claims)) == (table[0], len(table))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


FILES = [".csv", ".xlsx", ".json"]
PICTURES = [".svg", ".png", ".svg?view=time", ".png?view=time", ".svg?theme=dark", "/share.png"]


@pytest.mark.parametrize("suffix", PICTURES)
def test_its_pictures_are_made_of_the_document_alone_and_kept_for_ever(client: Client, suffix: str) -> None:
    make_example()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/frozen/{ID}{suffix}")
    asked_for = [re.findall(r'FROM "(\w+)"', one["sql"]) for one in queries]
    assert [tables for tables in asked_for if tables] == [["publishing_frozencomparison"]]
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(f"/frozen/{ID}{suffix}", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("suffix", FILES)
def test_who_has_a_file_already_is_told_so(client: Client, suffix: str) -> None:
    make_example()
    tag = client.get(f"/frozen/{ID}{suffix}")["ETag"]
    assert client.get(f"/frozen/{ID}{suffix}", headers={"If-None-Match": tag}).status_code == 304


def test_each_of_its_files_has_a_tag_of_its_own(client: Client) -> None:
    make_example()
    tags = {client.get(f"/frozen/{ID}{suffix}")["ETag"] for suffix in (*PICTURES, ".json", ".csv", ".xlsx")}
    assert len(tags) == len(PICTURES) + 3
    assert all(SHA256 in tag for tag in tags)


def test_its_picture_names_its_days_and_its_address(client: Client) -> None:
    make_example()
    for query in ("", "?view=time"):
        svg = client.get(f"/frozen/{ID}.svg{query}").text
        assert json.loads(EXAMPLE)["question"]["title"] in svg
        assert f"Parallax, http://testserver/frozen/{ID}/" in svg
        assert ". Frozen " in svg


@pytest.mark.parametrize("query", ["view=side", "theme=red"])
def test_what_no_frozen_picture_has_gets_a_sentence(client: Client, query: str) -> None:
    make_example()
    response = client.get(f"/frozen/{ID}.svg?{query}")
    assert response.status_code == 400
    assert "wanted" in response.text


def test_networks_find_the_picture_of_a_frozen_comparison(client: Client) -> None:
    make_example()
    image = re.findall(r'<meta property="og:image" content="([^"]*)">', client.get(f"/frozen/{ID}/").text)
    assert image == [f"http://testserver/frozen/{ID}/share.png"]


@pytest.mark.parametrize("suffix", ["bib", "ris", "csl.json"])
def test_it_is_cited_with_its_hash(client: Client, suffix: str) -> None:
    make_example()
    response = client.get(f"/frozen/{ID}.{suffix}")
    assert response.status_code == 200
    assert SHA256 in response.text
    assert f"http://testserver/frozen/{ID}/" in response.text


def test_the_page_names_hash_and_how_to_check_it(client: Client) -> None:
    make_example()
    text = client.get(f"/frozen/{ID}/").text
    assert SHA256 in text
    assert "sha256sum" in text
    assert f'href="/frozen/{ID}.json"' in text
    assert json.loads(EXAMPLE)["software"]["version"] in text


@pytest.mark.parametrize("suffix", ["/", ".json", ".csv", ".bib", ".ris", ".csl.json"])
def test_more_digits_and_capitals_lead_to_the_short_id_in_every_form(client: Client, suffix: str) -> None:
    make_example()
    for digits in (SHA256, SHA256[:13], ID.upper()):
        response = client.get(f"/frozen/{digits}{suffix}")
        assert (response.status_code, response["Location"]) == (301, f"/frozen/{ID}{suffix}")
    assert client.get(f"/frozen/{'0' * 12}{suffix}").status_code == 404


def test_the_page_asks_no_more_for_more_claims(demo: None, client: Client) -> None:
    few, many = freeze_now("containers-shipped"), freeze_now("killed-or-wounded")
    counts = []
    for row in (few, many):
        page = page_of(row)
        with CaptureQueriesContext(connection) as queries:
            banner_of(page)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


# --- freezing


def test_readers_are_sent_to_sign_in_and_come_back(demo: None, client: Client) -> None:
    response = client.get(NEW)
    assert response.status_code == 302
    assert response["Location"] == "/admin/login/?next=/frozen/new/%3Fquestion%3Dtroops-sent"
    assert "no-store" in response["Cache-Control"]
    posted = client.post("/frozen/", {"question": "troops-sent", "on": "2025-01-01"})
    assert posted["Location"].startswith("/admin/login/?next=/frozen/new/%3Fquestion%3Dtroops-sent%26on%3D2025-01-01")
    assert not FrozenComparison.objects.exists()


@pytest.mark.parametrize("is_staff", [False, True])
def test_who_may_not_freeze_does_not(demo: None, client: Client, is_staff: bool) -> None:
    client.force_login(get_user_model().objects.create_user("reader", is_staff=is_staff))
    assert client.get(NEW).status_code == 403
    assert client.post("/frozen/", {"question": "troops-sent"}).status_code == 403


def test_the_form_freezes_what_it_shows(demo: None, editor: Client) -> None:
    shown = editor.get(f"{NEW}&place=russia&strict=1")
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    fields = dict(re.findall(r'<input type="hidden" name="(?!csrf)(\w+)" value="([^"]*)">', shown.text))
    assert set(fields) == {"question", "place", "on", "known", "strict"}
    response = editor.post("/frozen/", fields)
    assert response.status_code == 303
    row = FrozenComparison.objects.get()
    assert response["Location"] == f"/frozen/{row.public_id}/"
    assert row.frozen_by is not None
    assert row.frozen_by.username == "ada"
    found = json.loads(bytes(row.document))
    assert (found["query"]["on"], found["query"]["known"]) == (fields["on"], fields["known"])
    assert found["summary"] in re.sub("<[^>]+>", "", shown.text).replace("&#x27;", "'")
    assert editor.post("/frozen/", fields)["Location"] == response["Location"]
    again = editor.get("/frozen/new/", fields)
    assert dict(re.findall(r'<input type="hidden" name="(?!csrf)(\w+)" value="([^"]*)">', again.text)) == fields


def test_one_post_of_the_question_alone_is_enough(demo: None, editor: Client) -> None:
    assert editor.post("/frozen/", {"question": "troops-sent"}).status_code == 303
    assert FrozenComparison.objects.get().question_slug == "troops-sent"


def test_without_a_token_nothing_is_frozen(demo: None, editor: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    assert strict.post("/frozen/", {"question": "troops-sent"}).status_code == 403
    assert not FrozenComparison.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("question", "nothing", "the slug of a question"),
        ("question", "", "the slug of a question"),
        ("on", "never", "a day like 2024-11-05"),
        ("known", "2999-01-01", "that is over"),
        ("place", "nowhere", "the slug of a place"),
        ("claimant", "nobody", "the slug of a claimant"),
        ("qualifier", "perhaps", "one of exactly"),
        ("strict", "2", "one of 0, 1"),
    ],
)
def test_junk_is_refused_with_a_sentence(demo: None, editor: Client, field: str, value: str, sentence: str) -> None:
    given = {"question": "troops-sent"} | {field: value}
    for response in (editor.get("/frozen/new/", given), editor.post("/frozen/", given)):
        assert response.status_code == 400
        assert sentence in response.text
    assert not FrozenComparison.objects.exists()


def test_the_comparison_leads_there_without_a_token(demo: None, client: Client, editor: Client) -> None:
    text = client.get("/questions/troops-sent/?place=russia&on=2025-01-31").text
    assert 'href="/frozen/new/?question=troops-sent&amp;place=russia&amp;on=2025-01-31"' in text
    assert "csrf" not in text


# --- the list


def test_nothing_is_frozen_yet(client: Client) -> None:
    assert "Nothing is frozen yet." in client.get("/frozen/").text


def test_the_list_names_question_days_and_id(demo: None, client: Client) -> None:
    row = freeze_now()
    text = client.get("/frozen/").text
    found = json.loads(bytes(row.document))
    assert f'href="/frozen/{row.public_id}/"' in text
    assert found["question"]["title"] in text
    assert "csrf" not in text


def test_the_list_asks_no_more_for_more_rows(demo: None, client: Client) -> None:
    counts = []
    for slug in ("troops-sent", "killed"):
        freeze_now(slug)
        client.get("/frozen/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/frozen/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert client.get("/frozen/?page=2").status_code == 400
