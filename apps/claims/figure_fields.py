"""The columns of a figure, with the rules of the domain as constraints of the same codes and sentences."""

from decimal import Decimal
from typing import ClassVar, override

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from apps.actors.fields import choices_of, one_of
from apps.domain.figure_rules import FIGURE_RULES, figure_problems
from apps.domain.figures import MAX_DIGITS, MAX_PLACES, Figure
from apps.domain.vocabulary import Qualifier


class SignificantDigits(models.Func):
    """Digits between the first and the last that is not zero; NaN and infinity have more than any number."""

    function = "parallax_significant_digits"
    output_field = models.IntegerField()


def _short(field: str) -> Q:
    digits = SignificantDigits(field)
    return Q(**{f"{field}__isnull": True}) | Q(models.lookups.LessThanOrEqual(digits, Value(MAX_DIGITS)))


def _when(*qualifiers: Qualifier, then: Q) -> Q:
    return ~Q(qualifier__in=[str(word) for word in qualifiers]) | then


_NO_LOWER, _NO_UPPER, _NO_POINT = Q(lower__isnull=True), Q(upper__isnull=True), Q(point__isnull=True)
_LOWER_ONLY, _UPPER_ONLY = ~_NO_LOWER & _NO_UPPER, ~_NO_UPPER & _NO_LOWER
_POINT_IS_LOWER, _POINT_IS_UPPER = _NO_POINT | Q(point=F("lower")), _NO_POINT | Q(point=F("upper"))

_CONDITIONS: dict[str, Q] = {
    "figure_words": Q(stated_value__regex=r"\S"),
    "figure_digits": _short("lower") & _short("upper") & _short("point"),
    "figure_exactly": _when(
        Qualifier.EXACTLY,
        then=Q(lower=F("point"), upper=F("point"), lower_inclusive=True, upper_inclusive=True),
    ),
    "figure_about": _when(
        Qualifier.ABOUT,
        then=~_NO_POINT
        & (_NO_LOWER | _NO_UPPER)
        & (_NO_UPPER | Q(upper=F("point"), upper_inclusive=False))
        & (_NO_LOWER | Q(lower=F("point"), lower_inclusive=False)),
    ),
    "figure_at_least": _when(Qualifier.AT_LEAST, then=_LOWER_ONLY & Q(lower_inclusive=True) & _POINT_IS_LOWER),
    "figure_more_than": _when(Qualifier.MORE_THAN, then=_LOWER_ONLY & Q(lower_inclusive=False) & _POINT_IS_LOWER),
    "figure_up_to": _when(Qualifier.UP_TO, then=_UPPER_ONLY & Q(upper_inclusive=True) & _POINT_IS_UPPER),
    "figure_less_than": _when(Qualifier.LESS_THAN, then=_UPPER_ONLY & Q(upper_inclusive=False) & _POINT_IS_UPPER),
    "figure_between": _when(Qualifier.BETWEEN, then=~_NO_LOWER & ~_NO_UPPER),
    "figure_no_number": _when(
        Qualifier.ORDER_OF_MAGNITUDE, Qualifier.UNQUANTIFIED, then=_NO_LOWER & _NO_UPPER & _NO_POINT
    ),
    "figure_order": (_NO_LOWER | _NO_POINT | Q(lower__lte=F("point")))
    & (_NO_POINT | _NO_UPPER | Q(point__lte=F("upper")))
    & (_NO_LOWER | _NO_UPPER | Q(lower__lte=F("upper"))),
    "figure_between_holds": _when(
        Qualifier.BETWEEN,
        then=_NO_LOWER | _NO_UPPER | ~Q(lower=F("upper")) | Q(lower_inclusive=True, upper_inclusive=True),
    ),
    "figure_lower_inclusive": Q(lower__isnull=True, lower_inclusive__isnull=True)
    | Q(lower__isnull=False, lower_inclusive__isnull=False),
    "figure_upper_inclusive": Q(upper__isnull=True, upper_inclusive__isnull=True)
    | Q(upper__isnull=False, upper_inclusive__isnull=False),
    "figure_hedged": Q(hedged=False) | (~(_NO_LOWER & _NO_UPPER) & ~Q(qualifier=str(Qualifier.EXACTLY))),
}


