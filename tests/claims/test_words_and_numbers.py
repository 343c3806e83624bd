"""The words of a figure are typed once: the numbers follow from them, or a reason says why not."""

from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from hypothesis import given as examples
from hypothesis import settings as effort

from apps.claims.models import Citation, Claim
from apps.claims.readings import Heard, hear
from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier
from apps.domain.wording import numbers_words
from apps.ingest.bundle import import_bundle
from tests.claims.editing import address, claim_page, errors_of, fields_of, opened, save
from tests.domain.figure_examples import about, at_least, between, exactly
from tests.domain.strategies import sound_figures
from tests.factories import (
    make_actor,
    make_citation,
    make_claim,
    make_place,
    make_published_claim,
    make_question,
    make_source,
)

NUMBERS = ("qualifier", "lower", "lower_inclusive", "upper", "upper_inclusive", "point")
EMPTY = {name: "unknown" if name.endswith("inclusive") else "" for name in NUMBERS}
RANGE = {
    "qualifier": "between",
    "lower": "10000",
    "lower_inclusive": "true",
    "upper": "12000",
    "upper_inclusive": "true",
    "point": "",
}
ASKS = (
    "The words “at least 10,000” read as 10,000 or more; the numbers given say 10,000 to 12,000: "
    "correct one of them, or say why they differ."
)


def stored(row: Claim | Citation) -> Figure:
    row.refresh_from_db()
    return row.figure


