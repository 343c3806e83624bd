"""References in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from apps.comparisons.references import Kind, Reference, moment_words

CLAIM = Reference(
    kind=Kind.CLAIM,
    key="c064",
    title="President of Ukraine said “already 11,000” for Kursk Oblast",
    host="https://example.org",
    path="/claims/c064/",
    query="known=2026-11-22",
    sha256="ab" * 32,
    known=datetime(2026, 11, 22, 14, 3, 5, tzinfo=UTC),
    accessed=date(2026, 12, 1),
)
COMPARISON = replace(
    CLAIM,
    kind=Kind.COMPARISON,
    key="troops-present",
    title="How many are present?",
    path="/questions/troops-present/",
    query="on=2024-11-05&known=2026-11-22",
    on=date(2024, 11, 5),
)


def test_the_short_reference_of_a_claim() -> None:
    assert CLAIM.short == "Parallax, claim c064, as known on 22 Nov 2026, 14:03 UTC."


def test_the_short_reference_of_a_comparison() -> None:
    expected = "Parallax, “How many are present?” (figures compared on 5 Nov 2024), as known on 22 Nov 2026, 14:03 UTC."
    assert COMPARISON.short == expected


def test_the_long_reference_of_a_claim() -> None:
    assert CLAIM.long == (
        "President of Ukraine said “already 11,000” for Kursk Oblast."
        " Parallax, claim c064, as known on 22 Nov 2026, 14:03 UTC."
        " https://example.org/claims/c064/?known=2026-11-22 (accessed 1 Dec 2026)."
        f" The JSON document at https://example.org/claims/c064.json?known=2026-11-22 has the SHA-256 {'ab' * 32}."
    )


def test_the_long_reference_of_a_comparison_names_its_filters() -> None:
    filtered = replace(COMPARISON, limits=("Kursk Oblast", "about"))
    assert filtered.long.startswith(
        "How many are present? (figures compared on 5 Nov 2024; only: Kursk Oblast, about). Parallax, as known on"
    )


def test_a_frozen_comparison_is_cited_by_its_id() -> None:
    frozen = replace(COMPARISON, kind=Kind.FROZEN, key="0123456789ab", path="/frozen/0123456789ab/", query="")
    assert frozen.short == "Parallax, frozen comparison 0123456789ab, as known on 22 Nov 2026, 14:03 UTC."
    assert frozen.document_url == "https://example.org/frozen/0123456789ab.json"


def test_a_retracted_claim_says_so_wherever_it_is_cited() -> None:
    retracted = replace(CLAIM, is_retracted=True)
    for text in (retracted.short, retracted.long, retracted.version):
        assert "as known on 22 Nov 2026, 14:03 UTC (retracted)" in text


def test_the_end_of_a_day_is_the_day() -> None:
    assert moment_words(datetime.combine(date(2026, 11, 22), time.max, UTC)) == "22 Nov 2026"


def test_each_format_has_its_address_with_the_same_query() -> None:
    assert COMPARISON.formats == (
        ("BibTeX", "/questions/troops-present.bib?on=2024-11-05&known=2026-11-22"),
        ("RIS", "/questions/troops-present.ris?on=2024-11-05&known=2026-11-22"),
        ("CSL-JSON", "/questions/troops-present.csl.json?on=2024-11-05&known=2026-11-22"),
    )