def figure_constraints() -> list[models.CheckConstraint]:
    """One constraint per rule of the domain; a rule without a condition here is a KeyError at import."""
    return [
        models.CheckConstraint(
            # A check that comes out as null passes; here a missing number is a broken rule.
            condition=Coalesce(_CONDITIONS[rule.code], Value(False), output_field=models.BooleanField()),
            name=f"%(class)s_{rule.code}",
            violation_error_code=rule.code,
            violation_error_message=rule.message,
        )
        for rule in FIGURE_RULES
    ]


def check_size(number: Decimal) -> None:
    """ValidationError for 1e400000 and the like: few digits, but more places than the database has."""
    if (
        not number.is_finite()
        or abs(number.adjusted()) > MAX_PLACES
        or abs(int(number.as_tuple().exponent)) > MAX_PLACES
    ):
        raise ValidationError(f"Give a number with at most {MAX_PLACES} places.", code="size")


class FigureFields(models.Model):
    """A figure as columns: of a claim, or as one citation printed it."""

    stated_value = models.CharField(
        max_length=300, help_text="The figure in the exact words, in any language, for example “more than 10,000”."
    )
    qualifier = models.CharField(
        max_length=20,
        choices=choices_of(Qualifier),
        help_text="How it was worded: “as many as 40” is up to, “thousands” order of magnitude, a bare number exactly.",
    )
    hedged = models.BooleanField(
        default=False, help_text="Tick when “about” comes on top of a bound or a range, as in “around 11 to 12,000”."
    )
    lower = models.DecimalField(
        "lower end",
        validators=[check_size],
        null=True,
        blank=True,
        help_text="For “more than 10,000”: 10000. Empty when nothing bounds it below.",
    )
    upper = models.DecimalField(
        "upper end",
        validators=[check_size],
        null=True,
        blank=True,
        help_text="For “as many as 40”: 40. Empty when nothing bounds it above.",
    )
    lower_inclusive = models.BooleanField(
        "lower end included", null=True, blank=True, help_text="“At least 40” includes 40, “more than 40” does not."
    )
    upper_inclusive = models.BooleanField(
        "upper end included", null=True, blank=True, help_text="“Up to 40” includes 40, “fewer than 40” does not."
    )
    point = models.DecimalField(
        validators=[check_size],
        null=True,
        blank=True,
        help_text="The headline number: 12000 for “about 12,000”. Never a midpoint of our own.",
    )
    override_reason = models.TextField(
        "why the numbers differ",
        blank=True,
        help_text="For readers, only where the numbers are not what the words are read as, for example “in the "
        "recording she says up to; the transcript has at least”.",
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [*figure_constraints(), one_of("qualifier", list(Qualifier))]

    @property
    def figure(self) -> Figure:
        """The figure as a value. ValueError when the qualifier is no known one."""
        return Figure(
            stated_value=self.stated_value,
            qualifier=Qualifier(self.qualifier),
            lower=self.lower,
            upper=self.upper,
            lower_inclusive=self.lower_inclusive,
            upper_inclusive=self.upper_inclusive,
            point=self.point,
            hedged=self.hedged,
        )

    @override
    def clean(self) -> None:
        super().clean()
        if self.qualifier not in set(Qualifier) or not self.stated_value:
            return  # the fields themselves say so
        problems: dict[str, list[ValidationError]] = {}
        for problem in figure_problems(self.figure):
            problems.setdefault(problem.field, []).append(ValidationError(problem.message, code=problem.code))
        if problems:
            raise ValidationError(dict(problems))
