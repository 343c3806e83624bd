"""Query strings of a comparison: what is read, what is refused, in which words."""

from datetime import date

import pytest
from django.http import QueryDict

from apps.comparisons.queries import ComparisonQuery, read_comparison_query
from apps.domain.vocabulary import Qualifier
from apps.web.queries import BadQueryError

PLACES = ("russia", "kursk-oblast")
CLAIMANTS = ("us-state",)


def read(text: str) -> ComparisonQuery:
    return read_comparison_query(QueryDict(text), places=PLACES, claimants=CLAIMANTS)


def refused(text: str) -> BadQueryError:
    with pytest.raises(BadQueryError) as caught:
        read(text)
    return caught.value


def test_empty_values_mean_not_set() -> None:
    assert read("place=&claimant=&on=&from=&to=&strict=&view=&qualifier=") == ComparisonQuery()


def test_unknown_names_are_ignored() -> None:
    assert read("utm_source=mail") == ComparisonQuery()


def test_everything_that_can_be_asked() -> None:
    asked = read(
        "place=russia&place=kursk-oblast&claimant=us-state&qualifier=up_to&from=2024-11&to=2024-11&on=2024-11-05"
        "&strict=1&view=day"
    )
    assert asked == ComparisonQuery(
        places=("russia", "kursk-oblast"),
        claimants=("us-state",),
        qualifiers=(Qualifier.UP_TO,),
        since=date(2024, 11, 1),
        until=date(2024, 11, 30),
        on=date(2024, 11, 5),
        is_strict=True,
        view="day",
    )


def test_the_address_of_a_query_reads_back_as_the_same_query() -> None:
    asked = read("place=kursk-oblast&qualifier=about&on=2024-11-05&strict=1")
    assert read(asked.encode()) == asked


@pytest.mark.parametrize(
    ("text", "parameter", "words"),
    [
        ("on=2024-02-30", "on", "“2024-02-30” was given; wanted a day like 2024-11-05."),
        ("on=2024-11", "on", "wanted a day like 2024-11-05"),
        ("place=atlantis", "place", "“atlantis” was given; wanted the slug of a place"),
        ("claimant=nobody", "claimant", "“nobody” was given"),
        ("strict=2", "strict", "“2” was given; wanted one of 0, 1."),
        ("view=sideways", "view", "wanted one of day, time, side, changes."),
        ("qualifier=perhaps", "qualifier", "wanted one of exactly"),
        ("on=2024-11-05&on=2024-11-06", "on", "wanted one value"),
        ("from=2024-12&to=2024-11", "to", "not before 2024-12"),
        ("place=%00", "place", "“�” was given"),
        ("on=" + "x" * 10_000, "on", "…” was given"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name(text: str, parameter: str, words: str) -> None:
    (problem,) = refused(text).problems
    assert problem.parameter == parameter
    assert words in problem.sentence
    assert len(problem.sentence) < 300


def test_every_problem_is_named_and_the_rest_is_kept() -> None:
    error = refused("on=never&strict=2&place=russia&claimant=")
    assert [problem.parameter for problem in error.problems] == ["on", "strict"]
    assert error.kept == "place=russia"
