"""Lists and comparisons as CSV, .xlsx and JSON."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import IO, Any
from zipfile import ZipFile

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from apps.actors.models import Actor
from apps.claims.cells import guarded, unguarded
from apps.claims.models import Claim, Question
from apps.comparisons.queries import read_comparison_query
from apps.comparisons.records import Places, compare_question, own_claims, position_date
from apps.publishing import sheets, tables
from apps.publishing.tables import DERIVED, LONG_FORM, csv_lines

pytestmark = pytest.mark.django_db


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    response: Any = client.get(address)
    assert response.status_code == 200, address
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def ids(rows: list[dict[str, str]]) -> set[str]:
    return {row["id"] for row in rows}


def book_of(client: Client, address: str) -> dict[str, list[list[Any]]]:
    response: Any = client.get(address)
    assert response.status_code == 200, address
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.getvalue()))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def sheet_of(file: IO[bytes], name: str) -> list[list[Any]]:
    file.seek(0)
    return CalamineWorkbook.from_filelike(file).get_sheet_by_name(name).to_python()


# --- CSV


@given(st.text())
def test_what_keeps_spreadsheets_from_running_a_cell_can_be_taken_off(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "\r=1", "'=1", "-1-1"])
def test_no_cell_of_a_table_starts_a_formula(cell: str) -> None:
    (line,) = csv_lines([[cell, "x"]])
    (read,) = csv.reader(io.StringIO(line, newline=""))
    assert read[0] == f"'{cell}"
    assert unguarded(read[0]) == cell


@pytest.mark.parametrize("cell", ["-12", "-1.5", "about 3", "300+", ""])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


def test_the_table_of_questions_holds_every_published_claim(client: Client, demo: None) -> None:
    rows = rows_of(client, "/questions.csv")
    assert list(rows[0]) == [*LONG_FORM, *DERIVED]
    assert ids(rows) == set(Claim.objects.published().values_list("public_id", flat=True))
    assert len(rows) == len(ids(rows))


@pytest.mark.parametrize("name", ["actors", "sources"])
def test_the_other_lists_hold_them_too(client: Client, demo: None, name: str) -> None:
    rows = rows_of(client, f"/{name}.csv")
    assert len(rows) == len(ids(rows)) == Claim.objects.published().count()


def test_the_facets_of_the_page_narrow_the_table(client: Client, demo: None) -> None:
    in_kursk = rows_of(client, "/questions.csv?place=kursk-oblast&measure=stock")
    assert in_kursk
    assert {row["measure"] for row in in_kursk} == {"stock"}
    assert ids(in_kursk) < ids(rows_of(client, "/places/kursk-oblast.csv"))
    clashing = rows_of(client, "/questions.csv?show=clash")
    listed = client.get("/questions.json?show=clash")
    titles = {row["title"] for row in json.loads(listed.getvalue())["questions"]}  # type: ignore[attr-defined]
    assert {row["question"] for row in clashing} == titles
    assert 0 < len(clashing) < len(rows_of(client, "/questions.csv"))


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("query", ["questions.{}?measure=heap", "actors.{}?kind=heap", "questions.{}?place=nowhere"])
def test_a_bad_filter_gets_a_sentence(client: Client, suffix: str, query: str) -> None:
    response = client.get("/" + query.format(suffix))
    assert response.status_code == 400
    assert "wanted" in response.content.decode()
    assert "<" not in response.content.decode()


def test_a_table_names_the_page_that_shows_the_same(client: Client, demo: None) -> None:
    response = client.get("/questions/troops-present.csv?on=2024-11-05&place=kursk-oblast")
    page = "http://testserver/questions/troops-present/?place=kursk-oblast&on=2024-11-05"
    assert response["Link"] == f'<{page}>; rel="canonical"'


def test_a_workbook_names_what_its_claims_were_chosen_by_and_nothing_else(client: Client, demo: None) -> None:
    asked = "utm_source=x&place=kursk-oblast&kind=ministry"
    for address, said in (("actors", "kind: ministry"), ("questions", "place: kursk-oblast"), ("sources", "none")):
        about = {row[0]: row[1] for row in book_of(client, f"/{address}.xlsx?{asked}")["About"]}
        assert about["Filters"] == said
        assert "utm_source" not in about["Address"]
        assert "utm_source" not in client.get(f"/{address}.csv?{asked}")["Link"]


#: Each filter by itself and some together, as they are written in an address.
FILTERS = [
    "",
    "place=kursk-oblast",
    "place=russia",
    "claimant=us-dod&claimant=ua-president",
    "qualifier=about&qualifier=more_than",
    "from=2024-11-01",
    "to=2024-11-15",
    "from=2024-11-01&to=2024-12-31&qualifier=about&place=russia",
    "rollup=1",
    "rollup=1&claimant=us",
    "rollup=1&claimant=us-dod",
]


@pytest.mark.parametrize("query", FILTERS)
def test_a_table_holds_what_the_comparison_lets_through_in_its_order(client: Client, demo: None, query: str) -> None:
    places, checked = Places.load(), 0
    claimants = Actor.objects.values_list("slug", flat=True)
    asked = read_comparison_query(QueryDict(query), places=places.names, claimants=tuple(claimants), known=None)
    for slug in ("troops-present", "killed", "captured"):
        question = Question.objects.select_related("broader").get(slug=slug)
        compared = compare_question(question, asked, places=places, today=date(2026, 1, 1))
        lines = list(tables.printed_in(own_claims(question, asked, places)))
        assert lines == list(tables.printed_of(compared.own, compared.said_by))
        assert position_date(question, asked, places=places, today=date(2026, 1, 1)) == compared.comparison.on
        checked += len(lines)
    assert checked


# --- workbooks


def test_a_workbook_of_a_comparison_says_what_it_is(client: Client, demo: None) -> None:
    book = book_of(client, "/questions/troops-present.xlsx?on=2024-11-05&place=kursk-oblast&known=")
    about = dict(book["About"])
    assert about["Question"] == "How many North Korean soldiers are present?"
    assert about["Filters"] == "Kursk Oblast"
    assert about["Address"] == "http://testserver/questions/troops-present/?place=kursk-oblast&on=2024-11-05"
    assert str(about["As of"]) == "2024-11-05"
    assert {"As known on", "Accessed", "Licence", "Summary"} <= set(about)


def test_the_claims_of_a_workbook_are_those_of_the_csv(client: Client, demo: None) -> None:
    header, *claims = book_of(client, "/questions/troops-present.xlsx?on=2024-11-05")["Claims"]
    rows = rows_of(client, "/questions/troops-present.csv?on=2024-11-05")
    assert header == list(rows[0])
    assert [claim[header.index("id")] for claim in claims] == [row["id"] for row in rows]
    lows = [claim[header.index("low")] for claim in claims]
    assert {type(low) for low in lows if low != ""} == {float}
    assert [str(int(low)) if low != "" else "" for low in lows] == [row["low"] for row in rows]


@pytest.mark.parametrize("name", ["actors/us-dod", "sources/aj-20241105", "places/kursk-oblast", "questions"])
def test_the_workbook_of_a_list_holds_the_claims_of_its_table(client: Client, demo: None, name: str) -> None:
    book = book_of(client, f"/{name}.xlsx")
    header, *claims = book["Claims"]
    rows = rows_of(client, f"/{name}.csv")
    assert rows
    assert [claim[header.index("id")] for claim in claims] == [row["id"] for row in rows]
    about = {row[0]: row[1] for row in book["About"]}
    assert about["Address"] == f"http://testserver/{name}/"
    assert client.get(f"/{name}.csv")["Link"] == f'<http://testserver/{name}/>; rel="canonical"'


HAIRY = ["=1+1", "+5", "-x", "@x", "5.30", "007", "1e5", "http://x.test", "{=1}", "1" * 16, "NaN", "0.00001", "\x01"]


def test_words_stay_words_in_a_workbook() -> None:
    rows = [["value", "note"], *([word, word] for word in HAIRY), ["12", "12"], ["-1.5", "-1.5"]]
    file = io.BytesIO(b"".join(sheets.workbook(rows, [])))
    with ZipFile(file) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert b"hyperlink" not in parts.read("xl/worksheets/sheet1.xml")
    read = sheet_of(file, "Claims")
    assert [row[0] for row in read[1 : len(HAIRY) + 1]] == HAIRY
    assert read[-2:] == [[12.0, "12"], [-1.5, "-1.5"]]


def test_a_workbook_does_not_tell_the_second_at_which_it_was_made() -> None:
    with ZipFile(io.BytesIO(b"".join(sheets.workbook([["note"], ["x"]], [])))) as parts:
        assert f"{sheets.MADE:%Y-%m-%dT%H:%M:%S}Z" in parts.read("docProps/core.xml").decode()
        assert {part.date_time[:2] for part in parts.infolist()} == {(1980, 1)}


def test_a_workbook_says_what_it_could_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    content = io.BytesIO(
        b"".join(sheets.workbook([["note"], ["x" * 40_000], ["y"], ["z"], ["z"]], [("Claims of", "a test")]))
    )
    claims = sheet_of(content, "Claims")
    assert len(claims) == 3
    assert len(claims[1][0]) == sheets.LONGEST
    assert claims[1][0].endswith("…")
    about = dict(sheet_of(content, "About"))
    assert about["Left out"].startswith("2 claims beyond the 2 of a sheet")
    assert about["Cut"].startswith("1 texts longer")


# --- JSON


def test_lists_as_json_have_the_rows_of_their_pages(client: Client, demo: None) -> None:
    def rows(name: str) -> list[dict[str, Any]]:
        response: Any = client.get(f"/{name}.json")
        found: list[dict[str, Any]] = json.loads(response.getvalue())[name]
        return found

    troops = next(row for row in rows("questions") if row["slug"] == "troops-present")
    assert troops["title"] == "How many North Korean soldiers are present?"
    assert troops["summary"]
    assert next(row for row in rows("actors") if row["slug"] == "us-dod")["figures"] > 0
    assert next(row for row in rows("sources") if row["slug"] == "aj-20241105")["figures"] == 8


@pytest.mark.parametrize("address", ["questions.csv", "questions.xlsx", "questions/troops-present.csv"])
def test_the_head_of_a_table_is_told_without_making_it(
    client: Client, demo: None, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """The test client must not throw the content of such an answer away by itself, which no web server does."""
    whole, made = client.get(f"/{address}"), []

    def rows(*args: Any, **options: Any) -> Iterator[list[str]]:
        made.append(address)
        yield ["id"]

    monkeypatch.setattr(tables, "long_rows", rows)
    monkeypatch.setattr("django.test.client.conditional_content_removal", lambda request, response: response)
    head = client.head(f"/{address}")
    assert (head.status_code, head["Content-Type"], head.getvalue(), made) == (200, whole["Content-Type"], b"", [])
    assert client.get(f"/{address}").getvalue()
    assert made == [address]
