"""The methodology page and its box: a figure is typed, read, drawn or refused."""

import re
from decimal import Decimal
from html import unescape
from typing import Any

import html5lib
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from apps.comparisons.pages import figure_box
from apps.comparisons.pages.figure_box import EXAMPLES, marked
from apps.domain.parsing import LANGUAGES, FigureError, ParsedFigure, parse
from apps.domain.reading import READING_RULES

#: Only for the version of the page that caches are told of; neither page nor box asks the database.
pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def answer_of(client: Client, figure: str, **given: str) -> str:
    """The markup of the answer."""
    response = client.get("/methodology/", {"figure": figure} | given, headers=HTMX)
    assert response.status_code == 200
    return response.content.decode()


def words(markup: str) -> str:
    """Without markup, spaces collapsed."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", markup))).strip()


def the_mark(markup: str) -> str:
    return unescape(re.findall("<mark>(.*?)</mark>", markup, re.DOTALL)[0])


def rows(markup: str) -> list[str]:
    return [words(row) for row in re.findall(r"<tr>(.*?)</tr>", markup.split("<tbody>")[1], re.DOTALL)]


# --- the tables


def test_every_rule_is_a_row_with_its_wording_and_its_source(client: Client) -> None:
    page = client.get("/methodology/").content.decode()
    for rule in READING_RULES:
        row = words(page.split(f'<tr id="rule-{rule.code}">')[1].split("</tr>")[0])
        wordings = [word.replace("_", " ") for word in rule.qualifiers]
        for part in (*wordings, *rule.words, rule.says_at(Decimal("0.10")), rule.source):
            assert part in row
        assert row.endswith("ours " + rule.source) == rule.is_interpretation


def test_the_page_says_that_a_question_may_override(client: Client) -> None:
    assert "unless a question sets its own tolerance" in words(client.get("/methodology/").content.decode())


def test_the_page_lists_every_language_that_can_be_read(client: Client) -> None:
    listed = words(client.get("/methodology/").content.decode().split('id="languages"')[1].split("</p>")[0])
    for code, name in LANGUAGES.items():
        assert f"{name} {code}" in listed


# --- a figure that is read


def test_an_empty_box_answers_nothing(client: Client) -> None:
    for address in ("/methodology/", "/methodology/?figure=&language=", "/methodology/?figure=+"):
        assert '<div id="answer"></div>' in client.get(address).content.decode()


def test_a_figure_is_read_by_the_rules_and_strictly(client: Client) -> None:
    answer = answer_of(client, "about 12,000")
    usual, strict = rows(answer)
    assert usual.startswith("By the rules")
    assert "Read as 10,800 to 13,200. The rule: N ± 10 %." in words(answer)
    assert "10,800 to 13,200" in usual
    assert strict.startswith("Strict")
    assert "exactly 12,000" in strict
    assert 'href="#rule-about"' in answer
    assert 'href="#strict"' in answer


def test_every_rule_that_is_linked_has_its_row(client: Client) -> None:
    page = client.get("/methodology/").content.decode()
    for text, language in EXAMPLES:
        for rule in re.findall(r'href="#([\w-]+)"', answer_of(client, text, language=language)):
            assert f'id="{rule}"' in page


def test_the_numbers_are_said_as_they_were_stated(client: Client) -> None:
    answer = words(answer_of(client, "more than 40"))
    assert "Wordingmore than" in answer
    assert "Lower end40, itself excluded" in answer
    assert "Upper endnone stated" in answer


def test_a_share_is_read_as_one(client: Client) -> None:
    answer = answer_of(client, "up to 40 percent")
    assert "Unitpercent" in words(answer)
    assert "40 percent or less" in words(answer)


def test_an_interval_is_named(client: Client) -> None:
    assert "95 %" in words(answer_of(client, "15,000 (95% CI 12,000–18,000)"))


def test_the_figure_is_marked_in_its_text(client: Client) -> None:
    assert the_mark(answer_of(client, "more than 40 soldiers were there")) == "more than 40"


def test_vague_words_are_marked_as_ours_and_not_read_strictly(client: Client) -> None:
    answer = answer_of(client, "tens of thousands")
    assert "that we read 20,000 to 99,999 into them is our interpretation, never compared" in words(answer)
    usual, strict = rows(answer)
    assert "20,000 to 99,999 ours" in usual
    assert "our reading" in usual, "the drawing says so too"
    assert "no number" in strict
    assert "ours" not in strict


def test_words_that_allow_no_reading_draw_no_axis(client: Client) -> None:
    answer = answer_of(client, "a battalion")
    assert "These words name no number, and we read none into them." in words(answer)
    assert "no number" in rows(answer)[0]
    assert "<svg" not in answer


@pytest.mark.parametrize(
    ("figure", "shape", "has_tint"),
    [
        ("exactly 40", "#m-circle", False),
        ("about 12,000", "#m-circle", True),
        ("at least 40", "#c-right", True),
        ("up to 40", "#c-left", True),
        ("between 3 and 4 million", "#c-cap", True),
    ],
)
def test_it_is_drawn_as_in_a_comparison(client: Client, figure: str, shape: str, has_tint: bool) -> None:
    usual = answer_of(client, figure).split("<tbody>")[1].split("</tr>")[0]
    assert f'href="{shape}"' in usual
    assert ('class="tint"' in usual) == has_tint
    assert re.search(rf'<g role="img" aria-label="“{figure}”, read as', usual)


def test_a_strict_about_has_no_tint(client: Client) -> None:
    strict = answer_of(client, "about 12,000").split("<tbody>")[1].split("</tr>")[1]
    assert 'href="#m-circle"' in strict
    assert "tint" not in strict


def test_the_site_s_tolerance_is_used(client: Client, settings: Settings) -> None:
    settings.PARALLAX_TOLERANCE = Decimal("0.2")
    assert "Read as 80 to 120. The rule: N ± 20 %." in words(answer_of(client, "about 100"))


def test_a_language_is_used_and_stays_chosen(client: Client) -> None:
    assert "Not read" in words(answer_of(client, "3.000"))
    page = client.get("/methodology/", {"figure": "3.000", "language": "de"}).content.decode()
    assert '<option value="de" selected>' in page
    assert "exactly 3,000" in words(page.split('id="answer"')[1])


# --- a figure that is not


def test_what_cannot_be_read_is_marked_and_explained(client: Client) -> None:
    answer = answer_of(client, "1,50")
    with pytest.raises(FigureError) as refused:
        parse("1,50")
    position = refused.value.position
    assert the_mark(answer) == "1,50"[position]
    assert f"Not read, at character {position + 1}: {refused.value.message}" in words(answer)
    assert "<table" not in answer


def test_the_end_of_a_text_can_be_what_is_wrong(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str, *, language: str | None) -> ParsedFigure:
        raise FigureError(len(text), "A number is missing.")

    monkeypatch.setattr(figure_box, "parse", refuse)
    answer = answer_of(client, "between 10 and")
    assert "Not read, at its end: A number is missing." in words(answer)
    assert words(the_mark(answer)) == "(the end)"


def test_a_text_that_is_too_long_is_a_sentence_in_the_box(client: Client) -> None:
    answer = words(answer_of(client, "1 " * 501))
    assert "Not read, at character 1,001: The text is longer than 1,000 characters" in answer
    assert len(answer) < 500, "the text is cut where it is shown"
    assert "is longer than" not in words(answer_of(client, "40" + " " * 998)), "1,000 are read"


@pytest.mark.parametrize(
    "junk",
    [
        "<script>alert(1)</script>",
        "'\"><b>",
        "{{ 7|add:7 }}",
        "\ud83d\udca9" * 3,
        "NaN",
        "1e400",
        "\u202e40",
        "٣٤٥",
        "-" * 1_000,
    ],
)
def test_junk_is_answered_in_the_box(client: Client, junk: str) -> None:
    text = junk.encode("utf-16", "surrogatepass").decode("utf-16")
    response = client.get("/methodology/", {"figure": text})
    assert response.status_code == 200
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "<b>" not in page.split('class="typed"')[1].split("</p>")[0]
    assert ("Not read" in page) != ("By the rules" in page)


@pytest.mark.parametrize("query", ["language=tlh", "figure=40&language=english", "figure=40&language=en&language=de"])
def test_a_language_that_is_not_known_is_a_400_that_names_it(client: Client, query: str) -> None:
    response = client.get(f"/methodology/?{query}")
    assert response.status_code == 400
    assert "<code>language</code>" in response.content.decode()


def test_two_figures_in_the_address_are_a_400(client: Client) -> None:
    response = client.get("/methodology/?figure=40&figure=50")
    assert response.status_code == 400
    assert "“40 and 50” was given; wanted one value." in response.content.decode()


# --- examples


@pytest.mark.parametrize(("text", "language"), EXAMPLES)
def test_an_example_leads_to_its_answer(client: Client, text: str, language: str) -> None:
    page = html5lib.parse(client.get("/methodology/").content, namespaceHTMLElements=False)
    (link,) = [each for each in page.iter("a") if (each.find("bdi") is not None and each.find("bdi").text == text)]
    address, _, anchor = link.get("href").partition("#")
    assert anchor == "try"
    shown = client.get(f"/methodology/{address}").content.decode()
    is_refused = text in {"3.000", "1,50"}
    assert ("Not read" in shown) == is_refused
    if language:
        assert f'<option value="{language}" selected>' in shown


# --- htmx


@pytest.mark.parametrize(
    ("headers", "is_part"),
    [
        ({}, False),
        (HTMX, True),
        (HTMX | {"HX-Boosted": "true"}, False),
        (HTMX | {"HX-History-Restore-Request": "true"}, False),
    ],
)
def test_only_a_swap_gets_the_part(client: Client, headers: dict[str, str], is_part: bool) -> None:
    response = client.get("/methodology/?figure=about+40", headers=headers)
    assert ("<h1>" not in response.content.decode()) == is_part
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("figure", ["about 40", "1,50", ""])
def test_the_part_is_what_the_page_holds(client: Client, figure: str) -> None:
    part = answer_of(client, figure).strip()
    assert part.startswith('<div id="answer">')
    assert part in client.get("/methodology/", {"figure": figure}).content.decode()


# --- long texts are cut around what matters


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("more than 40 men", (0, 12), ("", "more than 40", " men")),
        ("a" * 70 + "40", (70, 72), ("…" + "a" * 60, "40", "")),
        ("40" + "b" * 61, (0, 2), ("", "40", "b" * 60 + "…")),
        ("40", (2, 3), ("40", "", "")),
        ("c" * 200, (0, 200), ("", "c" * 60 + " … " + "c" * 60, "")),
    ],
)
def test_a_long_text_is_cut(text: str, span: tuple[int, int], expected: tuple[Any, ...]) -> None:
    cut = marked(text, *span)
    assert (cut.before, cut.marked, cut.after) == expected


@pytest.mark.parametrize("language", ["de", "DE", "de-AT"])
def test_a_language_may_name_its_country(client: Client, language: str) -> None:
    page = client.get("/methodology/", {"figure": "3.000", "language": language})
    assert page.status_code == 200
    assert "Read as 2,950 to 3,050" in page.text
