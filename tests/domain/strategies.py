"""Random values for the property tests of the domain."""

from decimal import Decimal

from hypothesis import strategies as st

from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier

#: Numbers as they are stated: of either sign, whole or with up to three decimals, short or long, tiny or huge.
numbers = st.one_of(
    st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False),
    st.integers(-1000, 1000).map(Decimal),
    st.builds(
        lambda digits, places: Decimal(digits).scaleb(places), st.integers(-(10**15), 10**15), st.integers(-14, 14)
    ),
).map(lambda number: number.normalize() + 0)
_maybe = st.none() | numbers
_flags = st.none() | st.booleans()


@st.composite
def _bounded(draw: st.DrawFn, qualifier: Qualifier, words: str) -> Figure:
    """A sound figure of this qualifier."""
    number = draw(numbers)
    has_point = draw(st.booleans())
    is_hedged = draw(st.booleans())
    side = draw(st.sampled_from(["", "nearly", "just over"]))
    match qualifier:
        case Qualifier.EXACTLY:
            return Figure(words, qualifier, number, number, True, True, number)
        case Qualifier.ABOUT if side == "nearly":
            return Figure(words, qualifier, None, number, None, False, number, is_hedged)
        case Qualifier.ABOUT if side == "just over":
            return Figure(words, qualifier, number, None, False, None, number, is_hedged)
        case Qualifier.ABOUT:
            return Figure(words, qualifier, point=number)
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            is_inclusive = qualifier is Qualifier.AT_LEAST
            return Figure(words, qualifier, number, None, is_inclusive, None, number if has_point else None, is_hedged)
        case Qualifier.UP_TO | Qualifier.LESS_THAN:
            is_inclusive = qualifier is Qualifier.UP_TO
            return Figure(words, qualifier, None, number, None, is_inclusive, number if has_point else None, is_hedged)
        case Qualifier.BETWEEN:
            low, middle, high = sorted((number, draw(numbers), draw(numbers)))
            ends = draw(st.tuples(st.booleans(), st.booleans()))
            return Figure(words, qualifier, low, high, *ends, middle if has_point else None, is_hedged)
        case _:
            return Figure(words, qualifier)


#: Figures that satisfy every rule.
sound_figures = st.tuples(st.sampled_from(Qualifier), st.text(min_size=1).filter(str.strip)).flatmap(
    lambda pair: _bounded(*pair)
)
#: Figures of any shape, most of them against the rules.
any_figures = st.builds(
    Figure,
    st.text(),
    st.sampled_from(Qualifier),
    lower=_maybe,
    upper=_maybe,
    lower_inclusive=_flags,
    upper_inclusive=_flags,
    point=_maybe,
    hedged=st.booleans(),
)
tolerances = st.decimals(min_value=0, max_value=1, places=2).map(Decimal)
