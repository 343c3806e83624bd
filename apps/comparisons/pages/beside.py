"""An actor's latest figure on one question beside those of the others: with whom it can hold and with whom not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.http import urlencode

from apps.claims.models import Claim
from apps.comparisons import drawing
from apps.comparisons.entity_records import ActorStand
from apps.comparisons.pages.forest import gap_words
from apps.comparisons.pages.revisions import stated_language
from apps.domain.results import Contradiction, Standing
from apps.domain.sentences import holding_words
from apps.domain.wording import interval_words
from apps.web.charts.marks import LAST_SLOT

#: Rows of the table; the page of the question has all.
MOST_BESIDE = 12
#: The actor's own colour and shape on its page.
OWN_SLOT = 1


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A figure of somebody else. `state`: `clash`, `agree`, or empty where it is not compared; `why` may be empty."""

    claim: Claim
    slot: int
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Beside:
    """`claim` is the latest figure, `apart` why it is not compared (empty when it is).

    `elsewhere` counts the figures for places that neither hold its place nor lie in it: these say nothing of it.
    """

    on: date
    claim: Claim
    language: str
    apart: str
    rows: tuple[BesideRow, ...]
    left_out: int
    elsewhere: int
    url: str


def build_beside(stand: ActorStand) -> Beside:
    """The rows in the order of the table: cannot hold, can hold, not compared."""
    compared, own = stand.compared, stand.standing
    on = compared.comparison.on
    rows, elsewhere = _Rows(stand, own).all() if own is not None and own.is_compared else ([], 0)
    return Beside(
        on=on,
        claim=stand.latest,
        language=stated_language(stand.latest),
        apart=_apart(stand, own),
        rows=tuple(rows[:MOST_BESIDE]),
        left_out=max(0, len(rows) - MOST_BESIDE),
        elsewhere=elsewhere,
        url=f"{compared.question.get_absolute_url()}?{urlencode({'on': on.isoformat()})}",
    )


def _apart(stand: ActorStand, own: Standing | None) -> str:
    """Why the latest figure is not compared on its day; empty when it is."""
    if own is not None and own.is_compared:
        return ""
    listed = (row.text for row in stand.compared.comparison.apart if row.claim == stand.latest.public_id)
    return next(listed, "Its claimant no longer stands on it at the end of that day.")


class _Rows:
    """What is to be said of each figure of somebody else beside one that is compared."""

    def __init__(self, stand: ActorStand, own: Standing) -> None:
        self.stand, self.own, self.compared = stand, own, stand.compared
        standing = [row.claim.claimant for row in self.compared.comparison.standings if row.is_compared]
        self.slots = drawing.slots(list(self.compared.claims.values()), first=standing)
        # On its own page the actor has the first colour; whoever has it on the page of the question takes the actor's.
        given = self.slots.get(stand.actor.slug, LAST_SLOT)
        self.slots = {slug: given if slot == OWN_SLOT else slot for slug, slot in self.slots.items()}

    def all(self) -> tuple[list[BesideRow], int]:
        """The rows, and how many compared figures are about places that have nothing to do with it."""
        clashing = [self._clash(pair) for pair in self._pairs()]
        told = {row.claim.public_id for row in clashing}
        others = [row for row in self.stand.others if row.claim.id not in told]
        compared = [row for row in others if row.is_compared]
        near = [row for row in compared if self._is_near(row)]
        kept_apart = [row for row in others if not row.is_compared and self._is_near(row)]
        return [*clashing, *map(self._holding, near), *self._apart(kept_apart)], len(compared) - len(near)

    def _pairs(self) -> list[Contradiction]:
        mine = self.own.claim.id
        return [
            pair for pair in self.compared.comparison.contradictions if mine in (pair.lower_claim, pair.upper_claim)
        ]

    def _row(self, public_id: str, state: str, why: str) -> BesideRow:
        claim = self.compared.claims[public_id]
        return BesideRow(claim, self.slots.get(claim.claimant.slug, LAST_SLOT), state, why)

    def _clash(self, pair: Contradiction) -> BesideRow:
        """How far apart the two are, and their readings where both are at hand (a part of a total may not stand)."""
        other = pair.upper_claim if pair.lower_claim == self.own.claim.id else pair.lower_claim
        rows = (row for row in self.compared.comparison.standings if row.claim.id == other)
        reading, words = next(rows, self.own).reading, gap_words(pair.gap)
        if self.own.reading is not None and reading is not None and reading is not self.own.reading:
            words += f": {interval_words(self.own.reading.interval)} against {interval_words(reading.interval)}"
        return self._row(other, "clash", words)

    def _is_near(self, row: Standing) -> bool:
        here, there, tree = self.own.claim.place, row.claim.place, self.compared.places.tree
        return tree.holds(here, there) or tree.holds(there, here)

    def _holding(self, row: Standing) -> BesideRow:
        compared = self.compared
        words = holding_words(self.own, row, compared.comparison.question, compared.places.tree, compared.names)
        return self._row(row.claim.id, "agree", words)

    def _apart(self, rows: Iterable[Standing]) -> list[BesideRow]:
        reasons = {row.claim: row.text for row in self.compared.comparison.apart}
        return [self._row(row.claim.id, "", reasons.get(row.claim.id, "")) for row in rows]
