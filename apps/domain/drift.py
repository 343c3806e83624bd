"""How a source changed the claim that it printed: a code and one plain sentence a change (model.md §4).

What counts as a change of the wording, where the model leaves it open:

* A bound is a hedge, and a stronger one than "about". Bound → about and bound or about → bare lose it
  (`hedge_lost`); bare → about and bare or about → bound gain one (`hedge_added`).
* "Nearly" and "just over" are an "about" with one side closed. Losing that side ("nearly 12,000" → "about
  12,000") is `hedge_lost`, gaining it `hedge_added`; swapping the side is `bound_flipped`.
* "At least" and "more than" (and "up to" and "less than") are printed for one another all the time and differ
  by one number: that is no change.
* Other words for the same figure ("already 11,000", "already eleven thousand") are no change.
* A number printed as another number is `value_changed`, however far apart the two are; the sentence says when it is ten
  times as high, or a tenth. `magnitude_lost` is for words: a number printed as "thousands" (the number is lost) or as
  "many" (its order of magnitude is lost too), "hundreds of thousands" as "thousands", "thousands" as "many".
* "Hundreds" printed as "thousands" gains what nobody claimed: `value_changed`, like a number where none was given.
* What words without a number mean is our interpretation (`apps.domain.reading`), and the sentence says so. Words that
  we cannot interpret ("a battalion", "a regiment") are not held against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from apps.domain.claims import ClaimFacts
from apps.domain.figures import Figure
from apps.domain.reading import read
from apps.domain.results import Reading
from apps.domain.sentences import Names
from apps.domain.vocabulary import Qualifier
from apps.domain.wording import figure_words, interval_words, quoted


class DriftKind(StrEnum):
    """What was changed; the order in which changes are listed."""

    BOUND_FLIPPED = "bound_flipped"
    HEDGE_ADDED = "hedge_added"
    HEDGE_LOST = "hedge_lost"
    ROUNDED = "rounded"
    VALUE_CHANGED = "value_changed"
    RANGE_COLLAPSED = "range_collapsed"
    MAGNITUDE_LOST = "magnitude_lost"
    QUESTION_CHANGED = "question_changed"
    PLACE_CHANGED = "place_changed"
    CLAIMANT_CHANGED = "claimant_changed"
    SPEAKER_CHANGED = "speaker_changed"

    @property
    def words(self) -> str:
        """The code as readers see it: "bound flipped"."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Printed:
    """A claim as a source printed it; question, place, claimant (slugs) and speaker (a name) only where they differ."""

    figure: Figure
    question: str | None = None
    place: str | None = None
    claimant: str | None = None
    speaker: str | None = None
    is_translated: bool = False


@dataclass(frozen=True, slots=True)
class Drift:
    """One change, and a sentence that names both wordings."""

    kind: DriftKind
    text: str


def drift(claim: ClaimFacts, speaker: str | None, printed: Printed, *, names: Names | None = None) -> tuple[Drift, ...]:
    """Every change from the claim to what was printed, in the order of the kinds.

    `speaker` is who spoke the claim, as far as known; `names` says what to call questions, places and actors, each by
    slug (a place and an actor may share one); a slug without a name is printed as it is.
    """
    found = [*_figure_drift(claim.figure, printed), *_scope_drift(claim, speaker, printed, names or Names())]
    return tuple(sorted(found, key=lambda each: list(DriftKind).index(each.kind)))


def _scope_drift(claim: ClaimFacts, speaker: str | None, printed: Printed, names: Names) -> Iterator[Drift]:
    if printed.question and printed.question != claim.question:
        asked, answered = quoted(names.question(printed.question)), quoted(names.question(claim.question))
        yield Drift(DriftKind.QUESTION_CHANGED, f"Printed on {asked}; the claim is on {answered}.")
    if printed.place and printed.place != claim.place:
        there, here = names.place(printed.place), names.place(claim.place)
        yield Drift(DriftKind.PLACE_CHANGED, f"Printed for {there}; the claim is for {here}.")
    if printed.claimant and printed.claimant not in claim.voices:
        other = names.actors.get(printed.claimant, printed.claimant)
        own = names.actors.get(claim.claimant, claim.claimant)
        yield Drift(DriftKind.CLAIMANT_CHANGED, f"Printed as a figure of {other}; the claim is of {own}.")
    if printed.speaker and printed.speaker != speaker:
        said = f"names {speaker}" if speaker else "names no speaker"
        yield Drift(DriftKind.SPEAKER_CHANGED, f"Printed with {printed.speaker} as speaker; the claim {said}.")


def _figure_drift(stated: Figure, printed: Printed) -> Iterator[Drift]:
    """Changes of the number and of how it is hedged."""
    said, wrote = figure_words(stated), figure_words(printed.figure)
    how = "printed in translation as" if printed.is_translated else "printed as"
    for kind, why in _figure_changes(stated, printed.figure):
        yield Drift(kind, f"{said} was {how} {wrote}: {why}.")


def _figure_changes(stated: Figure, printed: Figure) -> Iterator[tuple[DriftKind, str]]:
    if not stated.has_number or not printed.has_number:
        yield from _vague_changes(stated, printed)
        return
    became = f"{_form(stated)} became {_form(printed)}"
    if (kind := _hedge_change(stated, printed)) is not None:
        yield kind, became
    if (kind := _number_change(stated, printed)) is not None:
        is_new_range = _is_range(printed) and not _is_range(stated)
        other = became if is_new_range else _other_number(stated, printed)
        yield kind, "the number was rounded" if kind is DriftKind.ROUNDED else other
    if _is_range(stated) and not _is_range(printed):
        yield DriftKind.RANGE_COLLAPSED, became


