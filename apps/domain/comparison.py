"""Everything that can be concluded on one question on one day (model.md §4), from plain values.

Observed figures (counts, estimates, admissions) and projections never meet: each are compared among themselves.
Agreement and span tell of the observed figures, and of projections only where no observed one is compared.
Claims of related questions, above and below the asked one, take part only in pairs, and only if their question has the
same measure and unit; each question's own window, floor and tolerance hold for its own claims.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from apps.domain.agreement import Bounds, PlacedBounds, agreements_by_place, span
from apps.domain.claims import ClaimFacts, QuestionFacts, Situation, Tree
from apps.domain.comparability import Judged, Window, apart, apart_unplaced, conditions_for, judge, window_of
from apps.domain.contradictions import HIGHEST, Clash, Grounds, Held, Part, clashes
from apps.domain.findings import falling_totals, own_clashes, part_findings
from apps.domain.reading import read_for
from apps.domain.results import (
    Agreement,
    Apart,
    Comparison,
    Contradiction,
    Finding,
    LeftOut,
    Reading,
    Reason,
    Span,
    Standing,
)
from apps.domain.standing import Dated, can_stand, dated, eligible, in_force, is_sub_count, standing
from apps.domain.vocabulary import Measure, Nature

#: For how many pairs a comparison says what holds without either claim. Each costs a look at every figure, and with
#: thousands of pairs nobody reads them.
LEFT_OUT_PAIRS = 20


def compare(situation: Situation) -> Comparison:
    """Compare the claims of a situation on its day. The order of the claims given never matters."""
    return _Comparing(situation).result()


def lasting_findings(situation: Situation) -> tuple[Finding, ...]:
    """The findings of a comparison that do not hang on what is compared on its day: parts and totals, falling totals.

    On the newest day they tell what is odd in all that was said until then and not taken back.
    """
    return tuple(_Comparing(situation).lasting_findings())


def related_questions(situation: Situation) -> dict[str, QuestionFacts]:
    """The asked question and those above and below it in the tree that can be compared with it, by slug.

    They have its measure and unit and, if they are running totals, are counted from days that allow it.
    """
    asked = situation.question
    tree = question_tree(situation)
    questions = {**situation.questions, asked.slug: asked}
    return {
        slug: question
        for slug, question in questions.items()
        if (tree.holds(asked.slug, slug) or tree.holds(slug, asked.slug))
        and (question.measure, question.unit) == (asked.measure, asked.unit)
        and (slug == asked.slug or _are_counted_alike(question, asked, tree))
    }


def _are_counted_alike(one: QuestionFacts, other: QuestionFacts, tree: Tree) -> bool:
    """Whether "inner ≤ outer" holds of what two nested questions count, as for when their counting begins.

    Only what is counted from the outer total's beginning or later is surely part of it. Where neither beginning is
    known, both are taken to mean the same one.
    """
    if one.measure is not Measure.CUMULATIVE:
        return True
    inner, outer = (one, other) if tree.holds(other.slug, one.slug) else (other, one)
    if inner.since is None or outer.since is None:
        return inner.since == outer.since
    return inner.since.first >= outer.since.first


def question_tree(situation: Situation) -> Tree:
    """The tree of the situation's questions, by `broader`."""
    questions = {**situation.questions, situation.question.slug: situation.question}
    return Tree({slug: question.broader for slug, question in questions.items()})


def judged_claims(
    question: QuestionFacts,
    in_force_records: Iterable[Dated],
    by_id: Mapping[str, ClaimFacts],
    window: Window,
    shows: Callable[[ClaimFacts], bool],
) -> list[Judged]:
    """The claims that stand on one question on the window's day, each with the reason why it is not compared.

    Who stands is settled by all claims; then only those that are shown are judged.
    """
    own = [record for record in in_force_records if record.claim.question == question.slug]
    shown = [record for record in standing(own, by_id, window.on) if shows(record.claim)]
    return judge(shown, question.measure, window)


@dataclass(slots=True)
class _Readings:
    """Readings by claim, each made once: by the tolerance and floor of the claim's own question."""

    situation: Situation
    questions: Mapping[str, QuestionFacts]
    made: dict[str, Reading | None]

    def __call__(self, claim: ClaimFacts) -> Reading | None:
        if claim.id not in self.made:
            settings, is_strict = self.situation.settings, self.situation.is_strict
            question = self.questions[claim.question]
            self.made[claim.id] = read_for(claim.figure, question, settings=settings, is_strict=is_strict)
        return self.made[claim.id]


