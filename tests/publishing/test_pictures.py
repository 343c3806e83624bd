"""Comparisons as SVG and PNG."""

import re
import struct
from base64 import b64encode
from hashlib import sha256
from xml.etree import ElementTree

import pytest
from django.test import Client

from apps.publishing import comparison_pictures
from apps.publishing.comparison_pictures import DayPicture
from tests.factories import make_published_claim, make_question

pytestmark = pytest.mark.django_db
ADDRESS = "/questions/troops-present.svg?on=2024-11-05"


def svg_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    return response.content.decode()


def words_of(svg: str) -> str:
    return " ".join(
        "".join(text.itertext()) for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    )


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_picture_says_what_it_shows_and_from_when(client: Client, demo: None) -> None:
    words = words_of(svg_of(client, ADDRESS))
    assert words.startswith("How many North Korean soldiers are present?")
    assert "as many as 10,000" in words
    assert "500 apart: no number fits both" in words
    assert "As of 5 Nov 2024, as known on" in words
    assert "Parallax, http://testserver/questions/troops-present/?on=2024-11-05" in words
    assert "Printed by" in words


def test_a_picture_stands_alone(client: Client, demo: None) -> None:
    svg = svg_of(client, ADDRESS)
    assert not re.findall(r"var\(|light-dark|@import|url\((?!#)|<script|<foreignObject|<image", svg)
    hrefs = re.findall(r'href="([^"]*)"', svg)
    assert [href for href in hrefs if not href.startswith(("#", "http://testserver/"))] == []
    used = set(re.findall(r'href="#([^"]+)"', svg)) | set(re.findall(r"url\(#([^)]+)\)", svg))
    assert used <= set(re.findall(r'id="([^"]+)"', svg))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_style_is_the_one_that_its_policy_allows(client: Client, demo: None, theme: str) -> None:
    response = client.get(f"{ADDRESS}&theme={theme}")
    style = response.content.decode().split("<style>", 1)[1].split("</style>", 1)[0]
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"'sha256-{allowed}'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_the_dark_one_has_other_colours_and_the_same_words(client: Client, demo: None) -> None:
    light, dark = svg_of(client, ADDRESS), svg_of(client, f"{ADDRESS}&theme=dark")
    assert ".paper{fill:#fdfdfc}" in light
    assert ".paper{fill:#12171b}" in dark
    assert words_of(light) == words_of(dark)