@pytest.mark.django_db
class TestClaim:
    """On the page of a claim."""

    @pytest.fixture
    def claim(self) -> Claim:
        claim = make_claim(figure=at_least("10,000".replace(",", "")))
        make_citation(claim, is_primary=True, language="en")
        return claim

    def saved(self, editor: Client, claim: Claim, **given: str) -> dict[str, list[str]]:
        """What the page says of these entries; empty when it was saved."""
        response = save(editor, claim, claim_page(editor, claim) | given)
        return {} if response.status_code == 302 else errors_of(response)

    @pytest.mark.parametrize(
        ("words", "figure"),
        [
            ("about 12,000", about("12000")),
            ("around 11 to 12,000", between("11000", "12000", is_hedged=True)),
            ("12,000", exactly("12000")),
            ("Thousands", Figure("Thousands", Qualifier.ORDER_OF_MAGNITUDE)),
        ],
    )
    def test_empty_numbers_are_those_of_the_words(
        self, editor: Client, claim: Claim, words: str, figure: Figure
    ) -> None:
        assert self.saved(editor, claim, stated_value=words, **EMPTY) == {}
        assert stored(claim) == Figure(words, *_columns(figure))

    def test_a_new_claim_needs_nothing_but_the_words(self, editor: Client) -> None:
        page = opened(editor, address(Claim, "add")) | {
            "question": str(make_question().pk),
            "place": str(make_place().pk),
            "claimant": str(make_actor().pk),
            "stated_value": "more than 40",
            "citations-0-source": str(make_source().pk),
            "citations-0-stated_value": "as many as 40",
            "citations-0-quote": "as many as 40",
        }
        response = editor.post(address(Claim, "add"), page)
        assert response.status_code == 302, errors_of(response)
        claim = Claim.objects.get()
        assert (claim.qualifier, claim.lower, claim.lower_inclusive) == ("more_than", Decimal(40), False)
        citation = claim.citations.get()
        assert (citation.qualifier, citation.upper, citation.upper_inclusive) == ("up_to", Decimal(40), True)

    def test_numbers_that_differ_from_the_words_need_a_reason(self, editor: Client, claim: Claim) -> None:
        given = {"stated_value": "at least 10,000", **RANGE}
        assert self.saved(editor, claim, **given) == {"override_reason": [ASKS]}
        assert stored(claim).qualifier == Qualifier.AT_LEAST
        assert self.saved(editor, claim, **given, override_reason="She says so later.") == {}
        assert (stored(claim).upper, claim.override_reason) == (Decimal(12000), "She says so later.")

    def test_history_keeps_the_reason(self, editor: Client, claim: Claim) -> None:
        self.saved(editor, claim, stated_value="at least 10,000", **RANGE, override_reason="why")
        events = apps.get_model("claims", "ClaimEvent")._default_manager.filter(pgh_obj_id=claim.pk)
        assert list(events.order_by("pgh_id").values_list("override_reason", flat=True)) == ["", "why"]

    def test_a_bound_with_an_end_that_it_cannot_have_asks_before_the_rule_does(
        self, editor: Client, claim: Claim
    ) -> None:
        """“At least” with an upper end: first the words, and once they are explained, the qualifier."""
        given = {"stated_value": "at least 10,000", **RANGE, "qualifier": "at_least"}
        assert self.saved(editor, claim, **given) == {"override_reason": [ASKS]}
        assert list(self.saved(editor, claim, **given, override_reason="why")) == ["lower"]

    @pytest.mark.parametrize(
        ("words", "numbers"),
        [
            ("at least 10,000", {"qualifier": "more_than", "lower": "10000", "lower_inclusive": "false"}),
            ("at least 10,000", {"qualifier": "at_least", "lower": "11000", "lower_inclusive": "true"}),
            (
                "11,000 to 12,000",
                {
                    "qualifier": "between",
                    "lower": "11000",
                    "lower_inclusive": "true",
                    "upper": "12000",
                    "upper_inclusive": "true",
                    "hedged": "on",
                },
            ),
            (
                "11,000 to 12,000",
                {
                    "qualifier": "between",
                    "lower": "11000",
                    "lower_inclusive": "true",
                    "upper": "12000",
                    "upper_inclusive": "true",
                    "point": "11500",
                },
            ),
            (
                "between 11,000 and 12,000",
                {
                    "qualifier": "between",
                    "lower": "11000",
                    "lower_inclusive": "true",
                    "upper": "12000",
                    "upper_inclusive": "false",
                },
            ),
            ("thousands", {"qualifier": "unquantified"}),
        ],
        ids=str,
    )
    def test_every_column_of_the_numbers_counts(
        self, editor: Client, claim: Claim, words: str, numbers: dict[str, str]
    ) -> None:
        given = EMPTY | numbers
        assert list(self.saved(editor, claim, stated_value=words, **given)) == ["override_reason"]
        assert self.saved(editor, claim, stated_value=words, **given, override_reason="why") == {}

    def test_a_bound_without_its_point_is_no_disagreement(self, editor: Client, claim: Claim) -> None:
        given = EMPTY | {"qualifier": "at_least", "lower": "20000", "lower_inclusive": "true"}
        assert self.saved(editor, claim, stated_value="at least 20,000", **given) == {}
        assert stored(claim).point is None
        assert "The numbers say the same." in editor.get(address(Claim, "change", claim.pk)).content.decode()

    def test_a_reason_without_a_disagreement_is_refused(self, editor: Client, claim: Claim) -> None:
        found = self.saved(editor, claim, override_reason="why")
        assert found == {"override_reason": ["The words and the numbers say the same: empty this."]}

    def test_a_reason_that_is_needed_is_not_taken_away(self, editor: Client, claim: Claim) -> None:
        self.saved(editor, claim, stated_value="at least 10,000", **RANGE, override_reason="why")
        assert self.saved(editor, claim, override_reason="") == {"override_reason": [ASKS]}

    def test_words_that_cannot_be_read_say_where(self, editor: Client, claim: Claim) -> None:
        (sentence,) = self.saved(editor, claim, stated_value="1,50 or so", **EMPTY)["stated_value"]
        assert sentence.startswith("The words cannot be read at character 2: “1,50”")
        assert sentence.endswith(" Give the qualifier and the numbers by hand.")

    def test_words_that_cannot_be_read_are_saved_with_numbers_given_by_hand(self, editor: Client, claim: Claim) -> None:
        given = EMPTY | {"qualifier": "about", "point": "1.5"}
        page = claim_page(editor, claim) | {"stated_value": "1,50 or so", **given}
        assert save(editor, claim, page).status_code == 302
        assert stored(claim) == Figure("1,50 or so", Qualifier.ABOUT, point=Decimal("1.5"))
        html = editor.get(address(Claim, "change", claim.pk)).content.decode()
        assert "The words cannot be read at character 2" in html
        assert "1<mark>,</mark>50 or so" in html

    def test_a_share_of_something_gives_no_number_by_itself(self, editor: Client, claim: Claim) -> None:
        (sentence,) = self.saved(editor, claim, stated_value="around a third", **EMPTY)["stated_value"]
        assert sentence.startswith("The words name a share, about 33.3")
        given = EMPTY | {"qualifier": "about", "point": "1667"}
        found = self.saved(editor, claim, stated_value="around a third", **given)
        assert "percent; the numbers given say about 1,667" in found["override_reason"][0]

    def test_a_share_is_the_number_where_the_question_asks_for_one(self, editor: Client) -> None:
        claim = make_claim(question=make_question(unit="percent"))
        make_citation(claim, is_primary=True)
        assert self.saved(editor, claim, stated_value="40 percent", **EMPTY) == {}
        assert stored(claim).point == Decimal(40)

    def test_numbers_without_a_qualifier_ask_for_it(self, editor: Client, claim: Claim) -> None:
        assert list(self.saved(editor, claim, **EMPTY | {"lower": "5"})) == ["qualifier"]

    def test_words_that_name_an_interval_say_its_kind_and_level(self, editor: Client, claim: Claim) -> None:
        words = "15,000 (95% CI 12,000-18,000)"
        assert self.saved(editor, claim, stated_value=words, **EMPTY) == {}
        claim.refresh_from_db()
        assert (claim.interval_kind, claim.interval_level) == ("confidence", Decimal(95))

    def test_a_kind_of_interval_that_was_given_stays(self, editor: Client, claim: Claim) -> None:
        given = {"stated_value": "15,000 (95% CI 12,000-18,000)", "interval_kind": "credible"}
        assert self.saved(editor, claim, **given, **EMPTY) == {}
        claim.refresh_from_db()
        assert (claim.interval_kind, claim.interval_level) == ("credible", None)

    def test_a_level_that_was_given_is_not_completed(self, editor: Client, claim: Claim) -> None:
        given = {"stated_value": "15,000 (95% CI 12,000-18,000)", "interval_level": "90"}
        assert list(self.saved(editor, claim, **given, **EMPTY)) == ["interval_level"]

    def test_the_button_takes_the_interval_over_too(self, editor: Client, claim: Claim) -> None:
        given = {"stated_value": "15,000 (95% CI 12,000-18,000)", **EMPTY, "_use_reading": ""}
        again = fields_of(save(editor, claim, claim_page(editor, claim) | given).content)
        assert (again["interval_kind"], again["interval_level"]) == ("confidence", "95")

    def test_a_tick_that_the_words_do_not_have_asks_for_a_reason(self, editor: Client, claim: Claim) -> None:
        found = self.saved(editor, claim, stated_value="11,000 to 12,000", hedged="on", **EMPTY)
        assert list(found) == ["override_reason"]

    def test_the_language_is_that_of_the_primary_citation_on_the_page(self, editor: Client, claim: Claim) -> None:
        other = make_citation(claim, language="en")
        Citation.objects.filter(is_primary=True).update(language="xx")
        given = {"stated_value": "at least 20,000", **EMPTY}
        assert "language “xx”" in self.saved(editor, claim, **given)["stated_value"][0]
        assert self.saved(editor, claim, **given, **{"citations-0-language": "en"}) == {}
        Citation.objects.filter(pk=other.pk).update(language="xx")
        moved = claim_page(editor, claim) | {"stated_value": "at least 30,000", **EMPTY}
        del moved["citations-0-is_primary"]
        refused = save(editor, claim, moved | {"citations-1-is_primary": "on"})
        assert "language “xx”" in errors_of(refused)["stated_value"][0]


