"""The recorded links between claims, followed from some claims as far as they lead, in a bounded number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.claims.models import Basis, Citation, Claim, ClaimStatus
from apps.domain.origins import BasisLink, Relayed, origin_groups
from apps.domain.vocabulary import BasisKind

#: How many claims a chain of links may lead through, and how many new links are followed at each step; `Links.is_cut`
#: says when there are more.
MOST_STEPS = 4
MOST_LINKS = 2_000
#: Whose links readers may see; what a retracted claim rested on stays on record.
PUBLIC = (ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED)


@dataclass(frozen=True, slots=True)
class Links:
    """The links that were followed, in a stable order. `is_cut`: there are more, so some origins are not known here."""

    rows: tuple[Basis, ...] = ()
    is_cut: bool = False


def links_of_questions(slugs: Iterable[str]) -> Links:
    """The links of all claims on some questions, and of the claims that these are linked with, step by step."""
    given = list(slugs)
    return _followed(Q(claim__question__slug__in=given) | Q(target_claim__question__slug__in=given))


def links_of_claim(claim: Claim) -> tuple[Basis, ...]:
    """The links of one claim, and of the claims that it is linked with, step by step."""
    return _followed(Q(claim=claim) | Q(target_claim=claim)).rows


def _followed(start: Q) -> Links:
    found: dict[int, Basis] = {}
    seen: set[int] = set()
    asked, is_cut = start, False
    for _ in range(MOST_STEPS):
        rows = list(_links(asked, found)[: MOST_LINKS + 1])
        is_cut |= len(rows) > MOST_LINKS
        found |= {row.pk: row for row in rows[:MOST_LINKS]}
        ends = _ends(rows[:MOST_LINKS]) - seen
        if not ends:
            break
        seen |= ends
        asked = Q(claim__in=ends) | Q(target_claim__in=ends)
    else:
        is_cut = is_cut or _links(asked, found).exists()
    return Links(tuple(sorted(found.values(), key=_order)), is_cut)


def _ends(rows: Iterable[Basis]) -> set[int]:
    return {pk for row in rows for pk in (row.claim_id, row.target_claim_id) if pk is not None}


def _links(asked: Q, found: Iterable[int]) -> QuerySet[Basis]:
    """Links between claims that readers may see, with both ends loaded, without those `found` before (keys)."""
    is_seen = Q(claim__status__in=PUBLIC) & (Q(target_claim=None) | Q(target_claim__status__in=PUBLIC))
    ends = ("claim__claimant", "claim__question", "target_claim__claimant", "target_claim__question", "target_actor")
    return Basis.objects.filter(asked, is_seen).exclude(pk__in=list(found)).select_related(*ends).order_by("pk")


def _order(row: Basis) -> tuple[str, str, str, str]:
    target, actor = row.target_claim, row.target_actor
    return row.claim.public_id, row.kind, target.public_id if target else "", actor.slug if actor else ""


def link_facts(row: Basis) -> BasisLink:
    """One link as the domain counts it."""
    return BasisLink(
        BasisKind(row.kind),
        row.claim.public_id,
        row.target_claim.public_id if row.target_claim else None,
        row.target_actor.slug if row.target_actor else None,
    )


def relayed_facts(citation: Citation, claim: Claim) -> Relayed:
    """The way on which one citation got its claim; relays must be loaded."""
    return Relayed(claim.public_id, tuple(relay.actor.slug for relay in citation.relays.all()))


@dataclass(frozen=True, slots=True)
class ClaimOrigin:
    """Where one claim's knowledge comes from: whether that is recorded, and the claims that share its origin, by id."""

    is_recorded: bool
    shared_with: tuple[Claim, ...]


def origin_of(claim: Claim, beside: Iterable[Claim], links: Iterable[Basis]) -> ClaimOrigin:
    """The origin of a claim among those `beside` it and those that the links lead to.

    Relays of `claim` and of those beside it must be loaded; those of the others are not asked for.
    """
    links = list(links)
    near = {row.public_id: row for row in (*beside, claim)}
    linked = {row.public_id: row for link in links for row in (link.claim, link.target_claim) if row is not None}
    rows = linked | near
    groups = origin_groups(
        claimants={public_id: row.claimant.slug for public_id, row in rows.items()},
        citations=[relayed_facts(citation, row) for row in near.values() for citation in row.citations.all()],
        links=[link_facts(link) for link in links],
    )
    own = next(group for group in groups if claim.public_id in group.claims)
    shared = tuple(rows[public_id] for public_id in own.claims if public_id != claim.public_id)
    return ClaimOrigin(claim.public_id in own.recorded, shared)