@pytest.mark.parametrize("query", ["theme=red", "view=side", "view=moon", "place=nowhere", "on=2024-02-30"])
@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_what_no_picture_has_gets_a_sentence(client: Client, demo: None, suffix: str, query: str) -> None:
    response = client.get(f"/questions/troops-present.{suffix}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "wanted" in response.content.decode()


def test_what_does_not_fit_is_counted(client: Client, demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = svg_of(client, ADDRESS).count('class="stated"')
    monkeypatch.setattr(comparison_pictures, "MOST_ROWS", 4)
    svg = svg_of(client, f"{ADDRESS}&rollup=")
    assert svg.count('class="stated"') == 4
    assert f"And {whole - 4} more figures, at the address below." in words_of(svg)


def test_a_day_without_figures_says_so(client: Client, demo: None) -> None:
    words = words_of(svg_of(client, "/questions/troops-present.svg?on=2020-01-01"))
    assert "No figure stands on this day." in words
    assert "Printed by" not in words


def test_any_title_makes_a_document(client: Client) -> None:
    question = make_question(title='<b>&"' + "wide title " * 17 + "\x0b")
    make_published_claim(question=question)
    words = words_of(svg_of(client, f"/questions/{question.slug}.svg"))
    assert words.startswith('<b>&"wide title')
    assert "…" in words


def test_a_png_is_twice_as_wide_as_the_drawing(client: Client, demo: None) -> None:
    svg = svg_of(client, ADDRESS)
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    assert size_of(client.get(ADDRESS.replace(".svg", ".png")).content) == (2 * width, 2 * height)


@pytest.mark.parametrize("slug", ["troops-present", "killed-or-wounded", "troops-planned"])
def test_what_is_shown_beside_a_link_has_the_size_that_networks_show(client: Client, demo: None, slug: str) -> None:
    assert size_of(client.get(f"/questions/{slug}/share.png").content) == (1200, 630)


def test_a_low_picture_has_no_chart_over_time(client: Client, demo: None) -> None:
    response = client.get("/questions/troops-present/share.png?view=time")
    assert response.status_code == 400
    assert "“time” was given; wanted" in response.content.decode()


def test_what_is_cut_off_is_the_end_and_nobody_is_named_for_it(client: Client, demo: None) -> None:
    compared = client.get("/questions/troops-present/?on=2024-11-05").context["page"]
    names = []
    for tallest in range(330, 700, 10):
        svg = DayPicture(compared, "http://testserver", "stamp", tallest=tallest).svg()
        words = words_of(svg)
        rows = [row for group in compared.forest.groups for row in group.rows]
        shown = svg.count('class="stated"')
        for group in compared.forest.groups:  # each row shown stands below its own heading
            if group.rows and group.rows[0] in rows[:shown]:
                assert group.title in words
        printed = re.findall(r"Printed by (.*?) stamp", words)
        names.append(len(printed[0].split(", ")) if printed else 0)
        assert names[-1] <= shown
    assert names == sorted(names)
    assert names[0] < names[-1]


def test_a_comparison_names_the_picture_of_what_it_shows(client: Client, demo: None) -> None:
    page = client.get("/questions/troops-present/?on=2024-11-05&place=kursk-oblast").content.decode()
    said = dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)">', page))
    assert said["title"] == "How many North Korean soldiers are present?"
    assert "cannot both hold" in said["description"]
    image = said["image"].replace("&amp;", "&")
    assert image == "http://testserver/questions/troops-present/share.png?place=kursk-oblast&on=2024-11-05"
    assert size_of(client.get(image.removeprefix("http://testserver")).content) == (1200, 630)


# --- the chart over time

OVER_TIME = f"{ADDRESS}&view=time"


def test_the_chart_over_time_says_what_it_shows_and_from_when(client: Client, demo: None) -> None:
    words = words_of(svg_of(client, OVER_TIME))
    assert words.startswith("How many North Korean soldiers are present?")
    assert "as many as 10,000" in words
    assert "Line: holds until revised." in words
    assert "As of 5 Nov 2024, as known on" in words
    assert "Parallax, http://testserver/questions/troops-present/?on=2024-11-05&view=time" in words
    assert "Printed by" in words
    assert "Not drawn: " in words


def test_the_chart_over_time_has_the_marks_of_the_page(client: Client, demo: None) -> None:
    page = client.get("/questions/troops-present/?on=2024-11-05&view=time").content.decode()
    chart = page[page.index('<figure class="tc-fig">') : page.index("</figure>")]
    linked = re.findall(r'href="(/claims/[^"]+)"', chart)
    assert linked
    assert re.findall(r'href="http://testserver(/claims/[^"]+)"', svg_of(client, OVER_TIME)) == linked


def test_the_chart_over_time_stands_alone(client: Client, demo: None) -> None:
    svg = svg_of(client, OVER_TIME)
    assert not re.findall(r"var\(|light-dark|@import|url\((?!#)|<script|<foreignObject|<image|dg-?\d", svg)
    hrefs = re.findall(r'href="([^"]*)"', svg)
    assert [href for href in hrefs if not href.startswith(("#", "http://testserver/"))] == []
    used = set(re.findall(r'href="#([^"]+)"', svg)) | set(re.findall(r"url\(#([^)]+)\)", svg))
    assert used <= set(re.findall(r'id="([^"]+)"', svg))


def test_panels_that_do_not_fit_are_counted(client: Client, demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get(OVER_TIME.replace(".svg", "/")).context["page"].over_time
    monkeypatch.setattr(comparison_pictures, "MOST_PX", 1)
    hidden = len(whole.panels) - 1
    assert hidden
    assert f"{hidden + whole.places_left_out} more place" in words_of(svg_of(client, OVER_TIME))


def test_a_chart_without_figures_says_so(client: Client, demo: None) -> None:
    words = words_of(svg_of(client, "/questions/troops-present.svg?on=2020-01-01&view=time"))
    assert "No dated figure with a number up to this day." in words
    assert "Printed by" not in words


def test_a_page_links_to_its_chart_over_time(client: Client, demo: None) -> None:
    page = client.get("/questions/troops-present/?on=2024-11-05").content.decode()
    for suffix in ("svg", "png"):
        address = f"/questions/troops-present.{suffix}?on=2024-11-05&view=time"
        assert f'href="{address.replace("&", "&amp;")}"' in page
        assert client.get(address).status_code == 200