def _columns(figure: Figure) -> tuple[Any, ...]:
    ends = (figure.lower, figure.upper, figure.lower_inclusive, figure.upper_inclusive)
    return (figure.qualifier, *ends, figure.point, figure.hedged)


@pytest.mark.django_db
def test_old_disagreements_stay_as_they_are_until_words_or_numbers_change(editor: Client) -> None:
    claim = make_claim(figure=Figure("may grow to 100,000", *_columns(at_least("40"))))
    make_citation(claim, is_primary=True)
    page = claim_page(editor, claim)
    assert save(editor, claim, page | {"note": "For readers."}).status_code == 302
    quiet = '<p class="quiet">The numbers say 40 or more. No reason is recorded.</p>'
    assert quiet in editor.get(address(Claim, "change", claim.pk)).content.decode()
    page = claim_page(editor, claim)
    assert list(errors_of(save(editor, claim, page | {"point": ""}))) == ["override_reason"]
    assert list(errors_of(save(editor, claim, page | {"stated_value": "may grow to 200,000"}))) == ["override_reason"]
    assert save(editor, claim, page | {"point": "", "override_reason": "why"}).status_code == 302


@pytest.mark.django_db
def test_every_claim_of_the_demo_that_disagrees_with_its_words_is_saved_with_another_note(editor: Client) -> None:
    import_bundle(settings.PARALLAX_DEMO_BUNDLE)
    tried = 0
    for claim in Claim.objects.select_related("question"):
        language = claim.citations.get(is_primary=True).language
        heard = hear(claim.stated_value, language=language, unit=claim.question.unit)
        if heard.figure is not None and not heard.differs(claim.figure):
            continue
        tried += 1
        response = save(editor, claim, claim_page(editor, claim) | {"note": "Another."})
        assert response.status_code == 302, (claim, errors_of(response))
    assert tried >= 5


