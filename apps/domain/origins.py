"""How many origins the figures on a page have (model.md §4, "origins").

Citations are not evidence of independence: ten reports of one briefing are one origin. Claims that hang together
through recorded links make one origin. A claim that no recorded link touches counts as unknown, never as independent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from apps.domain.vocabulary import BasisKind


@dataclass(frozen=True, slots=True)
class BasisLink:
    """What a claim rests on: another claim, or an actor; exactly one of the two targets is given."""

    kind: BasisKind
    claim: str
    target_claim: str | None = None
    target_actor: str | None = None


@dataclass(frozen=True, slots=True)
class Relayed:
    """One citation of a claim: `via` are the actors through whom it came, from the claimant outwards."""

    claim: str
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """`recorded` origins have a recorded basis; `unknown` claims have none."""

    citations: int
    claimants: int
    recorded: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Claims that hang together, by id. `recorded` holds those that a recorded link touches.

    The others hang on them only through a relay, which shows the way a figure came and not where it began.
    """

    claims: tuple[str, ...]
    recorded: frozenset[str]


def origins(*, claimants: Mapping[str, str], citations: Sequence[Relayed], links: Iterable[BasisLink]) -> Origins:
    """Count the origins of some claims, given as claim id → claimant; `origin_groups` says what makes one."""
    groups = origin_groups(claimants=claimants, citations=citations, links=links)
    known = [group.recorded for group in groups if group.recorded]
    return Origins(
        citations=sum(citation.claim in claimants for citation in citations),
        claimants=len(set(claimants.values())),
        recorded=len(known),
        unknown=len(claimants) - sum(map(len, known)),
    )


def origin_groups(
    *, claimants: Mapping[str, str], citations: Iterable[Relayed], links: Iterable[BasisLink]
) -> tuple[Origin, ...]:
    """Which of some claims, given as claim id → claimant, hang together; every claim is in one group, by id.

    `citations` of other claims do not count. `links` may hold those of other claims too, so that two claims that
    rest on a third, unlisted one are seen to hang together. A claim of an actor on whom another claim rests belongs to
    that actor's origin. A relay joins claims only if every citation of each of them came through it: one direct
    citation shows that we do not have it from the relay. A relay alone is no basis, so it makes no claim recorded.
    """
    groups = _Groups()
    touched = _join_links(groups, claimants, links)
    _join_relays(groups, claimants, citations)
    found: dict[_Node, list[str]] = {}
    for claim in sorted(claimants):
        found.setdefault(groups.find(("claim", claim)), []).append(claim)
    return tuple(
        Origin(tuple(claims), frozenset(claim for claim in claims if ("claim", claim) in touched))
        for claims in found.values()
    )


def origins_words(found: Origins) -> str:
    """The count in plain words: "6 citations, 3 claimants, 2 recorded origins, 1 unknown"."""
    counted = (
        (found.citations, "citation"),
        (found.claimants, "claimant"),
        (found.recorded, "recorded origin"),
    )
    words = [f"{n:,} {noun}{'' if n == 1 else 's'}" for n, noun in counted]
    return ", ".join([*words, f"{found.unknown:,} unknown"])


type _Node = tuple[str, str]


def _join_links(groups: "_Groups", claimants: Mapping[str, str], links: Iterable[BasisLink]) -> set[_Node]:
    """Join what the links join; the answer holds every node that a recorded link touches."""
    touched: set[_Node] = set()
    for link in links:
        target = ("claim", link.target_claim) if link.target_claim is not None else ("actor", link.target_actor or "")
        groups.join(("claim", link.claim), target)
        touched |= {("claim", link.claim), target}
    for claim, claimant in claimants.items():
        if ("actor", claimant) in touched:
            groups.join(("claim", claim), ("actor", claimant))
            touched.add(("claim", claim))
    return touched


def _join_relays(groups: "_Groups", claimants: Mapping[str, str], citations: Iterable[Relayed]) -> None:
    always: dict[str, set[str]] = {}
    for citation in citations:
        if citation.claim in claimants:
            always.setdefault(citation.claim, set(citation.via)).intersection_update(citation.via)
    for claim, relays in always.items():
        for relay in relays:
            groups.join(("claim", claim), ("relay", relay))


class _Groups:
    """Groups that merge, over nodes that are made when first named."""

    def __init__(self) -> None:
        self._above: dict[_Node, _Node] = {}

    def find(self, node: _Node) -> _Node:
        root = node
        while (above := self._above.get(root, root)) != root:
            root = above
        while (above := self._above.get(node, root)) != root:
            self._above[node], node = root, above
        return root

    def join(self, one: _Node, other: _Node) -> None:
        self._above[self.find(one)] = self.find(other)
