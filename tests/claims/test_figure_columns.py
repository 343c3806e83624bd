"""The database and the forms refuse just the figures that the domain refuses, by the same codes."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from apps.claims.models import Citation, Claim
from apps.domain.figure_rules import FIGURE_RULES
from apps.domain.figures import Figure
from tests.domain.figure_examples import BAD, GOOD
from tests.factories import THOUSANDS, build_claim, figure_columns, make_citation, make_claim

pytestmark = pytest.mark.django_db


def names(example: object) -> str:
    return example.stated_value if isinstance(example, Figure) else str(example)


@pytest.mark.parametrize("figure", GOOD, ids=names)
def test_good_figure_is_stored_and_read_back(figure: Figure) -> None:
    claim = make_claim(figure=figure)
    citation = make_citation(claim)
    assert Claim.objects.get(pk=claim.pk).figure == figure
    assert Citation.objects.get(pk=citation.pk).figure == figure
    claim.full_clean()


@pytest.mark.parametrize(("code", "figure"), BAD, ids=names)
def test_bad_figure_of_a_claim_is_refused_by_the_constraint_of_its_code(code: str, figure: Figure) -> None:
    with pytest.raises(IntegrityError, match=f'"claim_{code}"'):
        make_claim(figure=figure)


@pytest.mark.parametrize(("code", "figure"), BAD, ids=names)
def test_bad_figure_of_a_citation_is_refused_by_the_constraint_of_its_code(code: str, figure: Figure) -> None:
    claim = make_claim()
    with pytest.raises(IntegrityError, match=f'"citation_{code}"'):
        make_citation(claim, figure=figure)


@pytest.mark.parametrize(("code", "figure"), BAD, ids=names)
def test_bad_figure_is_a_sentence_at_its_field(code: str, figure: Figure) -> None:
    rule = next(rule for rule in FIGURE_RULES if rule.code == code)
    with pytest.raises(ValidationError) as refused:
        build_claim(figure=figure).full_clean()
    found = refused.value.message_dict
    assert rule.field in found
    if figure.stated_value:  # an empty one is refused by the field itself
        assert rule.message in found[rule.field]


@pytest.mark.parametrize(("code", "figure"), BAD, ids=names)
def test_bad_figure_is_refused_by_the_constraint_without_the_model(code: str, figure: Figure) -> None:
    """The constraint alone says the same: forms that validate constraints need no second table."""
    claim = make_claim()
    constraint = next(each for each in Claim._meta.constraints if each.name == f"claim_{code}")
    for column, value in figure_columns(figure).items():
        setattr(claim, column, value)
    with pytest.raises(ValidationError) as refused:
        constraint.validate(Claim, claim)
    assert refused.value.code == code


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused_by_the_database(number: str) -> None:
    claim = make_claim(figure=THOUSANDS)
    with pytest.raises(IntegrityError, match="claim_figure"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_claim SET qualifier = 'about', point = %s::numeric WHERE id = %s", [number, claim.pk]
        )


@pytest.mark.parametrize("number", ["1e400000", "1e-400000", "NaN"])
def test_a_number_with_too_many_places_is_a_sentence(number: str) -> None:
    claim = build_claim(stated_value="much", qualifier="about", point=Decimal(number))
    with pytest.raises(ValidationError) as refused:
        claim.full_clean()
    assert "point" in refused.value.message_dict


@pytest.mark.parametrize(
    ("number", "digits"), [("0", 0), ("12000", 2), ("5.30", 2), ("-0.0012", 2), ("1001", 4), ("100000000000000.1", 16)]
)
def test_significant_digits_of_the_database(number: str, digits: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT parallax_significant_digits(%s::numeric)", [number])
        assert cursor.fetchone() == (digits,)
