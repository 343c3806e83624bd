"""The page of one claim: the figure, its words, how it got here, and where it stands among the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.safestring import SafeString

from apps.actors.models import Actor
from apps.claims.models import Citation, Claim
from apps.comparisons import drawing
from apps.comparisons.claim_records import Cited, ClaimRecord
from apps.comparisons.pages.comparison import QUALIFIER_WORDS
from apps.comparisons.pages.forest import agreement_bands, clash_band, dated_words
from apps.comparisons.pages.relations import FindingRow, finding_rows, reading_words
from apps.comparisons.pages.revisions import REVISION_WORDS, change_words, foreign, stated_language
from apps.comparisons.records import ComparedQuestion, conventions
from apps.domain.reading import READING_RULES, tolerance_for
from apps.domain.results import Contradiction, Relation, Standing
from apps.domain.sentences import Names, Phrase, claim_sentence
from apps.domain.standing import dated, eligible, is_sub_count
from apps.domain.vocabulary import BasisKind, Qualifier, RevisionKind, StanceKind
from apps.domain.wording import number, things
from apps.web.charts import Mark, Scale, claim_axis_svg, row_svg, ruler_svg

#: Lists of the page stop here and count the rest.
MOST_CITATIONS = 100
MOST_PRINTERS = 6
MOST_OTHERS = 30
MOST_PAIRS = 10
MOST_SHARING = 20
MOST_FINDINGS = 20
MOST_REVISIONS = 10

STANCE_ICONS = {StanceKind.CONFIRMS: "confirms", StanceKind.DENIES: "denies"}
BASIS_WORDS = {
    BasisKind.CITES: "It names as its source",
    BasisKind.DERIVED_FROM: "It is computed from",
    BasisKind.SAME_BRIEFING: "It was said on the same occasion as",
}
RELATION_WORDS = {
    Relation.NESTED_PLACE: "The higher one is for a place inside the other’s.",
    Relation.NESTED_QUESTION: "The higher one counts a part of what the other counts.",
    Relation.PART: "The higher one is only a part of a total like the other.",
    Relation.EARLIER_LATER: "The higher one is the earlier one of a running total.",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """The words around the figure, cut at the figure; `marked` is empty where its words do not occur."""

    before: str
    marked: str
    after: str
    language: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A claim that cannot hold together with this one."""

    claim: Claim
    slot: int
    words: str


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A row of the small forest; `is_self` marks this claim's own."""

    claim: Claim
    slot: int
    read_as: str
    dated: str
    glyph: SafeString
    is_self: bool
    language: str


@dataclass(frozen=True, slots=True)
class Others:
    """The compared claims of the claim's own day around it, on one axis."""

    ruler: SafeString
    rows: tuple[OtherRow, ...]
    left_out: int