class _Comparing:
    """The steps of one comparison; each is computed once, from those before it."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.asked = situation.question
        self.questions = related_questions(situation)
        self.by_id = {claim.id: claim for claim in situation.claims}
        self.read = _Readings(situation, self.questions, {})
        self.grounds = Grounds(
            self.asked.slug, self.asked.measure, self.window(self.asked), question_tree(situation), situation.places
        )

    def result(self) -> Comparison:
        pairs = self.contradictions
        return Comparison(
            question=self.asked,
            on=self.situation.on,
            is_strict=self.situation.is_strict,
            standings=tuple(self.standings()),
            contradictions=pairs,
            agreements=self.agreements_without(None),
            spans=tuple(self.spans()),
            apart=tuple(self.apart()),
            findings=tuple(self.findings()),
            left_out=tuple(self.left_out()),
        )

    def window(self, question: QuestionFacts) -> Window:
        return window_of(question, self.situation.settings, self.situation.on)

    @cached_property
    def known(self) -> list[Dated]:
        """The eligible claims of all questions given: one of any of them may supersede."""
        placed = (dated(claim) for claim in self.situation.claims)
        return eligible((record for record in placed if record is not None), self.situation.on)

    @cached_property
    def all_in_force(self) -> list[Dated]:
        return [record for record in in_force(self.known, self.situation.on) if record.claim.question in self.questions]

    @property
    def in_force(self) -> list[Dated]:
        """Those of them that are shown."""
        return [record for record in self.all_in_force if self.situation.shows(record.claim)]

    @cached_property
    def judged(self) -> dict[str, list[Judged]]:
        """Question → its standing claims."""
        by_question: dict[str, list[Dated]] = defaultdict(list)
        for record in self.all_in_force:
            by_question[record.claim.question].append(record)
        return {
            slug: judged_claims(
                self.questions[slug], records, self.by_id, self.window(self.questions[slug]), self.situation.shows
            )
            for slug, records in by_question.items()
        }

    @cached_property
    def held(self) -> dict[str, Held]:
        """The compared claims of all related questions, by id."""
        compared = (one.record for some in self.judged.values() for one in some if one.reason is None)
        return {held.claim.id: held for held in self.as_held(compared)}

    def as_held(self, records: Iterable[Dated]) -> list[Held]:
        readings = ((record, self.read(record.claim)) for record in records)
        return [Held.of(record, reading) for record, reading in readings if reading and not reading.is_interpretation]

    @cached_property
    def parts(self) -> list[Part]:
        """The claims that bound the scope of a total that stands: compared ones and sub-counts in force.

        A sub-count meets the same tests of time as if it stood.
        """
        totals = {one.record.claim.id for some in self.judged.values() for one in some}
        found = []
        for held in (*self.held.values(), *self.as_held(self.sub_counts())):
            total = self.by_id.get(held.claim.part_of or "")
            if total is not None and total.id in totals:
                found.append(Part(held, total))
        return found

    def sub_counts(self) -> list[Dated]:
        """The sub-counts in force that would be compared if they stood."""
        conditions = {
            slug: conditions_for([one.record for one in some], self.asked.measure, self.window(self.questions[slug]))
            for slug, some in self.judged.items()
        }
        return [
            record
            for record in self.in_force
            if can_stand(record, self.situation.on)
            and is_sub_count(record.claim, self.by_id)
            and conditions[record.claim.question].judge(record).reason is None
        ]

    @cached_property
    def clashes(self) -> list[Clash]:
        return clashes(list(self.held.values()), self.parts, self.grounds)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        return tuple(
            Contradiction(clash.lower.claim.id, clash.upper.claim.id, clash.gap, clash.relation)
            for clash in self.clashes
            if not clash.is_within_one_voice
        )

    def own(self) -> list[Judged]:
        return self.judged.get(self.asked.slug, [])

    def order(self, claim: ClaimFacts) -> tuple[int, str, str, str]:
        """Places outside in, then by place, claimant and id."""
        return len(self.situation.places.line(claim.place)), claim.place, claim.claimant, claim.id

    def standings(self) -> list[Standing]:
        own = [Standing(one.record.claim, self.read(one.record.claim), one.reason) for one in self.own()]
        own.sort(key=lambda one: (not one.is_compared, self.order(one.claim)))
        paired = {claim for pair in self.contradictions for claim in (pair.lower_claim, pair.upper_claim)}
        foreign = [
            Standing(held.claim, held.reading)
            for held in self.held.values()
            if held.claim.id in paired and held.claim.question != self.asked.slug
        ]
        return own + sorted(foreign, key=lambda one: self.order(one.claim))

    def apart(self) -> list[Apart]:
        window = self.window(self.asked)
        listed = [(one.record.claim, apart(one, window)) for one in self.own() if one.reason is not None]
        listed += [(claim, apart_unplaced(claim, reason)) for claim, reason in self.never_standing()]
        return [one for _, one in sorted(listed, key=lambda pair: self.order(pair[0]))]

    def never_standing(self) -> Iterable[tuple[ClaimFacts, Reason]]:
        """The asked question's plans and hypotheticals, and its claims without a date; not the superseded ones."""
        for record in self.in_force:
            claim = record.claim
            never_stands = claim.question == self.asked.slug and claim.nature in (Nature.PLAN, Nature.HYPOTHETICAL)
            if never_stands and not is_sub_count(claim, self.by_id):
                yield claim, Reason.NATURE
        superseded = {record.claim.supersedes for record in self.known}
        for claim in self.situation.claims:
            is_own = claim.question == self.asked.slug and claim.id not in superseded and self.situation.shows(claim)
            if is_own and claim.placed is None and not is_sub_count(claim, self.by_id):
                yield claim, Reason.NO_DATE

    @cached_property
    def summed(self) -> list[Held]:
        """The asked question's compared claims that agreement and span tell of."""
        own = [held for held in self.held.values() if held.claim.question == self.asked.slug]
        observed = [held for held in own if not held.record.is_projection]
        return observed or own

    @cached_property
    def bounds(self) -> list[PlacedBounds]:
        return [PlacedBounds(held.claim.id, held.claim.place, self.bounds_of(held)) for held in self.summed]

    def bounds_of(self, held: Held) -> Bounds:
        """A running total from before the window still bounds from below, but it may have grown since."""
        is_total = self.asked.measure is Measure.CUMULATIVE and not held.record.is_projection
        is_old = is_total and held.record.last < self.window(self.asked).opens
        # A reading that no number fits stays so: nothing holds with it.
        return Bounds(held.begins, HIGHEST if is_old and held.begins <= held.ends else held.ends)

    @cached_property
    def agreements(self) -> dict[str, list[Agreement]]:
        return self._agreements(self.bounds)

    def _agreements(self, bounds: Sequence[PlacedBounds]) -> dict[str, list[Agreement]]:
        is_observed = any(not held.record.is_projection for held in self.summed)
        return agreements_by_place(bounds, self.situation.places, inner=is_observed)

    def agreements_without(self, claim: str | None) -> tuple[Agreement, ...]:
        """The agreements of all places, outside in, with one claim left out (None: with all of them)."""
        found = self.agreements
        if claim is not None:
            found = {**found, **self._changed_without(self.by_id[claim])}
        return tuple(one for place in self.by_depth(found) for one in found[place])

    def _changed_without(self, claim: ClaimFacts) -> dict[str, list[Agreement]]:
        """Place → agreements without a claim, where that may differ: at its place and at those around it."""
        around = self.situation.places.line(claim.place)
        outermost = around[-1]
        rest = [
            bounds
            for bounds in self.bounds
            if bounds.claim != claim.id and self.situation.places.holds(outermost, bounds.place)
        ]
        anew = self._agreements(rest)
        return {place: anew.get(place, []) for place in around}

    def is_own_and_shown(self, claim: ClaimFacts) -> bool:
        """Whether a claim is on the asked question and the filters let it through."""
        return claim.question == self.asked.slug and self.situation.shows(claim)

    def by_depth(self, places: Iterable[str]) -> list[str]:
        return sorted(places, key=lambda place: (len(self.situation.places.line(place)), place))

    def spans(self) -> list[Span]:
        by_place: dict[str, list[Held]] = defaultdict(list)
        for held in self.summed:
            by_place[held.claim.place].append(held)
        return [span(place, by_place[place]) for place in self.by_depth(by_place)]

    def left_out(self) -> list[LeftOut]:
        """What holds without either claim of a pair, for the pairs with the widest gaps."""
        made: dict[str, tuple[Agreement, ...]] = {}
        found = []
        for pair in self.contradictions[:LEFT_OUT_PAIRS]:
            for claim in (pair.lower_claim, pair.upper_claim):
                if self.by_id[claim].question == self.asked.slug:
                    if claim not in made:
                        made[claim] = self.agreements_without(claim)
                    found.append(LeftOut(pair, claim, made[claim]))
        return found

    def findings(self) -> list[Finding]:
        """Those that touch the asked question, by kind and claims."""
        found = self._lasting_findings()
        told = [frozenset(one.claims) for one in found]
        return self._touching([*found, *own_clashes(self.clashes, except_pairs=told)])

    def lasting_findings(self) -> list[Finding]:
        return self._touching(self._lasting_findings())

    def _lasting_findings(self) -> list[Finding]:
        scopes = (self.grounds.questions, self.grounds.places)
        found = list(part_findings(self.in_force, scopes, self.read))
        if self.asked.measure is Measure.CUMULATIVE:
            found += falling_totals(self.known, self.read, self.is_own_and_shown)
        return found

    def _touching(self, found: Iterable[Finding]) -> list[Finding]:
        """Those with a claim on the asked question, in their order."""
        touching = (one for one in found if any(self.by_id[c].question == self.asked.slug for c in one.claims))
        return sorted(touching, key=lambda one: (one.kind, one.claims))
