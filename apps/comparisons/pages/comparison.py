"""The comparison page: one question, one position date, everything side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from apps.claims.models import Citation, Claim, Question, Stance
from apps.comparisons import drawing
from apps.comparisons.pages.forest import Forest, build_forest, gap_words
from apps.comparisons.pages.relations import FindingRow, TendencyRow, finding_rows, tendency_rows
from apps.comparisons.pages.revisions import Chain, chains
from apps.comparisons.pages.timeline import Matrix, OverTime, build_matrix, build_over_time
from apps.comparisons.queries import ComparisonQuery
from apps.comparisons.records import ComparedQuestion, conventions
from apps.comparisons.references import moment_words
from apps.domain.drift import Drift
from apps.domain.origins import origins_words
from apps.domain.reading import tolerance_for
from apps.domain.sentences import Phrase, left_out_words
from apps.domain.vocabulary import Measure, Qualifier
from apps.domain.wording import day_words, number
from apps.web.queries import moment_iso

#: Lists on the page stop here, and the page says how much is left out; the JSON has all of it.
MOST_LISTED = 100
MOST_TENDENCIES = 40
MOST_CHAINS = 40

MEASURE_WORDS = {
    Measure.STOCK: "how many there are at one moment",
    Measure.FLOW: "how many in one period",
    Measure.CUMULATIVE: "a running total",
}
QUALIFIER_WORDS = {
    Qualifier.EXACTLY: "exactly, or a bare number",
    Qualifier.ABOUT: "about",
    Qualifier.AT_LEAST: "at least",
    Qualifier.MORE_THAN: "more than",
    Qualifier.UP_TO: "up to",
    Qualifier.LESS_THAN: "less than",
    Qualifier.BETWEEN: "between",
    Qualifier.ORDER_OF_MAGNITUDE: "thousands, dozens …",
    Qualifier.UNQUANTIFIED: "without a number",
}


@dataclass(frozen=True, slots=True)
class Cut[Item]:
    """The first items of a list, and how many there are in all."""

    shown: tuple[Item, ...]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.shown)


def cut[Item](items: Sequence[Item], *, most: int = MOST_LISTED) -> Cut[Item]:
    """A list as the page prints it."""
    return Cut(tuple(items[:most]), len(items))


def changes_address(question: Question, query: ComparisonQuery) -> str:
    """The difference page with the same filters: from the knowledge date, if one is set, to the present."""
    address = reverse("question-changes", args=[question.slug])
    known_since = moment_iso(query.known) if query.known else None
    encoded = query.encode(known=None, on=None, view=None, strict=None, known_since=known_since)
    return f"{address}?{encoded}" if encoded else address


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Select:
    """A filter that may be repeated: the drop-down shows its first value, the others stay as hidden fields."""

    name: str
    label: str
    everything: str
    options: tuple[Option, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What holds when one claim of a contradicting pair is left out, in one sentence."""

    slot: int
    words: str


@dataclass(frozen=True, slots=True)
class CitationRow:
    claim: Claim
    citation: Citation
    slot: int
    drift: tuple[Drift, ...]


@dataclass(frozen=True, slots=True)
class StanceRow:
    claim: Claim
    stance: Stance


@dataclass(frozen=True, slots=True)
class ApartRow:
    claim: Claim
    slot: int
    text: str


@dataclass(frozen=True, slots=True)
class ChainRow:
    chain: Chain
    slot: int


@dataclass(frozen=True, slots=True)
class PartRow:
    total: Claim
    parts: tuple[Claim, ...]