@pytest.mark.django_db
def test_a_citation_that_prints_the_claim_s_figure_takes_its_reason_too(editor: Client) -> None:
    claim = make_claim(figure=Figure("at least 10,000", *_columns(between("10000", "12000"))), override_reason="why")
    page = claim_page(editor, claim) | {"citations-TOTAL_FORMS": "1", "citations-0-source": str(make_source().pk)}
    assert save(editor, claim, page).status_code == 302
    citation = claim.citations.get()
    assert (citation.figure, citation.override_reason) == (claim.figure, "why")


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["own page", "inline"])
def test_a_citation_has_words_and_numbers_of_its_own(editor: Client, where: str) -> None:
    claim = make_published_claim()
    citation = claim.citations.get()
    url, prefix = {
        "own page": (address(Citation, "change", citation.pk), ""),
        "inline": (address(Claim, "change", claim.pk), "citations-0-"),
    }[where]
    page = opened(editor, url)
    given = {f"{prefix}{name}": value for name, value in {"stated_value": "at least 10,000", **RANGE}.items()}
    assert errors_of(editor.post(url, page | given)) == {f"{prefix}override_reason": [ASKS]}
    foreign = {f"{prefix}stated_value": "3.000", f"{prefix}language": "en"}
    empty = {f"{prefix}{name}": value for name, value in EMPTY.items()}
    assert list(errors_of(editor.post(url, page | empty | foreign | {f"{prefix}language": ""}))) == [
        f"{prefix}stated_value"
    ]
    assert editor.post(url, page | empty | foreign).status_code == 302
    assert stored(citation).point == Decimal(3)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "numbers", [{"lower_inclusive": "false"}, {"upper_inclusive": "false"}, {"point": "0"}, {"lower": "0"}], ids=str
)
def test_a_citation_with_any_number_of_its_own_is_not_filled_with_that_of_its_claim(
    editor: Client, numbers: dict[str, str]
) -> None:
    claim = make_published_claim()
    given = {"stated_value": "", **EMPTY, **numbers}
    page = claim_page(editor, claim) | {f"citations-0-{name}": value for name, value in given.items()}
    found = errors_of(save(editor, claim, page))
    sentence = "Give it, or leave the whole figure empty."
    assert found == {f"citations-0-{name}": [sentence] for name in ("stated_value", "qualifier")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pressed", "numbers"),
    [
        ({"_read_words": ""}, ("", "")),
        ({"_use_reading": ""}, ("12000", "")),
        ({"_use_reading": "citations-0"}, ("", "40")),
    ],
    ids=str,
)
def test_without_scripts_a_button_reads_the_words_and_saves_nothing(
    editor: Client, pressed: dict[str, str], numbers: tuple[str, str]
) -> None:
    claim = make_published_claim()
    words = {"stated_value": "about 12,000", "citations-0-stated_value": "as many as 40", "note": "kept"}
    given = words | EMPTY | {f"citations-0-{name}": value for name, value in EMPTY.items()} | {"place": ""}
    response = save(editor, claim, claim_page(editor, claim) | given | pressed)
    assert errors_of(response) == {}
    html = response.content.decode()
    assert "Read as <strong>about 12,000</strong>" in html
    assert "Read as <strong>40 or fewer</strong>" in html
    again = fields_of(response.content)
    assert (again["point"], again["citations-0-upper"]) == numbers
    assert (again["note"], again["place"]) == ("kept", "")
    assert stored(claim).stated_value == "Thousands"
    assert apps.get_model("claims", "CitationEvent")._default_manager.filter(pgh_label="update").count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("pressed", ["citations-99", "__prefix__", "x" * 5000, "stances-0", "-"])
def test_a_forged_button_uses_nothing(editor: Client, pressed: str) -> None:
    claim = make_published_claim()
    given = {"stated_value": "about 12,000", **EMPTY, "_use_reading": pressed}
    again = fields_of(save(editor, claim, claim_page(editor, claim) | given).content)
    assert (again["qualifier"], again["point"]) == ("", "")


@pytest.mark.django_db
def test_a_new_page_reads_words_too(editor: Client) -> None:
    page = opened(editor, address(Claim, "add")) | {"stated_value": "nearly 500", "_use_reading": ""}
    response = editor.post(address(Claim, "add"), page)
    assert errors_of(response) == {}
    assert fields_of(response.content)["upper"] == "500"
    assert not Claim.objects.exists()


@examples(sound_figures, sound_figures)
@effort(max_examples=500)
def test_figures_that_differ_are_said_in_different_words(one: Figure, other: Figure) -> None:
    heard = Heard("words", unit="", figure=one)
    assert heard.differs(other) == (numbers_words(one) != numbers_words(other))
    assert bool(heard.disagreement(other)) == heard.differs(other)


@pytest.mark.parametrize(("position", "around"), [(0, ("", "a", "b")), (1, ("a", "b", "")), (2, ("ab", "", ""))])
def test_the_character_that_cannot_be_read_is_marked(position: int, around: tuple[str, str, str]) -> None:
    heard = Heard("ab", unit="", position=position, message="No.")
    assert heard.around == around
    place = "to their end" if position == 2 else f"at character {position + 1}"
    assert heard.problem == f"The words cannot be read {place}: No."