def _other_number(stated: Figure, printed: Figure) -> str:
    """That the number is another; also how many times as high it is, where that can hardly be a change of mind."""
    low, high = stated.numbers[0], stated.numbers[-1]
    if 0 < high * 10 <= printed.numbers[0]:
        return "the number is another, at least ten times as high"
    if 0 < printed.numbers[-1] * 10 <= low:
        return "the number is another, a tenth or less"
    return "the number is another"


def _vague_changes(stated: Figure, printed: Figure) -> Iterator[tuple[DriftKind, str]]:
    """Changes where one of the two has no number."""
    if printed.has_number:
        yield DriftKind.VALUE_CHANGED, "the claim gives no number"
    elif stated.has_number:
        yield DriftKind.MAGNITUDE_LOST, _what_is_left(stated, _interpretation(printed), printed.qualifier)
    elif (change := _magnitude_change(stated, printed)) is not None:
        yield change


def _what_is_left(stated: Figure, meant: Reading | None, qualifier: Qualifier) -> str:
    """What words in place of a number keep of it."""
    if meant is None:
        is_gone = qualifier is Qualifier.UNQUANTIFIED
        return "the number and its order of magnitude were lost" if is_gone else "the number was lost"
    if any(number in meant.interval for number in stated.numbers):
        return "the number was lost, its order of magnitude is left"
    return f"the number was lost, and the words, as we read them, mean {interval_words(meant.interval)}"


def _magnitude_change(stated: Figure, printed: Figure) -> tuple[DriftKind, str] | None:
    """The change from words without a number to other such words; what cannot be interpreted is no change."""
    before, after = _interpretation(stated), _interpretation(printed)
    if after is None:
        is_gone = _is_magnitude(stated) and printed.qualifier is Qualifier.UNQUANTIFIED
        is_gone = is_gone and stated.stated_value.casefold() != printed.stated_value.casefold()
        return (DriftKind.MAGNITUDE_LOST, "the order of magnitude was lost") if is_gone else None
    if before is None or before.rule == after.rule:
        return None
    as_read = f"as we read the words, {interval_words(before.interval)} became {interval_words(after.interval)}"
    low, high = before.interval.lower, after.interval.upper
    is_lost = low is not None and high is not None and high < low
    return DriftKind.MAGNITUDE_LOST if is_lost else DriftKind.VALUE_CHANGED, as_read


def _is_magnitude(figure: Figure) -> bool:
    """Whether the words give at least an order of magnitude, to us or to the editor who entered them."""
    return figure.qualifier is Qualifier.ORDER_OF_MAGNITUDE or _interpretation(figure) is not None


def _interpretation(figure: Figure) -> Reading | None:
    return read(figure, floor=None, tolerance=Decimal(0), is_strict=False)


def _is_range(figure: Figure) -> bool:
    return figure.qualifier is Qualifier.BETWEEN


def _side(figure: Figure) -> str | None:
    """The single side that the words close: "lower", "upper", or None."""
    if (figure.lower is None) == (figure.upper is None):
        return None
    return "lower" if figure.lower is not None else "upper"


def _form(figure: Figure) -> str:
    """What kind of number the words make it."""
    if figure.qualifier is Qualifier.ABOUT:
        return {"lower": "an approximation from above", "upper": "an approximation from below"}.get(
            _side(figure) or "", "an approximation"
        )
    noun = "range" if _is_range(figure) else f"{_side(figure)} bound" if _side(figure) else "plain number"
    article = "a hedged" if figure.hedged else "an" if noun == "upper bound" else "a"
    return f"{article} {noun}"


def _hedge_change(stated: Figure, printed: Figure) -> DriftKind | None:
    sides = _side(stated), _side(printed)
    if None not in sides and sides[0] != sides[1]:
        return DriftKind.BOUND_FLIPPED
    before, after = _hedge_strength(stated), _hedge_strength(printed)
    if _is_range(stated) or _is_range(printed):
        if _is_plain_range(stated) != _is_plain_range(printed) and not (_is_range(stated) and _is_range(printed)):
            return None  # a plain range and an "about" may well say the same; the numbers tell the rest
        before, after = (0, _is_approximate(stated)), (0, _is_approximate(printed))
    if before == after:
        return None
    return DriftKind.HEDGE_LOST if after < before else DriftKind.HEDGE_ADDED


def _is_plain_range(figure: Figure) -> bool:
    return _is_range(figure) and not figure.hedged


def _hedge_strength(figure: Figure) -> tuple[int, bool]:
    """Bare, about, about with one side closed, bound; each with or without an "about" on top."""
    is_about = figure.qualifier is Qualifier.ABOUT
    strength = (1 if _side(figure) is None else 2) if is_about else (0 if _side(figure) is None else 3)
    return strength, figure.hedged


def _is_approximate(figure: Figure) -> bool:
    return figure.hedged or figure.qualifier is Qualifier.ABOUT


def _number_change(stated: Figure, printed: Figure) -> DriftKind | None:
    """Whether the printed numbers are stated ones (some may be left out), rounded ones or others."""
    new = [number for number in printed.numbers if number not in stated.numbers]
    if not new:
        return None
    is_rounded = all(any(_is_rounded(number, exact) for exact in stated.numbers) for number in new)
    is_same_shape = _is_range(stated) or not _is_range(printed)
    return DriftKind.ROUNDED if is_rounded and is_same_shape else DriftKind.VALUE_CHANGED


def _is_rounded(number: Decimal, exact: Decimal) -> bool:
    """Whether `number` is `exact` with fewer significant digits; a half may go either way."""
    if exact == 0:
        return False
    for digits in range(len(exact.normalize().as_tuple().digits) - 1, 0, -1):
        step = Decimal(1).scaleb(exact.adjusted() - digits + 1)
        if number in (exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_HALF_DOWN)):
            return True
    return False