@dataclass(frozen=True)
class ClaimPage:
    """What the template shows; it starts no query. `host` is the site's address without a path."""

    record: ClaimRecord
    host: str

    @property
    def claim(self) -> Claim:
        return self.record.claim

    # --- the figure

    @property
    def figure_parts(self) -> tuple[str, str]:
        """The stated words up to the first digit, shown lightly, and the rest: "at least", "10,000"."""
        words = self.claim.stated_value.strip()
        found = re.search(r"\d", words)
        return (words[: found.start()], words[found.start() :]) if found else ("", words)

    @property
    def language(self) -> str:
        """The language of the stated words where that is not English."""
        return stated_language(self.claim)

    @property
    def unit_words(self) -> str:
        return things(self.claim.question.unit)

    @property
    def place_words(self) -> str:
        """The place and what contains it."""
        places, slug = self.record.places, self.claim.place.slug
        parent = places.tree.parents.get(slug)
        return f"{places.names[slug]}, inside {places.names[parent]}" if parent else places.names[slug]

    @cached_property
    def slots(self) -> dict[str, int]:
        """Colours as on the page of the question on the same day."""
        compared = self.record.compared
        if compared is None:
            return drawing.slots([self.claim])
        standing = [row.claim.claimant for row in compared.comparison.standings if row.is_compared]
        return drawing.slots(list(compared.claims.values()), first=standing)

    def slot_of(self, claim: Claim) -> int:
        return self.slots.get(claim.claimant.slug, 8)

    @property
    def slot(self) -> int:
        return self.slot_of(self.claim)

    @property
    def axis(self) -> SafeString:
        return claim_axis_svg(drawing.mark(self.claim, self.record.facts, self.record.reading, self.slot))

    @property
    def sentence(self) -> tuple[Phrase, ...]:
        claim = self.claim
        names = Names(
            places=self.record.places.names,
            actors={claim.claimant.slug: claim.claimant.name},
            unit=claim.question.unit,
            questions={claim.question.slug: claim.question.title},
        )
        return claim_sentence(self.record.facts, names)

    @property
    def sentence_text(self) -> str:
        return "".join(phrase.text for phrase in self.sentence)

    @property
    def as_of_words(self) -> str:
        return dated_words(self.record.facts)

    @property
    def wording(self) -> str:
        words = QUALIFIER_WORDS[Qualifier(self.claim.qualifier)]
        return f"{words}, with an “about” on top" if self.claim.hedged else words

    @property
    def read_as(self) -> str:
        return reading_words(self.record.reading)

    @property
    def rule(self) -> str:
        """The row of the reading table that says so."""
        if self.record.reading is None:
            return ""
        tolerance = tolerance_for(self.claim.question, conventions())
        code = self.record.reading.rule
        return next((rule.says_at(tolerance) for rule in READING_RULES if rule.code == code), "")

    # --- words and ways

    @property
    def primary(self) -> Citation | None:
        return self.record.citations[0].citation if self.record.citations else None

    @property
    def quote(self) -> Quote | None:
        return quote_of(self.primary, self.claim) if self.primary is not None and self.primary.quote else None

    @property
    def translation(self) -> str:
        return self.primary.translation if self.primary else ""

    @property
    def joint(self) -> tuple[Actor, ...]:
        return tuple(joint.actor for joint in self.claim.joint.all())

    @cached_property
    def via(self) -> tuple[Actor, ...]:
        """Everybody between the claimant and a source, each once, those of the primary source first."""
        actors = [relay.actor for cited in self.record.citations for relay in cited.citation.relays.all()]
        return tuple({actor.slug: actor for actor in actors}.values())

    @property
    def printers(self) -> tuple[Citation, ...]:
        return tuple(cited.citation for cited in self.record.citations[:MOST_PRINTERS])

    @property
    def more_printers(self) -> int:
        return max(0, len(self.record.citations) - MOST_PRINTERS)

    @property
    def citations(self) -> tuple[tuple[Cited, str], ...]:
        """Each citation, and the language of its words where that is not English; those that changed it go first."""
        primary, *others = self.record.citations or (None,)
        rows = [row for row in (primary, *sorted(others, key=lambda row: not row.drift)) if row is not None]
        return tuple((row, foreign(row.citation)) for row in rows[:MOST_CITATIONS])

    @property
    def more_citations(self) -> int:
        return max(0, len(self.record.citations) - MOST_CITATIONS)

    @property
    def changed(self) -> int:
        return sum(1 for row in self.record.citations if row.drift)

    @property
    def stances(self) -> list[tuple[object, str]]:
        """Each stance and its icon."""
        return [(row, STANCE_ICONS.get(StanceKind(row.kind), "unsure")) for row in self.claim.stances.all()]

    @property
    def bases(self) -> list[tuple[str, object]]:
        """Each recorded basis after the words that say what kind it is."""
        return [(BASIS_WORDS[BasisKind(link.kind)], link) for link in self.record.bases]

    @property
    def sharing(self) -> tuple[Claim, ...]:
        """The claims that share its origin."""
        return self.record.origin.shared_with[:MOST_SHARING]

    @property
    def more_sharing(self) -> int:
        return max(0, len(self.record.origin.shared_with) - MOST_SHARING)

    @property
    def findings(self) -> Sequence[FindingRow]:
        """What is odd about it and its claimant's other figures."""
        compared = self.record.compared
        return finding_rows(self.record.findings[:MOST_FINDINGS], compared.claims if compared else {})

    @property
    def more_findings(self) -> int:
        return max(0, len(self.record.findings) - MOST_FINDINGS)

    @property
    def revision_words(self) -> str:
        """What this claim is to the one that it supersedes."""
        return _kind_words(self.claim)

    @property
    def change(self) -> str:
        """How far this claim moved the number of the one that it supersedes."""
        return change_words(self.record.supersedes, self.claim) if self.record.supersedes else ""

    @property
    def successors(self) -> list[tuple[Claim, str]]:
        """Each claim that supersedes this one, and what it is to this one."""
        return [(later, self._succession(later)) for later in self.record.successors]

    def _succession(self, later: Claim) -> str:
        return ", ".join(words for words in (_kind_words(later), change_words(self.claim, later)) if words)

    @property
    def before(self) -> list[tuple[Claim, str]]:
        """The figures before the one that it supersedes, newest first, each with the kind of revision that it is."""
        return [(earlier, _kind_words(earlier)) for earlier in self.record.before[:MOST_REVISIONS]]

    @property
    def more_before(self) -> int:
        return max(0, len(self.record.before) - MOST_REVISIONS)

    @property
    def after(self) -> list[tuple[Claim, str]]:
        """The figures after those that supersede it, oldest first, each with the kind of revision that it is."""
        return [(later, _kind_words(later)) for later in self.record.after[:MOST_REVISIONS]]

    @property
    def more_after(self) -> int:
        return max(0, len(self.record.after) - MOST_REVISIONS)

    @property
    def superseded_by(self) -> tuple[Claim, ...]:
        """The successors that hold; one that was taken back leaves this claim current."""
        return tuple(later for later in self.record.successors if later.is_published)

    # --- addresses

    @property
    def permalink(self) -> str:
        return f"{self.host}{self.claim.get_absolute_url()}"

    @property
    def card_path(self) -> str:
        """The path of the page, which other sites show as a card."""
        return self.claim.get_absolute_url()

    @property
    def card_title(self) -> str:
        return f"{self.claim.claimant.name}: {self.claim.stated_value}"

    @property
    def json_url(self) -> str:
        return f"{self.claim.get_absolute_url().rstrip('/')}.json"

    @property
    def csv_url(self) -> str:
        return f"{self.claim.get_absolute_url().rstrip('/')}.csv"

    @property
    def question_url(self) -> str:
        """The question on the claim's own day."""
        path = self.claim.question.get_absolute_url()
        return f"{path}?on={self.day.isoformat()}" if self.day else path

    # --- among the others

    @property
    def day(self) -> date | None:
        """The claim's own day; None where it is not looked at among the others."""
        return self.record.compared.comparison.on if self.record.compared else None

    @cached_property
    def apart(self) -> str:
        """Why the claim is kept apart on its own day; empty when it is compared, or no longer stood on."""
        compared = self.record.compared
        rows = compared.comparison.apart if compared else ()
        return next((row.text for row in rows if row.claim == self.claim.public_id), "")

    @property
    def replaced_by(self) -> Claim | None:
        """What superseded the claim by the end of its own day, as the comparison of that day saw it."""
        compared = self.record.compared
        if compared is None:
            return None
        facts = [compared.facts[row.public_id] for row in self.superseded_by if row.public_id in compared.facts]
        records = filter(None, map(dated, facts))
        known = {record.claim.id for record in eligible(records, compared.comparison.on)}
        return next((later for later in self.superseded_by if later.public_id in known), None)

    @property
    def total(self) -> Claim | None:
        """The published total of the same question and place that the claim is a part of: it never stands itself."""
        compared = self.record.compared
        if compared is None or not is_sub_count(self.record.facts, compared.facts):
            return None
        return self.record.part_of

    @cached_property
    def stands_instead(self) -> tuple[Claim, ...]:
        """What the claimant stands on at the end of that day for the same question and place, if not on this claim."""
        if self.record.compared is None or self.record.standing is not None:
            return ()
        rows, facts = self.record.compared.comparison.standings, self.record.facts
        matter = (facts.claimant, facts.question, facts.place)
        own = [row for row in rows if (row.claim.claimant, row.claim.question, row.claim.place) == matter]
        return tuple(self.record.compared.claims[row.claim.id] for row in own[:MOST_PAIRS])

    @property
    def has_others(self) -> bool:
        """Whether anything else is compared on that day."""
        rows = self.record.compared.comparison.standings if self.record.compared else ()
        return any(row.is_compared and not self._is_self(row) for row in rows)

    @cached_property
    def _pairs(self) -> tuple[Contradiction, ...]:
        compared, own = self.record.compared, self.claim.public_id
        pairs = compared.comparison.contradictions if compared else ()
        return tuple(pair for pair in pairs if own in (pair.lower_claim, pair.upper_claim))

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        if self.record.compared is None:
            return ()
        return tuple(self._clash(self.record.compared, pair) for pair in self._pairs[:MOST_PAIRS])

    def _clash(self, compared: ComparedQuestion, pair: Contradiction) -> Clash:
        is_lower = pair.lower_claim == self.claim.public_id
        other = compared.claims[pair.upper_claim if is_lower else pair.lower_claim]
        gap = f"{number(pair.gap)} apart." if pair.gap else "No number fits both."
        return Clash(other, self.slot_of(other), f"{gap} {RELATION_WORDS.get(pair.relation, '')}".strip())

    @property
    def more_clashes(self) -> int:
        return max(0, len(self._pairs) - MOST_PAIRS)

    @cached_property
    def others(self) -> Others | None:
        """The compared claims of that day and this one; None when there is nobody to stand among."""
        compared = self.record.compared
        if compared is None:
            return None
        rows = [row for row in compared.comparison.standings if row.is_compared or self._is_self(row)]
        if not any(row.is_compared for row in rows):
            return None
        shown = self._around(rows)
        scale = Scale.for_marks(self._mark(compared, row) for row in rows if row.is_compared)
        return Others(
            ruler=ruler_svg(scale),
            rows=tuple(self._other(compared, row, scale) for row in shown),
            left_out=len(rows) - len(shown),
        )

    def _is_self(self, row: Standing) -> bool:
        return row.claim.id == self.claim.public_id

    def _around(self, rows: Sequence[Standing]) -> list[Standing]:
        """As many rows as are shown, this claim's among them, in their order."""
        others = [row.claim.id for row in rows if not self._is_self(row)]
        kept = {self.claim.public_id, *others[: MOST_OTHERS - 1]}
        return [row for row in rows if row.claim.id in kept]

    def _mark(self, compared: ComparedQuestion, row: Standing) -> Mark:
        claim = compared.claims[row.claim.id]
        return drawing.mark(claim, row.claim, row.reading, self.slot_of(claim))

    def _other(self, compared: ComparedQuestion, row: Standing, scale: Scale) -> OtherRow:
        claim = compared.claims[row.claim.id]
        by_id = {each.claim.id: each for each in compared.comparison.standings}
        agreed = [found for found in compared.comparison.agreements if found.place == row.claim.place]
        clashing = [
            band
            for pair in self._pairs
            if row.claim.id in (pair.lower_claim, pair.upper_claim)
            if (band := clash_band(pair, by_id))
        ]
        bands = [*agreement_bands(agreed), *clashing[:1]] if row.is_compared else []
        return OtherRow(
            claim=claim,
            slot=self.slot_of(claim),
            read_as=reading_words(row.reading),
            dated=dated_words(row.claim),
            glyph=row_svg(self._mark(compared, row), scale, bands),
            is_self=self._is_self(row),
            language=stated_language(claim),
        )


