"""From claims to marks: what the charts are given (their geometry is in `apps.web.charts`)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from apps.claims.models import Claim
from apps.domain.claims import ClaimFacts
from apps.domain.results import Reading
from apps.domain.vocabulary import FORWARD, Nature
from apps.domain.wording import period_words
from apps.web.charts.marks import LAST_SLOT, Mark, slot_for

#: Two tones each for the first three governments; then one spare hue, then grey for everybody else.
_GOVERNMENT_SLOTS = ((1, 2), (3, 4), (5, 6))
_SPARE_SLOTS = (7,)


def slots(claims: Sequence[Claim], *, first: Iterable[str] = ()) -> dict[str, int]:
    """Colour and shape (1 to 8) for each claimant, by slug.

    Claimants of one country get tones of one hue. Those in `first` (who are compared on the day shown) are
    served before the others, then whoever has most claims; when the hues run out the rest share grey and are
    told apart by their names.
    """
    served = set(first)
    counts = Counter(claim.claimant.slug for claim in claims)
    countries = {claim.claimant.slug: claim.claimant.country or claim.claimant.slug for claim in claims}
    order = sorted(counts, key=lambda slug: (slug not in served, -counts[slug], slug))
    free: dict[str, list[int]] = {}
    hues, spare, found = list(_GOVERNMENT_SLOTS), list(_SPARE_SLOTS), {}
    for slug in order:
        country = countries[slug]
        if country not in free and hues:
            free[country] = list(hues.pop(0))
        pool = free.get(country) or spare
        found[slug] = pool.pop(0) if pool else LAST_SLOT
    return found


def label(claim: Claim, facts: ClaimFacts) -> str:
    """A mark's name in words: who, how much, where, as of when."""
    placed = facts.placed
    when = f", as of {period_words(placed)}" if placed else ", undated"
    return f"{claim.claimant.name}: {claim.stated_value}, {claim.place.name}{when}"


def mark(claim: Claim, facts: ClaimFacts, reading: Reading | None, slot: int) -> Mark:
    """One claim as a chart draws it; what is drawn of words without a number is named as our reading of them."""
    is_ours = bool(reading and reading.is_interpretation)
    return Mark(
        key=claim.public_id,
        slot=slot_for(slot),
        qualifier=claim.qualifier,
        label=f"{label(claim, facts)}; drawn is our reading" if is_ours else label(claim, facts),
        stated=claim.stated_value,
        href=claim.get_absolute_url(),
        hedged=claim.hedged,
        point=claim.point,
        lower=claim.lower,
        upper=claim.upper,
        lower_inclusive=claim.lower_inclusive is not False,
        upper_inclusive=claim.upper_inclusive is not False,
        read_lower=reading.interval.lower if reading else None,
        read_upper=reading.interval.upper if reading else None,
        is_plan=Nature(claim.nature) in FORWARD,
        is_interpretation=is_ours,
    )


def marks(
    claims: Mapping[str, Claim],
    facts: Mapping[str, ClaimFacts],
    readings: Mapping[str, Reading | None],
    slots_: Mapping[str, int],
) -> dict[str, Mark]:
    """Every claim's mark, by public id."""
    return {
        public_id: mark(claim, facts[public_id], readings[public_id], slots_.get(claim.claimant.slug, LAST_SLOT))
        for public_id, claim in claims.items()
    }