@dataclass(frozen=True)
class ComparisonPage:
    """What the template shows; it starts no query. `changed_since`: claims changed after the knowledge date."""

    compared: ComparedQuestion
    changed_since: int = 0

    @cached_property
    def slots(self) -> dict[str, int]:
        standing = [row.claim.claimant for row in self.compared.comparison.standings if row.is_compared]
        return drawing.slots(list(self.compared.claims.values()), first=standing)

    @property
    def summary(self) -> tuple[tuple[Phrase, str], ...]:
        """Each phrase of the sentence and the address of the claim it speaks of, if any."""
        claims = self.compared.claims
        return tuple(
            (phrase, claims[phrase.claim].get_absolute_url() if phrase.claim else "")
            for phrase in self.compared.summary
        )

    @property
    def on(self) -> date:
        return self.compared.comparison.on

    @cached_property
    def forest(self) -> Forest:
        return build_forest(self.compared, self.slots)

    @cached_property
    def over_time(self) -> OverTime:
        return build_over_time(self.compared, self.slots)

    @cached_property
    def matrix(self) -> Matrix:
        return build_matrix(self.compared, self.slots)

    @property
    def measure_words(self) -> str:
        words = MEASURE_WORDS[Measure(self.compared.question.measure)]
        since = self.compared.question.since
        return f"{words} since {since.iso}" if since else words

    @property
    def on_file(self) -> str:
        """How many figures from how many claimants the filters let through."""
        figures = len(self.compared.own)
        claimants = len({claim.claimant.slug for claim in self.compared.own})
        return f"{figures:,} figure{'s' * (figures != 1)} from {claimants:,} claimant{'s' * (claimants != 1)}"

    @cached_property
    def left_out(self) -> tuple[Without, ...]:
        """For the widest pair only: the others are listed with their gaps."""
        comparison = self.compared.comparison
        widest = [one for one in comparison.left_out if one.pair == comparison.contradictions[0]]
        return tuple(
            Without(
                self._slot(self.compared.claims[one.without]),
                left_out_words(one, comparison, self.compared.names).rstrip(".") + ".",
            )
            for one in widest
        )

    @property
    def has_company(self) -> bool:
        """Whether figures of at least two claimants are compared."""
        compared = (row.claim.claimant for row in self.compared.comparison.standings if row.is_compared)
        return len(set(compared)) > 1

    @property
    def tolerance_percent(self) -> str:
        """What "about" allows on this question, in per cent."""
        return number(tolerance_for(self.compared.question, conventions()) * 100)

    @cached_property
    def pairs(self) -> tuple[tuple[Claim, Claim, str], ...]:
        """Each contradiction in words, widest gap first: upper end, lower end, the gap."""
        claims = self.compared.claims
        return tuple(
            (claims[pair.upper_claim], claims[pair.lower_claim], gap_words(pair.gap))
            for pair in self.compared.comparison.contradictions[:MOST_LISTED]
        )

    @property
    def pairs_total(self) -> int:
        return len(self.compared.comparison.contradictions)

    # --- days

    def _address(self, **changes: str | None) -> str:
        query = self.compared.query.encode(**changes)
        path = self.compared.question.get_absolute_url()
        return f"{path}?{query}" if query else path

    @cached_property
    def _days(self) -> list[date]:
        own = {claim.public_id for claim in self.compared.own}
        dated = {
            facts.placed.last
            for public_id, facts in self.compared.facts.items()
            if public_id in own and facts.placed is not None
        }
        return sorted(day for day in dated if day <= self.compared.today)

    @property
    def previous_day(self) -> tuple[str, str] | None:
        """The last earlier day with a new figure, as words and address."""
        earlier = [day for day in self._days if day < self.on]
        return self._day_link(earlier[-1]) if earlier else None

    @property
    def next_day(self) -> tuple[str, str] | None:
        """The first later day with a new figure."""
        later = [day for day in self._days if day > self.on]
        return self._day_link(later[0]) if later else None

    def _day_link(self, day: date) -> tuple[str, str]:
        return day_words(day), self._address(on=day.isoformat())

    @property
    def today_url(self) -> str:
        return self._address(on=self.compared.today.isoformat())

    @property
    def strict_url(self) -> str:
        """The same page with the reading rules switched the other way."""
        return self._address(strict=None if self.compared.query.is_strict else "1")

    @property
    def rollup_url(self) -> str:
        """The same page with claimants rolled up, or no more."""
        return self._address(rollup=None if self.compared.query.is_rolled_up else "1")

    @property
    def known_words(self) -> str:
        """The knowledge date, empty for the present."""
        known = self.compared.query.known
        return "" if known is None else moment_words(known)

    @property
    def changed_words(self) -> str:
        """What happened to the records since the knowledge date: "3 claims were added or changed since"."""
        n = self.changed_since
        counted = f"{n:,} claim{'s were' if n != 1 else ' was'}" if n else "no claim was"
        return f"{counted} added or changed since"

    @property
    def changes_url(self) -> str:
        """The difference since the knowledge date, or over the last days."""
        return changes_address(self.compared.question, self.compared.query)

    @property
    def known_iso(self) -> str:
        """The knowledge date as a form sends it."""
        known = self.compared.query.known
        return "" if known is None else moment_iso(known)

    @property
    def present_url(self) -> str:
        """The same page as things are known now."""
        return self._address(known=None)

    @property
    def permalink(self) -> str:
        return self._address(on=self.on.isoformat())

    @property
    def freeze_url(self) -> str:
        """Where an editor may keep what is shown for ever; `apps.publishing` answers there."""
        query = self.compared.query.encode(on=self.on.isoformat(), view=None)
        return f"{reverse('frozen-new')}?question={self.compared.question.slug}&{query}"

    @property
    def csv_url(self) -> str:
        return self._suffixed("csv")

    @property
    def json_url(self) -> str:
        return self._suffixed("json")

    @property
    def xlsx_url(self) -> str:
        return self._suffixed("xlsx")

    @property
    def pictures(self) -> tuple[tuple[str, str], ...]:
        """The table as a picture: names and addresses."""
        return self._pictures(None)

    @property
    def pictures_over_time(self) -> tuple[tuple[str, str], ...]:
        """The same of the chart over time."""
        return self._pictures("time")

    def _pictures(self, view: str | None) -> tuple[tuple[str, str], ...]:
        query = self.compared.query.encode(on=self.on.isoformat(), view=view)
        path = self.compared.question.get_absolute_url().rstrip("/")
        return tuple((suffix.upper(), f"{path}.{suffix}?{query}") for suffix in ("svg", "png"))

    @property
    def share_url(self) -> str:
        """The picture that networks show beside a link."""
        return f"{self.compared.question.get_absolute_url()}share.png?{self._day_query}"

    @property
    def _day_query(self) -> str:
        return self.compared.query.encode(on=self.on.isoformat(), view=None)

    def _suffixed(self, suffix: str) -> str:
        query = self.compared.query.encode(on=self.on.isoformat())
        return f"{self.compared.question.get_absolute_url().rstrip('/')}.{suffix}?{query}"

    # --- filters

    @cached_property
    def selects(self) -> tuple[Select, ...]:
        candidates, query = self.compared.candidates, self.compared.query
        tree, names = self.compared.places.tree, self.compared.places.names
        places = sorted({slug for claim in candidates for slug in tree.line(claim.place.slug)}, key=names.__getitem__)
        claimants = {claim.claimant.slug: claim.claimant.name for claim in candidates}
        qualifiers = {claim.qualifier for claim in candidates}
        return (
            _select("place", "Place", "All places", [(slug, names[slug]) for slug in places], query.places),
            _select(
                "claimant",
                "Claimant",
                f"All {len(claimants)} claimants",
                sorted(claimants.items(), key=lambda item: item[1]),
                query.claimants,
            ),
            _select(
                "qualifier",
                "Wording",
                "Any wording",
                [(q.value, QUALIFIER_WORDS[q]) for q in Qualifier if q in qualifiers],
                query.qualifiers,
            ),
        )

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """What is set, each with the address that drops it alone."""
        query, names = self.compared.query, self.compared.places.names
        actors = {claim.claimant.slug: claim.claimant.name for claim in self.compared.candidates}
        found = [Chip(names[place], self._at(query.without_place(place))) for place in query.places]
        found += [Chip(actors.get(slug, slug), self._at(query.without_claimant(slug))) for slug in query.claimants]
        found += [Chip(QUALIFIER_WORDS[q], self._at(query.without_qualifier(q))) for q in query.qualifiers]
        if query.since:
            found.append(Chip(f"as of {day_words(query.since)} or later", self._address(**{"from": None})))
        if query.until:
            found.append(Chip(f"as of {day_words(query.until)} or earlier", self._address(to=None)))
        if query.is_rolled_up:
            found.append(Chip("claimants rolled up", self._address(rollup=None)))
        if query.is_strict:
            found.append(Chip("strict: bounds as stated", self._address(strict=None)))
        return tuple(found)

    def _at(self, query: ComparisonQuery) -> str:
        return f"{self.compared.question.get_absolute_url()}?{query.encode()}"

    # --- lists

    def _slot(self, claim: Claim) -> int:
        return self.slots.get(claim.claimant.slug, 8)

    @cached_property
    def _citations(self) -> list[CitationRow]:
        """Citations of the standing claims, newest claim first, with what each outlet changed."""
        drift = {row.citation: row.found for row in self.compared.drift}
        return [
            CitationRow(claim, citation, self._slot(claim), drift.get(citation.public_id, ()))
            for claim in reversed(self.compared.standing)
            for citation in claim.citations.all()
        ]

    @cached_property
    def changed_citations(self) -> Cut[CitationRow]:
        return cut([row for row in self._citations if row.drift])

    @cached_property
    def faithful_citations(self) -> Cut[CitationRow]:
        return cut([row for row in self._citations if not row.drift])

    @cached_property
    def stances(self) -> Cut[StanceRow]:
        return cut(
            [StanceRow(claim, stance) for claim in reversed(self.compared.own) for stance in claim.stances.all()]
        )

    @cached_property
    def apart(self) -> Cut[ApartRow]:
        claims = self.compared.claims
        return cut(
            [
                ApartRow(claims[row.claim], self._slot(claims[row.claim]), row.text)
                for row in self.compared.comparison.apart
            ]
        )

    @cached_property
    def chains(self) -> Cut[ChainRow]:
        """How claimants revised their figures up to the position date, the newest revision first."""
        placed = {id_: facts.placed for id_, facts in self.compared.facts.items()}
        until = [row for row in self.compared.own if (at := placed[row.public_id]) is None or at.first <= self.on]
        rows = [ChainRow(chain, self._slot(chain.newest)) for chain in chains(until)]
        newest = {row: placed[row.chain.newest.public_id] for row in rows}
        days = {row: at.last if at else date.min for row, at in newest.items()}
        return cut(sorted(rows, key=days.__getitem__, reverse=True), most=MOST_CHAINS)

    @cached_property
    def parts(self) -> Cut[PartRow]:
        """Published totals of which a claim on this question is a sub-count; totals of other questions have pages."""
        by_total: dict[str, list[Claim]] = {}
        for claim in self.compared.own:
            if claim.part_of is not None and claim.part_of.public_id in self.compared.claims:
                by_total.setdefault(claim.part_of.public_id, []).append(claim)
        return cut([PartRow(self.compared.claims[total], tuple(parts)) for total, parts in by_total.items()])

    @cached_property
    def findings(self) -> Cut[FindingRow]:
        return cut(finding_rows(self.compared.comparison.findings, self.compared.claims))

    @cached_property
    def tendencies(self) -> Cut[TendencyRow]:
        """How each claimant's figures lie against the others', place by place."""
        return cut(tendency_rows(self.compared.tendencies.rows, self.compared, self.slots), most=MOST_TENDENCIES)

    @property
    def origins(self) -> str:
        """Where the compared figures come from, counted, in words."""
        return origins_words(self.compared.origins)


def _select(name: str, label: str, everything: str, values: Sequence[tuple[str, str]], chosen: Sequence[str]) -> Select:
    first = chosen[0] if chosen else ""
    known = [value for value, _ in values]
    extra = [(first, first)] if first and first not in known else []
    options = tuple(Option(value, words, value == first) for value, words in [*values, *extra])
    return Select(name, label, everything, options, tuple(chosen[1:]))