def quote_of(citation: Citation, claim: Claim) -> Quote:
    """The quote, cut around the figure as it is printed there, else as it is stated; capitals do not matter."""
    quote, language = citation.quote, foreign(citation)
    for words in (citation.stated_value, claim.stated_value):
        if (found := find_words(words, quote)) is not None:
            start, end = found
            return Quote(quote[:start], quote[start:end], quote[end:], language)
    return Quote(quote, "", "", language)


def find_words(words: str, text: str) -> tuple[int, int] | None:
    """Where the words stand in the text as words of their own: "40" stands neither in "140" nor in "40,000".

    Only digits and Latin letters have edges; Korean and Japanese hang their particles on the figure.
    """
    words = words.strip()
    if not words:
        return None
    before = r"(?<!\d)(?<!\d[.,])" if words[0].isdigit() else r"(?<![A-Za-z])" if words[0].isascii() else ""
    after = r"(?!\d)(?![.,]\d)" if words[-1].isdigit() else r"(?![A-Za-z])" if words[-1].isascii() else ""
    found = re.search(f"{before}{re.escape(words)}{after}", text, re.IGNORECASE)
    return found.span() if found else None


def _kind_words(claim: Claim) -> str:
    """What a claim is to the one that it supersedes; empty where it supersedes none."""
    return REVISION_WORDS[RevisionKind(claim.revision_kind)].noun if claim.revision_kind else ""
