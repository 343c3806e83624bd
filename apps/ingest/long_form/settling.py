"""Which of the claims that are here a row is.

Rows of one claimant, place, time and source that differ in their figure alone have an identity in common and a number
each. A second delivery may lack some of them, or have more, or in another order: a row that says what a claim says is
that claim, whatever its number, and only what is left is new, or corrects what is left of the claims.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from apps.ingest.long_form.statements import Statement, claim_id
from apps.ingest.problems import BundleRefused, Problem, quoted

#: Ids of claims → for those that imports brought, the hash of what their rows said last.
type Said = Callable[[Sequence[str]], Mapping[str, str]]
_WHICH = (
    "wanted all that this source says of it: {} of the same claimant, place and days are here, and which of them this "
    "row corrects is not clear."
)


def settled(statements: Sequence[Statement], said: Said, *, file: str) -> tuple[list[Statement], dict[str, str]]:
    """The statements with the ids of their claims, in the same order, and what was said of those that are here.

    Raises `BundleRefused` with a problem for each row that may correct several claims. `said` is asked once, and a few
    times more where rows say something else than their claims.
    """
    known = dict(said([one.claim for one in statements]))
    groups = _doubtful(statements, known)
    stored = _all_stored(groups, known, said)
    found: dict[tuple[str, int], Statement] = {}
    problems: list[Problem] = []
    for identity, group in groups.items():
        numbers = _numbers(group, stored[identity])
        for one, number in zip(group, numbers, strict=True):
            if number is None:
                problems.append(_unclear(one, len(stored[identity]), file))
            else:
                found[identity, one.number] = replace(one, number=number, claim=claim_id(identity, number))
                known |= {claim_id(identity, at): text for at, text in stored[identity].items()}
    if problems:
        raise BundleRefused(sorted(problems, key=lambda problem: problem.line or 0))
    now = [found.get((one.identity, one.number), one) for one in statements]
    return now, {one.claim: known[one.claim] for one in now if one.claim in known}


def _doubtful(statements: Iterable[Statement], known: Mapping[str, str]) -> dict[str, list[Statement]]:
    """By identity, where some row is of a claim that is here and some row says what none says."""
    groups: dict[str, list[Statement]] = {}
    for one in statements:
        if one.identity:
            groups.setdefault(one.identity, []).append(one)
    return {
        identity: group
        for identity, group in groups.items()
        if any(one.claim in known for one in group) and any(known.get(one.claim) != one.said for one in group)
    }


def _all_stored(
    groups: Mapping[str, Sequence[Statement]], known: Mapping[str, str], said: Said
) -> dict[str, dict[int, str]]:
    """Identity → number → what was said of each of its claims; those after the last row are asked for, too."""
    stored = {
        identity: {one.number: known[one.claim] for one in group if one.claim in known}
        for identity, group in groups.items()
    }
    last, width = {identity: len(group) for identity, group in groups.items()}, 1
    while last:
        ids = {claim_id(at, number): (at, number) for at, end in last.items() for number in _after(end, width)}
        for claim, text in said(list(ids)).items():
            identity, number = ids[claim]
            stored[identity][number] = text
        last = {identity: end + width for identity, end in last.items() if end + width in stored[identity]}
        width *= 2
    return stored


def _after(number: int, width: int) -> range:
    return range(number + 1, number + 1 + width)


def _numbers(group: Sequence[Statement], stored: Mapping[int, str]) -> list[int | None]:
    """The number of the claim that each row is; None where it may be several."""
    by_said = {text: number for number, text in stored.items()}
    same = [by_said.get(one.said) for one in group]
    left = {one.number for one, number in zip(group, same, strict=True) if number is None}
    free = stored.keys() - set(same)
    unused = (number for number in range(1, len(stored) + len(group) + 1) if number not in stored)
    if not free:
        return [next(unused) if number is None else number for number in same]
    is_whole = len(group) == len(stored)
    if is_whole and len(left) == 1:
        return [min(free) if number is None else number for number in same]
    by_place = is_whole and left == free
    return [one.number if number is None and by_place else number for one, number in zip(group, same, strict=True)]


def _unclear(one: Statement, count: int, file: str) -> Problem:
    wanted = _WHICH.format(f"{count:,} claims" if count > 1 else "a claim")
    return Problem(file, f"given {quoted(one.row.value)}; {wanted}", one.row.line, "value", wanted)
