from datetime import date

from apps.domain.claims import ClaimFacts, QuestionFacts
from apps.domain.comparison import compare, lasting_findings
from apps.domain.vocabulary import Measure, RevisionKind
from tests.domain.claim_examples import at_least, bare, claim, exactly, more_than, nearly, question, situation, up_to

TOTAL = question("present", Measure.CUMULATIVE)


def findings(
    *claims: ClaimFacts, asked: QuestionFacts | None = None, others: tuple[QuestionFacts, ...] = ()
) -> list[tuple[str, tuple[str, ...]]]:
    found = compare(situation(*claims, asked=asked, others=others))
    assert found.contradictions == ()
    return [(one.kind, one.claims) for one in found.findings]


def mine(id: str, *args: object, **kwargs: object) -> ClaimFacts:
    return claim(id, *args, claimant="a", **kwargs)  # type: ignore[arg-type]  # passed on as they are


def test_own_nested_figures() -> None:
    inner, outer = mine("c1", exactly(9), place="kursk"), mine("c2", exactly(5))
    assert findings(inner, outer) == [("own_nested", ("c1", "c2"))]


def test_own_figures_that_tie_and_differ() -> None:
    assert findings(mine("c1", exactly(9)), mine("c2", exactly(5))) == [("own_same", ("c1", "c2"))]


def test_a_part_above_its_total_is_told_once() -> None:
    total = mine("c1", exactly(5))
    assert findings(total, mine("c2", exactly(9), part_of="c1")) == [("part_exceeds_total", ("c2", "c1"))]
    assert findings(total, mine("c2", exactly(9), part_of="c1", place="kursk")) == [
        ("part_exceeds_total", ("c2", "c1"))
    ]


def test_a_part_that_touches_its_total_from_outside() -> None:
    assert findings(mine("c1", up_to(5)), mine("c2", at_least(5), part_of="c1")) == []
    assert findings(mine("c1", up_to(5)), mine("c2", more_than(5), part_of="c1")) == [
        ("part_exceeds_total", ("c2", "c1"))
    ]


def test_parts_that_sum_past_their_total() -> None:
    total, five, eight = (
        mine("c1", exactly(12)),
        mine("c2", exactly(5), part_of="c1"),
        mine("c3", exactly(8), part_of="c1"),
    )
    assert findings(total, five, eight) == [("parts_exceed_total", ("c2", "c3", "c1"))]


def test_parts_that_sum_to_their_total_within_rounding() -> None:
    total = mine("c1", bare("1,000", 1000))
    parts = [mine(id, bare("510", 510), part_of="c1") for id in ("c2", "c3")]
    assert findings(total, *parts) == []


def test_a_part_inside_another_part_is_not_added() -> None:
    total = mine("c1", exactly(10))
    kursk, maryino = (mine(id, exactly(6), part_of="c1", place=at) for id, at in (("c2", "kursk"), ("c3", "maryino")))
    assert findings(total, kursk, maryino) == []
    far_east = mine("c4", exactly(6), part_of="c1", place="far-east")
    assert findings(total, kursk, maryino, far_east) == [("parts_exceed_total", ("c2", "c4", "c1"))]


def test_parts_of_narrower_questions_are_added() -> None:
    killed, wounded = question("killed", broader="present"), question("wounded", broader="present")
    total = mine("c1", exactly(10))
    parts = (
        mine("c2", exactly(4), part_of="c1", question="killed"),
        mine("c3", exactly(7), part_of="c1", question="wounded"),
    )
    assert findings(total, *parts, others=(killed, wounded)) == [("parts_exceed_total", ("c2", "c3", "c1"))]


def test_a_running_total_that_falls() -> None:
    early = mine("c1", nearly(10000), as_of="2025-01-05")
    late = mine("c2", bare("8,500", 8500), as_of="2025-02-01")
    found = compare(situation(early, late, asked=TOTAL, on=date(2025, 3, 1)))
    assert [(one.kind, one.claims) for one in found.findings] == [("falling_total", ("c1", "c2"))]
    assert found.findings[0].text == (
        "“8,500” (1 Feb 2025) is below “nearly 10000” (5 Jan 2025), both from the same claimant."
    )


def test_a_total_that_was_corrected_downwards_has_not_fallen() -> None:
    early = mine("c1", exactly(9), as_of="2024-10-01")
    fixed = mine("c2", exactly(5), as_of="2024-10-02", supersedes="c1", kind=RevisionKind.CORRECTED)
    assert findings(early, fixed, mine("c3", exactly(6), as_of="2024-11-01"), asked=TOTAL) == []
    updated = mine("c2", exactly(5), as_of="2024-10-02", supersedes="c1", kind=RevisionKind.UPDATED)
    assert findings(early, updated, asked=TOTAL) == [("falling_total", ("c1", "c2"))]


def test_a_total_is_held_against_the_highest_before_it() -> None:
    days = ("2024-10-01", "2024-10-05", "2024-10-09", "2024-10-12")
    totals = [
        mine(f"c{n}", exactly(value), as_of=day) for n, (value, day) in enumerate(zip((4, 9, 6, 9), days, strict=True))
    ]
    assert findings(*totals, asked=TOTAL) == [("falling_total", ("c1", "c2"))]


def test_others_parts_and_totals_are_no_findings() -> None:
    total = mine("c1", exactly(9))
    assert findings(total, claim("c2", exactly(9), claimant="b", part_of="c1", place="kursk")) == []


def test_a_finding_says_how_much_of_the_voices_is_shared() -> None:
    def text(*voices: tuple[str, ...]) -> str:
        pair = [
            claim(f"c{n}", exactly(n), claimant=who[0], joint=who[1:]) for n, who in zip((9, 5), voices, strict=True)
        ]
        (found,) = compare(situation(*pair)).findings
        return found.text.split(", ")[-1]

    assert text(("a",), ("a",)) == "both from the same claimant."
    assert text(("a", "b"), ("b", "a")) == "both from the same claimants."
    assert text(("a", "b"), ("b",)) == text(("a", "b"), ("a", "c")) == "they share a claimant."


def test_a_total_moved_to_another_question_is_not_held_against_later_ones() -> None:
    first, later = mine("c1", exactly(9), as_of="2024-11-01"), mine("c2", exactly(5))
    assert findings(first, later, asked=TOTAL) == [("falling_total", ("c1", "c2"))]
    moved = mine("c3", exactly(9), as_of="2024-11-01", question="aside", supersedes="c1", kind=RevisionKind.RESCOPED)
    assert findings(first, later, moved, asked=TOTAL) == []


def test_findings_that_last_do_not_hang_on_what_is_compared() -> None:
    total, part = mine("c1", exactly(5)), mine("c2", exactly(9), part_of="c1")
    inner, outer = mine("c3", exactly(9), place="kursk"), mine("c4", exactly(5), place="far-east")
    tied = mine("c5", exactly(4), place="kursk")
    asked = situation(total, part, inner, outer, tied)
    kinds = {one.kind for one in compare(asked).findings}
    assert kinds == {"part_exceeds_total", "own_same", "own_nested"}
    years_later = asked.on_day(date(2030, 1, 1))
    assert compare(years_later).findings == lasting_findings(years_later)
    assert [one.kind for one in lasting_findings(years_later)] == ["part_exceeds_total"]
