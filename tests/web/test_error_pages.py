"""Error pages stand on their own: they render with no context at all, as Django's default handlers do it."""

from html import unescape

import pytest
from django.template.loader import get_template


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_an_error_page_renders_without_context(name: str) -> None:
    page = get_template(name).render()
    assert "<h1>" in page
    assert 'id="main"' in page
    assert 'lang="en-GB"' in page


def test_a_bad_address_names_each_problem_and_keeps_the_rest() -> None:
    problems = [("on", "“2024-02-30” is not a date: wanted a day such as 2024-11-05."), ("place", "<b>atlantis</b>")]
    page = get_template("400.html").render({"problems": problems, "keep_url": "/questions/x/?claimant=a&strict=1"})
    assert "<code>on</code>" in page
    assert problems[0][1] in unescape(page)
    assert "&lt;b&gt;atlantis&lt;/b&gt;" in page
    assert 'href="/questions/x/?claimant=a&amp;strict=1"' in page
