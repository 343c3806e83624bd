"""The plain sentences over a comparison, made from its results and from nothing else (model.md §5, DESIGN.md).

Neutral and in the claimants' own words: which figures hold together and which cannot, never who is right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from apps.domain.claims import ClaimFacts, QuestionFacts, Settings, Tree
from apps.domain.contradictions import shared_interval
from apps.domain.figures import Interval
from apps.domain.results import Agreement, Comparison, Contradiction, LeftOut, Reading, Relation, Standing
from apps.domain.vocabulary import Measure
from apps.domain.wording import (
    count_words,
    day_words,
    days_words,
    figure_words,
    interval_words,
    listed,
    number,
    partial_words,
    period_words,
    quantity_words,
    quoted,
    things,
)

#: How many places get a clause of their own, how many single figures are quoted, how many intervals are spelt out.
_MOST = 3


class PhraseKind(StrEnum):
    """How a phrase is shown: plainly, as a clash, as an agreement, or as a figure that links to its claim."""

    PLAIN = "plain"
    CLASH = "clash"
    AGREE = "agree"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence with its own spaces; the texts joined are the sentence. `claim` is whose figure it is."""

    text: str
    kind: PhraseKind = PhraseKind.PLAIN
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What to call things in a sentence: slug → name; a slug without a name is printed as it is.

    `unit` is the unit of the question's numbers ("persons", "percent", "containers").
    """

    places: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)

    def place(self, slug: str) -> str:
        return self.places.get(slug, slug)

    def actor(self, slug: str) -> str:
        """The name, without brackets of its own so that it can stand in brackets."""
        return self.actors.get(slug, slug).replace(" (", ", ").replace(")", "")

    def question(self, slug: str) -> str:
        return self.questions.get(slug, slug)


def text_of(phrases: Iterable[Phrase]) -> str:
    """The plain sentence."""
    return "".join(phrase.text for phrase in phrases)


def summary(comparison: Comparison, names: Names, *, settings: Settings | None = None) -> tuple[Phrase, ...]:
    """The sentences over a comparison: how many figures, from what to what, what holds together and what cannot.

    `settings` gives the window of a question that has none of its own.
    """
    return _Summary(comparison, names, settings or Settings()).phrases()


def claim_sentence(claim: ClaimFacts, names: Names) -> tuple[Phrase, ...]:
    """Who said what figure, on which question, for which place and time; nothing is said of the thing counted."""
    when = ", on an unknown day"
    if claim.as_of is not None:
        when = f", as of {period_words(claim.as_of)}" if claim.as_of.end is None else f", {period_words(claim.as_of)}"
    elif claim.stated_on is not None:
        when = f", stated {partial_words(claim.stated_on)}"
    asked, place = quoted(names.question(claim.question)), names.place(claim.place)
    return (
        Phrase(f"{names.actors.get(claim.claimant, claim.claimant)} said "),
        _figure(claim),
        Phrase(f" on {asked} for {place}{when}."),
    )


def left_out_words(left_out: LeftOut, comparison: Comparison, names: Names) -> str:
    """What holds in each place when one claim of a contradicting pair is left out, as one sentence."""
    claims = {standing.claim.id: standing.claim for standing in comparison.standings}
    claim = claims.get(left_out.without)
    without = f"claim {left_out.without}" if claim is None else f"{figure_words(claim.figure)} ({_who(claim, names)})"
    places = list(dict.fromkeys(agreement.place for agreement in left_out.agreements if agreement.n > 1))
    clauses = []
    for place in places:
        found = [agreement for agreement in left_out.agreements if agreement.place == place]
        clauses.append(f"{_amounts(found, names.unit)} in {names.place(place)} ({found[0].n} of {found[0].of})")
    return f"Without {without}: {'; '.join(clauses) or 'no two figures of a place are left that hold at once'}."


_MAY_GROW = "a running total may grow from one day to the next"


def holding_words(one: Standing, other: Standing, question: QuestionFacts, places: Tree, names: Names) -> str:
    """Under which condition two compared figures of one question both hold, given that they can; without a full stop.

    Nothing has to be said of two places of which neither lies in the other.
    """
    for inner, outer in ((one, other), (other, one)):
        if places.is_inside(inner.claim.place, outer.claim.place):
            is_bounded = question.measure is not Measure.CUMULATIVE or _is_not_later(inner.claim, outer.claim)
            return _nested_words(inner, outer, question, names) if is_bounded else _MAY_GROW
    if one.claim.place != other.claim.place or one.reading is None or other.reading is None:
        return ""
    if question.measure is Measure.CUMULATIVE and one.claim.placed != other.claim.placed:
        return _MAY_GROW
    shared = shared_interval(one.reading.interval, other.reading.interval)
    words = quantity_words(shared, question.unit)
    if not _is_presence(question):
        return f"the number is {words}"
    return f"{words} {'was' if shared.lower == shared.upper == 1 else 'were'} in {names.place(one.claim.place)}"


def _is_not_later(one: ClaimFacts, other: ClaimFacts) -> bool:
    """Whether a running total is about the same period as another, or about one that ends by its beginning."""
    early, late = one.placed, other.placed
    return early is not None and late is not None and (early == late or early.last <= late.first)


def _nested_words(inner: Standing, outer: Standing, question: QuestionFacts, names: Names) -> str:
    """What two figures ask of each other when one place lies in the other."""
    inside, around = names.place(inner.claim.place), names.place(outer.claim.place)
    rest = _rest(inner.reading, outer.reading)
    if _is_presence(question) and rest is not None:
        return f"{quantity_words(rest, question.unit)} were in {around} outside {inside}"
    return f"the number for {inside} is not above that for {around}"


def _rest(inner: Reading | None, outer: Reading | None) -> Interval | None:
    """How many more an outer figure asks for than an inner one allows; None when it may be none at all."""
    if inner is None or outer is None or inner.interval.upper is None or outer.interval.lower is None:
        return None
    rest = outer.interval.lower - inner.interval.upper
    is_closed = outer.interval.lower_inclusive and inner.interval.upper_inclusive
    return Interval(rest, None, lower_inclusive=is_closed) if rest > 0 else None


def _is_presence(question: QuestionFacts) -> bool:
    """Whether the question counts what is somewhere at one moment."""
    return question.measure is Measure.STOCK and question.unit != "percent"


def _figure(claim: ClaimFacts) -> Phrase:
    return Phrase(figure_words(claim.figure), PhraseKind.FIGURE, claim.id)


def _who(claim: ClaimFacts, names: Names) -> str:
    """The claimant and everybody who made the claim with it."""
    others = sorted(claim.voices - {claim.claimant})
    return listed([names.actor(slug) for slug in (claim.claimant, *others)])


def _amounts(agreements: Sequence[Agreement], unit: str) -> str:
    """The intervals of one place: one, "either A or B", or how many there are."""
    if len(agreements) > _MOST:
        return f"one of {len(agreements)} ranges of {things(unit)}, listed below,"
    *others, last = (agreement.interval for agreement in agreements)
    words = [*(interval_words(interval) for interval in others), quantity_words(last, unit)]
    return f"either {listed(words, 'or')}" if others else words[0]


_WHY = {
    Relation.SAME: "",
    Relation.NESTED_PLACE: ": the higher figure is for a place inside the other’s",
    Relation.NESTED_QUESTION: ": the higher figure counts a part of what the other counts",
    Relation.PART: ": the higher figure is only a part of a total like the other",
    Relation.EARLIER_LATER: ": the higher figure is the earlier one of a running total",
}


def _time_words(measure: Measure, on: date, days: int) -> str:
    """Which figures are compared on the position date, by the measure; `days` is the window."""
    day = day_words(on)
    if measure is Measure.CUMULATIVE:
        return f"up to {day}"
    if measure is Measure.FLOW:
        return f"for a period up to {day}"
    return f"in the {days_words(days)} to {day}" if days else f"on {day}"


class _Summary:
    """The summary of one comparison; each method is one kind of sentence."""

    def __init__(self, comparison: Comparison, names: Names, settings: Settings) -> None:
        self.comparison, self.names = comparison, names
        self.question = comparison.question
        window = self.question.window_days
        self.days = settings.window_days if window is None else window
        self.time = _time_words(self.question.measure, comparison.on, self.days)
        self.claims = {standing.claim.id: standing.claim for standing in comparison.standings}
        self.compared: dict[str, list[ClaimFacts]] = {}
        for standing in comparison.standings:
            claim = standing.claim
            if standing.is_compared and claim.question == self.question.slug and claim.figure.has_number:
                self.compared.setdefault(claim.place, []).append(claim)

    def phrases(self) -> tuple[Phrase, ...]:
        sentences = [*self._figure_sentences(), *self._cross_sentences()]
        if self.comparison.is_strict and self.compared:
            sentences.append([Phrase("Figures are taken strictly as stated.")])
        spaced = [[Phrase(" "), *sentence] for sentence in sentences]
        return tuple(phrase for sentence in spaced for phrase in sentence)[1:]

    def _figure_sentences(self) -> list[list[Phrase]]:
        if not self.compared:
            return [self._nothing()]
        several = [place for place, claims in self.compared.items() if len(claims) > 1]
        singles = [claims[0] for claims in self.compared.values() if len(claims) == 1]
        sentences = [
            sentence
            for place in several[:_MOST]
            for sentence in self._place_sentences(place, is_first=place == several[0])
        ]
        if more := len(several[_MOST:]):
            sentences.append([Phrase(f"{count_words(more)} more {_places(more)} with several figures, listed below.")])
        if singles:
            sentences.append(self._singles(singles, is_first=not several))
        return sentences

    def _nothing(self) -> list[Phrase]:
        apart = len(self.comparison.apart)
        listed_apart = ""
        if apart:
            listed_apart = f" {count_words(apart)} {'is' if apart == 1 else 'are'} listed apart, with the reason."
        return [Phrase(f"No figures are compared {self.time}.{listed_apart}")]

    def _place_sentences(self, place: str, *, is_first: bool) -> list[list[Phrase]]:
        """A place with several figures: who gives how many, and what holds; a clash goes into its own sentence."""
        pairs, agreement = self._pairs_in(place), self._agreement(place)
        opening = self._opening(place, is_first=is_first)
        if not pairs:
            return [[*opening, *([Phrase("; "), *agreement] if agreement else []), Phrase(".")]]
        clash = [*self._clash(pairs), *([Phrase("; "), *agreement] if agreement else []), Phrase(".")]
        if is_first:
            return [[*opening, Phrase(".")], clash]
        return [[Phrase(f"In {self.names.place(place)}, "), *clash]]

    def _opening(self, place: str, *, is_first: bool) -> list[Phrase]:
        claims = self.compared[place]
        claimants = len({claim.claimant for claim in claims})
        who = f"{claimants:,} {'claimant gives' if claimants == 1 else 'claimants give'}"
        count = "figures" if claimants == len(claims) else f"{len(claims):,} figures"
        when = f" {self.time}" if is_first else ""
        return [Phrase(f"{who} {count} for {self.names.place(place)}{when}, "), *self._extent(claims)]

    def _extent(self, claims: Sequence[ClaimFacts]) -> list[Phrase]:
        """From the lowest to the highest stated number, in the words of those who stated them."""
        low = min(claims, key=lambda claim: (claim.figure.numbers[0], claim.figure.numbers[-1], claim.id))
        high = min(claims, key=lambda claim: (-claim.figure.numbers[-1], -claim.figure.numbers[0], claim.id))
        if low.figure.numbers[0] == high.figure.numbers[-1]:
            if len(claims) == 2:
                return [_figure(claims[0]), Phrase(" and "), _figure(claims[1])]
            return [Phrase(f"each naming the number {number(low.figure.numbers[0])}")]
        if low is high:
            return [Phrase("the widest of them "), _figure(low)]
        return [Phrase("from "), _figure(low), Phrase(" to "), _figure(high)]

    def _agreement(self, place: str) -> list[Phrase]:
        """What most of a place's figures allow; nothing when no two of them hold at once."""
        found = [agreement for agreement in self.comparison.agreements if agreement.place == place]
        if not found or found[0].n < 2:
            return []
        n, of = found[0].n, found[0].of
        amounts = _amounts(found, self.names.unit)
        holds = ("both" if of == 2 else "all") if n == of else f"{n:,} of the {of:,} figures"
        if self._has_older_total(place):
            allow = Phrase(f"{holds} allow {amounts}", PhraseKind.AGREE)
            return [allow, Phrase(", older totals counting only as lower bounds")]
        condition = f"{amounts} were there" if _is_presence(self.question) else f"the number is {amounts}"
        return [Phrase(f"{holds} hold at once", PhraseKind.AGREE), Phrase(f" if {condition}")]

    def _has_older_total(self, place: str) -> bool:
        """Whether a running total here is older than the window, so that its upper end counts as open (model.md §4).

        Its figure need not hold on this day, so "all hold at once" would say too much.
        """
        if self.question.measure is not Measure.CUMULATIVE:
            return False
        placed = [claim.placed for claim in self.compared.get(place, ())]
        return any(period is not None and (self.comparison.on - period.last).days > self.days for period in placed)

    def _singles(self, claims: Sequence[ClaimFacts], *, is_first: bool) -> list[Phrase]:
        """Places with one figure each: quoted while they are few, else named while they are few."""
        when = f" {self.time}" if is_first else ""
        if len(claims) == 1:
            claim = claims[0]
            opening = f"One figure is compared for {self.names.place(claim.place)}{when}: "
            return [Phrase(opening), *self._attributed(claim), Phrase(".")]
        if len(claims) > _MOST:
            places = [self.names.place(claim.place) for claim in claims[:_MOST]]
            more = len(claims) - _MOST
            return [Phrase(f"One figure each{when} for {listed([*places, f'{more:,} more {_places(more)}'])}.")]
        phrases = [Phrase(f"One figure each{when}: ")]
        for position, claim in enumerate(claims):
            comma = "" if position == 0 else " and " if position == len(claims) - 1 else ", "
            phrases += [Phrase(comma), *self._attributed(claim, is_across=True)]
        return [*phrases, Phrase(".")]

    def _pairs_in(self, place: str) -> list[Contradiction]:
        """Contradicting pairs whose two claims are both figures of this place on this question."""
        return [pair for pair in self.comparison.contradictions if self._home(pair) == place]

    def _home(self, pair: Contradiction) -> str | None:
        """The place whose clause tells of a pair: none when it goes across places or questions."""
        lower, upper = self.claims.get(pair.lower_claim), self.claims.get(pair.upper_claim)
        if lower is None or upper is None or lower.place != upper.place:
            return None
        is_own = lower.question == upper.question == self.question.slug
        several = [place for place, claims in self.compared.items() if len(claims) > 1]
        return lower.place if is_own and lower.place in several[:_MOST] else None

    def _cross_sentences(self) -> list[list[Phrase]]:
        pairs = [pair for pair in self.comparison.contradictions if self._home(pair) is None]
        return [[*self._clash(pairs, is_across=True), Phrase(".")]] if pairs else []

    def _clash(self, pairs: Sequence[Contradiction], *, is_across: bool = False) -> list[Phrase]:
        """One pair by name; of several how many there are, and by name the one with the widest gap."""
        widest = min(pairs, key=lambda pair: (-pair.gap, pair.lower_claim, pair.upper_claim))
        named = [
            *self._told(widest.upper_claim, is_across=is_across),
            Phrase(" and "),
            *self._told(widest.lower_claim, is_across=is_across),
        ]
        clash = Phrase("cannot both hold", PhraseKind.CLASH)
        if len(pairs) == 1:
            return [*named, Phrase(" "), clash, *([Phrase(why)] if (why := _WHY[widest.relation]) else [])]
        more = len(pairs) - 1
        where = " across places or questions" if is_across else ""
        rest = f", furthest apart, and {more:,} more {'pair' if more == 1 else 'pairs'}, listed below"
        return [Phrase(f"{len(pairs):,} pairs of figures{where} "), clash, Phrase(": "), *named, Phrase(rest)]

    def _told(self, claim_id: str, *, is_across: bool) -> list[Phrase]:
        claim = self.claims.get(claim_id)
        if claim is None:  # the results name a claim that they do not carry
            return [Phrase(f"claim {claim_id}", PhraseKind.FIGURE, claim_id)]
        return self._attributed(claim, is_across=is_across)

    def _attributed(self, claim: ClaimFacts, *, is_across: bool = False) -> list[Phrase]:
        """A figure and whose it is; across places and questions also what it is a figure of."""
        scope = ""
        if is_across:
            is_own = claim.question == self.question.slug
            scope = "" if is_own else f" on {quoted(self.names.question(claim.question))}"
            scope += f" for {self.names.place(claim.place)}"
        return [_figure(claim), Phrase(f"{scope} ({_who(claim, self.names)})")]


def _places(n: int) -> str:
    return "place" if n == 1 else "places"
