"""What is odd inside one claimant's own figures (model.md §4): findings, never contradictions.

Kinds: `own_nested` (an inner figure above the one around it), `own_same` (two figures of one scope that cannot both
hold: tied, or from joint claims), `part_exceeds_total`, `parts_exceed_total` (their lower ends sum past it, rounding
allowed) and `falling_total` (a running total below an earlier one). Real figures do not add up; findings never block.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from apps.domain.claims import ClaimFacts, Tree
from apps.domain.contradictions import Clash, Cut, lower_cut, upper_cut
from apps.domain.results import Finding, Reading, Relation
from apps.domain.standing import Dated, is_sub_count
from apps.domain.vocabulary import OBSERVED, RevisionKind
from apps.domain.wording import figure_words, listed, period_words

type Reader = Callable[[ClaimFacts], Reading | None]


def own_clashes(clashes: Iterable[Clash], *, except_pairs: Iterable[frozenset[str]] = ()) -> Iterator[Finding]:
    """The findings among pairs that contradict but share a voice, less those already told as part and total."""
    told = set(except_pairs)
    for clash in clashes:
        pair = frozenset((clash.lower.claim.id, clash.upper.claim.id))
        if not clash.is_within_one_voice or clash.relation in (Relation.PART, Relation.EARLIER_LATER) or pair in told:
            continue
        lower, upper = clash.lower.claim, clash.upper.claim
        is_same = clash.relation is Relation.SAME
        kind, verb = ("own_same", "cannot hold beside") if is_same else ("own_nested", "is more than the wider")
        text = f"{_words(lower)} {verb} {_words(upper)}, {_sharing(lower, upper)}."
        yield Finding(kind, (lower.id, upper.id), text)


def part_findings(in_force: Sequence[Dated], scopes: tuple[Tree, Tree], read: Reader) -> Iterator[Finding]:
    """Parts that exceed their total, one by one or, when none does alone, together.

    `scopes` are the trees of questions and of places: a part inside another part is not added to it, and of several
    figures for one scope other than the total's own only the highest lower end is added.
    """
    by_id = {record.claim.id: record.claim for record in in_force}
    parts_of: dict[str, list[ClaimFacts]] = defaultdict(list)
    for claim in by_id.values():
        total = by_id.get(claim.part_of or "")
        if total is not None and not claim.voices.isdisjoint(total.voices) and _are_alike(claim, total):
            parts_of[total.id].append(claim)
    for total_id, parts in parts_of.items():
        yield from _exceeding_parts(by_id[total_id], parts, scopes, read)


def _are_alike(part: ClaimFacts, total: ClaimFacts) -> bool:
    """Whether both speak of what is, or both in the same way of what is to come."""
    return part.nature == total.nature or {part.nature, total.nature} <= OBSERVED


def _exceeding_parts(
    total: ClaimFacts, parts: Sequence[ClaimFacts], scopes: tuple[Tree, Tree], read: Reader
) -> Iterator[Finding]:
    ends = _cuts(read(total))[1]
    if ends is None:
        return
    begins = {part.id: cut for part in parts if (cut := _cuts(read(part))[0]) is not None}
    exceeding = [part for part in parts if part.id in begins and begins[part.id] > ends]
    for part in exceeding:
        text = f"The part {_words(part)} is more than its total {_words(total)}, {_sharing(part, total)}."
        yield Finding("part_exceeds_total", (part.id, total.id), text)
    counted = _disjoint([part for part in parts if part.id in begins], total, scopes, begins)
    if not exceeding and len(counted) > 1 and _sum(begins[part.id] for part in counted) > ends:
        counted.sort(key=lambda part: part.id)
        parts_words = listed([_words(part) for part in counted])
        text = (
            f"The parts {parts_words} together are more than their total {_words(total)}, {_sharing(*counted, total)}."
        )
        yield Finding("parts_exceed_total", (*(part.id for part in counted), total.id), text)


def _disjoint(
    parts: Sequence[ClaimFacts], total: ClaimFacts, scopes: tuple[Tree, Tree], begins: Mapping[str, Cut]
) -> list[ClaimFacts]:
    """The parts that may be added up: sub-counts of the total's own scope, else the highest of each outermost scope."""
    questions, places = scopes
    sub_counts = [part for part in parts if (part.question, part.place) == (total.question, total.place)]
    if sub_counts:
        return sub_counts  # parts of other scopes may well lie inside these
    highest: dict[tuple[str, str], ClaimFacts] = {}
    for part in sorted(parts, key=lambda part: (begins[part.id], part.id)):
        highest[part.question, part.place] = part
    return [
        part
        for scope, part in highest.items()
        if not any(
            scope != other and questions.holds(other[0], scope[0]) and places.holds(other[1], scope[1])
            for other in highest
        )
    ]


