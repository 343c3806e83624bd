"""How far a revision moved a number, and words that are not English."""

import re

import pytest
from django.test import Client

from apps.claims.models import Claim
from apps.comparisons.pages.revisions import change_words, stated_language
from apps.sources.models import Source
from tests.domain.figure_examples import about, exactly
from tests.factories import make_actor, make_place, make_published_claim, make_source


def revised(before: int, after: int, **changes: object) -> tuple[Claim, Claim]:
    """A figure as of 31 October 2024 and the claim that supersedes it, as of 4 November."""
    earlier = make_published_claim(claimant=make_actor("x"), figure=exactly(str(before)), as_of_start="2024-10-31")
    given: dict[str, object] = {
        "claimant": earlier.claimant,
        "question": earlier.question,
        "place": earlier.place,
        "figure": exactly(str(after)),
        "as_of_start": "2024-11-04",
        "supersedes": earlier,
        "revision_kind": "updated",
    }
    later = make_published_claim(**(given | changes))  # type: ignore[arg-type]  # the factory checks its own names
    return Claim.objects.get(pk=earlier.pk), Claim.objects.get(pk=later.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (8_000, 10_000, "up 2,000 after 4 days"),
        (10_000, 9_999, "down 1 after 4 days"),
        (8_000, 8_000, "the same number after 4 days"),
    ],
)
def test_a_revision_says_how_far_and_how_soon(before: int, after: int, words: str) -> None:
    assert change_words(*revised(before, after)) == words


@pytest.mark.django_db
def test_another_wording_is_no_rise() -> None:
    assert change_words(*revised(8_000, 0, figure=about("10000"))) == ""


@pytest.mark.django_db
def test_another_place_is_no_rise() -> None:
    assert change_words(*revised(8_000, 10_000, place=make_place())) == ""


@pytest.mark.django_db
def test_a_month_counts_no_days() -> None:
    assert change_words(*revised(8_000, 10_000, as_of_start="2024-11")) == "up 2,000"


@pytest.mark.django_db
def test_both_pages_tell_of_the_change(client: Client) -> None:
    earlier, later = revised(8_000, 10_000)
    for address in (earlier.get_absolute_url(), later.get_absolute_url(), "/actors/x/"):
        assert "up 2,000 after 4 days" in client.get(address).content.decode(), address


@pytest.mark.django_db
def test_stated_words_have_the_language_of_the_citation_that_prints_them() -> None:
    source = make_source(language="ko")
    claim = make_published_claim(figure=exactly("40"), source=source)
    claim.citations.update(language="ko")
    assert stated_language(Claim.objects.get(pk=claim.pk)) == "ko"
    claim.citations.update(stated_value="other words")
    assert stated_language(Claim.objects.get(pk=claim.pk)) == ""


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/claims/c252/", '<p class="figure" lang="uk">'),
        ("/actors/ua-hur/", '<a href="/claims/c252/" lang="uk">'),
    ],
)
def test_figures_in_another_language_say_so(client: Client, address: str, marked: str) -> None:
    assert marked in client.get(address).content.decode()


@pytest.mark.usefixtures("demo")
def test_titles_made_from_the_address_are_english(client: Client) -> None:
    made = Source.objects.filter(title__startswith="[").exclude(language="en").order_by("-published_on")[0]
    Source.objects.filter(pk=made.pk).update(published_on="2026-01-01")
    for address in ("/sources/", "/topics/dprk-troops-russia/"):
        page = client.get(address).content.decode()
        link = re.search(rf'<a href="/sources/{made.slug}/"[^>]*>', page)
        assert link is not None, address
        assert "lang=" not in link[0], address


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("address", ["/", "/questions/", "/topics/dprk-troops-russia/"])
def test_lists_of_strips_say_how_to_read_them(client: Client, address: str) -> None:
    assert "A running total from before that day" in client.get(address).content.decode()


def chain_of(*figures: int) -> list[Claim]:
    """Figures of one claimant, a day apart, each the revision of the one before."""
    made: list[Claim] = []
    for day, number in enumerate(figures, 1):
        scope = {name: getattr(made[0], name) for name in ("question", "place", "claimant")} if made else {}
        scope |= {"supersedes": made[-1], "revision_kind": "updated"} if made else {}
        made.append(make_published_claim(figure=exactly(str(number)), as_of_start=f"2024-11-{day:02}", **scope))  # type: ignore[arg-type]
    return made


def revisions_of(client: Client, claim: Claim, **query: str) -> str:
    page = client.get(claim.question.get_absolute_url(), query).text
    found = re.search('<section class="sec" id="revisions">(.*?)</section>', page, re.DOTALL)
    return "" if found is None else " ".join(re.sub("<[^>]+>", " ", found[1]).split())


@pytest.mark.django_db
def test_a_comparison_tells_the_chains_of_revisions_up_to_its_day(client: Client) -> None:
    made = chain_of(8_000, 10_000, 11_000)
    assert "8000 ; updated, up 2,000 after 1 day: 10000" in revisions_of(client, made[0], on="2024-11-02")
    assert "11000" not in revisions_of(client, made[0], on="2024-11-02")
    assert "updated, up 1,000 after 1 day: 11000" in revisions_of(client, made[0], on="2024-11-03")
    assert revisions_of(client, made[0], on="2024-11-01") == ""


@pytest.mark.django_db
def test_two_revisions_of_one_figure_are_one_chain_and_long_ones_are_cut(client: Client) -> None:
    made = chain_of(*range(1_001, 1_011))
    scope = {name: getattr(made[0], name) for name in ("question", "place", "claimant")}
    make_published_claim(
        figure=exactly("999"),
        as_of_start="2024-11-11",
        supersedes=made[0],
        revision_kind="corrected",
        **scope,  # type: ignore[arg-type]
    )
    told = revisions_of(client, made[0])
    assert "5 earlier figures; " in told
    assert told.count("updated, up 1 after 1 day:") == 5
    assert "corrected, down 2 after 10 days: 999" in told
