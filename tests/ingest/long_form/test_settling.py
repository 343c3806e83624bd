"""A second delivery of rows that differ in their figure alone: which claims they are, and what is not guessed."""

from typing import Any

import pytest

from apps.claims.models import Claim
from apps.ingest.long_form.importing import Imported, import_claims
from apps.ingest.problems import BundleRefused
from apps.sources.models import Source
from tests.ingest.long_form.test_import_claims import ROW
from tests.ingest.long_form.test_long_rows import table

pytestmark = pytest.mark.django_db


def regiments(*said: str, **options: Any) -> Imported:
    """A report by regiments: "10 first" is the figure, and the note that tells it from the others."""
    rows = (said.split(" ") for said in said)
    return import_claims("order.csv", table(*(ROW | {"value": value, "note": note} for value, note in rows)), **options)


def here() -> list[str]:
    return sorted(f"{claim.stated_value} {claim.note}" for claim in Claim.objects.all())


FIRST = ("10 first", "20 second", "30 third")


@pytest.mark.parametrize(
    ("second", "now", "counts"),
    [
        (FIRST, FIRST, (0, 0)),
        (FIRST[::-1], FIRST, (0, 0)),
        (("10 first", "30 third"), FIRST, (0, 0)),
        (("30 third",), FIRST, (0, 0)),
        (("5 zeroth", *FIRST), (*FIRST, "5 zeroth"), (1, 0)),
        (("5 zeroth", "6 more", *FIRST), (*FIRST, "5 zeroth", "6 more"), (2, 0)),
        (("10 first", "25 second", "30 third"), ("10 first", "25 second", "30 third"), (0, 1)),
        (("30 third", "10 first", "25 second"), ("10 first", "25 second", "30 third"), (0, 1)),
        (("11 first", "20 second", "31 third"), ("11 first", "20 second", "31 third"), (0, 2)),
    ],
)
def test_a_row_that_says_what_a_claim_says_is_that_claim(
    second: tuple[str, ...], now: tuple[str, ...], counts: tuple[int, int]
) -> None:
    regiments(*FIRST)
    before = dict(Claim.objects.values_list("pk", "note"))
    found = regiments(*second)
    assert (found.made, found.corrected) == counts
    assert here() == sorted(now)
    notes = dict(Claim.objects.filter(pk__in=before).values_list("pk", "note"))
    assert notes == before, "a correction went to another regiment"


@pytest.mark.parametrize("second", [("25 second",), ("11 first", "30 third"), ("7 fourth", "8 fifth", *FIRST[1:])])
def test_what_may_correct_several_claims_is_refused(second: tuple[str, ...]) -> None:
    regiments(*FIRST, is_published=True)
    with pytest.raises(BundleRefused, match=r"3 claims of the same claimant, place and days are here, and which of"):
        regiments(*second, is_published=True)
    assert here() == sorted(FIRST)


def test_one_claim_that_several_rows_may_correct_is_refused_too() -> None:
    regiments("10 first")
    with pytest.raises(BundleRefused, match=r"a claim of the same claimant") as refused:
        regiments("20 second", "30 third")
    assert [problem.line for problem in refused.value.problems] == [2, 3]


def test_many_claims_after_the_last_row_are_found() -> None:
    many = [f"{number} of-{number}" for number in range(1, 41)]
    regiments(*many)
    assert regiments(*many[30:]).known == 10
    assert Claim.objects.count() == 40


# --- rows that name no source

BARE = {column: cell for column, cell in ROW.items() if not column.startswith("source")}


def test_two_files_without_sources_are_two_sources() -> None:
    for month, value in (("january", "100"), ("february", "200")):
        assert import_claims(f"{month}.csv", table(BARE | {"value": value})).made == 1
    cited = {claim.stated_value: claim.citations.get().source.title for claim in Claim.objects.all()}
    assert cited == {"100": "january.csv", "200": "february.csv"}


def test_a_file_that_comes_again_under_another_name_is_the_same() -> None:
    import_claims("january.csv", table(BARE))
    found = import_claims("january (1).csv", table(BARE))
    assert (found.made, found.known, Source.objects.count()) == (0, 1, 1)