def _sum(begins: Iterable[Cut]) -> Cut:
    cuts = list(begins)
    return sum((number for number, _ in cuts), Decimal(0)), max(side for _, side in cuts)


def _cuts(reading: Reading | None) -> tuple[Cut | None, Cut | None]:
    """Lower and upper cut of a stated figure; None for an open end, or when nothing was stated in numbers."""
    if reading is None or reading.is_interpretation:
        return None, None
    interval = reading.interval
    begins = None if interval.lower is None else lower_cut(interval)
    return begins, None if interval.upper is None else upper_cut(interval)


def falling_totals(known: Sequence[Dated], read: Reader, shows: Callable[[ClaimFacts], bool]) -> Iterator[Finding]:
    """Each running total below an earlier one of the same claimant, question and place: the highest such one.

    `known` are all eligible claims; those that `shows` lets through must be on cumulative questions, and the others
    still take claims back. A total that was corrected, rescoped or otherwise taken back is not held against later ones;
    one that was merely updated is.
    """
    taken_back = {
        record.claim.supersedes for record in known if record.claim.revision_kind not in (None, RevisionKind.UPDATED)
    }
    ids = {record.claim.id: record.claim for record in known}
    series: dict[tuple[str, str, str], list[Dated]] = defaultdict(list)
    for record in known:
        claim = record.claim
        is_usable = claim.nature in OBSERVED and claim.figure.has_number and not is_sub_count(claim, ids)
        if (
            is_usable
            and shows(claim)
            and claim.id not in taken_back
            and claim.revision_kind is not RevisionKind.WITHDRAWN
        ):
            series[claim.claimant, claim.question, claim.place].append(record)
    for totals in series.values():
        yield from _falls(totals, read)


def _falls(totals: Sequence[Dated], read: Reader) -> Iterator[Finding]:
    waiting = sorted(totals, key=lambda record: (record.last, record.claim.id), reverse=True)
    highest: tuple[Cut, date, str, ClaimFacts] | None = None  # of equally high ones the latest
    for later in sorted(totals, key=lambda record: (record.first, record.claim.id)):
        while waiting and waiting[-1].last < later.first:
            before = waiting.pop()
            if (begins := _cuts(read(before.claim))[0]) is not None:
                candidate = (begins, before.last, before.claim.id, before.claim)
                highest = candidate if highest is None or candidate[:3] > highest[:3] else highest
        ends = _cuts(read(later.claim))[1]
        if highest is not None and ends is not None and ends < highest[0]:
            earlier = highest[3]
            text = f"{_words(later.claim)} is below {_words(earlier)}, {_sharing(later.claim, earlier)}."
            yield Finding("falling_total", (earlier.id, later.claim.id), text)


def _sharing(*claims: ClaimFacts) -> str:
    """How two or more claims, the last of which shares a voice with each other one, are from the same claimant."""
    voices = {claim.voices for claim in claims}
    if len(voices) == 1:
        return f"{'both' if len(claims) == 2 else 'all'} from the same claimant{'s' if len(voices.pop()) > 1 else ''}"
    return "they share a claimant" if len(claims) == 2 else "each part shares a claimant with it"


def _words(claim: ClaimFacts) -> str:
    when = "" if claim.placed is None else f" ({period_words(claim.placed)})"
    return f"{figure_words(claim.figure)}{when}"
