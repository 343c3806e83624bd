"""Words that are read differently than before ask about their numbers again; a reason covers one difference only."""

import pytest
from django.test import Client

from apps.claims.models import Citation
from tests.claims.editing import address, claim_page, errors_of, opened, save
from tests.domain.figure_examples import at_least, exactly
from tests.factories import make_citation, make_claim, make_question

pytestmark = pytest.mark.django_db

THREE = exactly("3", words="3.000")
ASKS = (
    "The words “3.000” read as exactly 3,000; the numbers given say exactly 3: "
    "correct one of them, or say why they differ."
)


def test_another_language_of_the_primary_citation_asks(editor: Client) -> None:
    claim = make_claim(figure=THREE)
    make_citation(claim, is_primary=True, language="en")
    page = claim_page(editor, claim) | {"citations-0-language": "de"}
    assert errors_of(save(editor, claim, page)) == {
        "override_reason": [ASKS],
        "citations-0-override_reason": [ASKS],
    }
    reasons = {"override_reason": "It is a decimal point.", "citations-0-override_reason": "It is a decimal point."}
    assert save(editor, claim, page | reasons).status_code == 302


def test_another_primary_citation_asks(editor: Client) -> None:
    claim = make_claim(figure=THREE)
    make_citation(claim, is_primary=True, language="en")
    make_citation(claim, figure=exactly("3000", words="3.000"), language="de")
    page = claim_page(editor, claim)
    del page["citations-0-is_primary"]
    assert errors_of(save(editor, claim, page | {"citations-1-is_primary": "on"})) == {"override_reason": [ASKS]}


def test_a_question_that_counts_something_else_asks(editor: Client) -> None:
    half = exactly("50", words="half")
    claim = make_claim(figure=half, question=make_question(unit="percent"))
    make_citation(claim, is_primary=True, language="en")
    page = claim_page(editor, claim) | {"question": str(make_question(unit="persons").pk)}
    found = errors_of(save(editor, claim, page))
    assert list(found) == ["override_reason", "citations-0-override_reason"]
    assert "“half” read as exactly 50 percent; the numbers given say exactly 50:" in found["override_reason"][0]
    claim.refresh_from_db()
    assert claim.question.unit == "percent"


def test_another_question_that_counts_the_same_does_not_ask(editor: Client) -> None:
    claim = make_claim(figure=exactly("41", words="at least 40"))
    make_citation(claim, is_primary=True, language="en")
    page = claim_page(editor, claim) | {"question": str(make_question().pk)}
    assert save(editor, claim, page).status_code == 302


def test_on_its_own_page_another_language_asks_of_the_citation(editor: Client) -> None:
    claim = make_claim(figure=at_least("40"))
    make_citation(claim, is_primary=True, language="en")
    citation = make_citation(claim, figure=THREE, language="en")
    url = address(Citation, "change", citation.pk)
    page = opened(editor, url) | {"language": "de"}
    assert errors_of(editor.post(url, page)) == {"override_reason": [ASKS]}
    assert editor.post(url, page | {"override_reason": "It is a decimal point."}).status_code == 302


def test_on_its_own_page_a_primary_citation_does_not_change_how_its_claim_is_read(editor: Client) -> None:
    claim = make_claim(figure=THREE)
    citation = make_citation(claim, is_primary=True, language="en", figure=exactly("40"))
    url = address(Citation, "change", citation.pk)
    page = opened(editor, url) | {"language": "de"}
    assert errors_of(editor.post(url, page)) == {
        "language": [
            f"In this language the words “3.000” of {claim.public_id} read as exactly 3,000, and its numbers say "
            "exactly 3: settle that on the claim's page."
        ]
    }
    assert editor.post(url, page | {"language": "en-GB"}).status_code == 302


def test_a_citation_that_becomes_primary_does_not_change_how_its_claim_is_read(editor: Client) -> None:
    claim = make_claim(figure=THREE)
    citation = make_citation(claim, language="de", figure=exactly("40"))
    url = address(Citation, "change", citation.pk)
    assert list(errors_of(editor.post(url, opened(editor, url) | {"is_primary": "on"}))) == ["language"]


@pytest.mark.parametrize(
    "change",
    [
        {"stated_value": "at least 11"},
        {"point": "12", "lower": "12", "upper": "12"},
        {"stated_value": "3.000", "citations-0-language": "de"},
    ],
    ids=str,
)
def test_a_reason_for_one_difference_is_no_reason_for_another(editor: Client, change: dict[str, str]) -> None:
    claim = make_claim(figure=exactly("10", words="at least 10"), override_reason="heard")
    make_citation(claim, is_primary=True, language="en", figure=exactly("5"))
    page = claim_page(editor, claim) | change
    (sentence,) = errors_of(save(editor, claim, page))["override_reason"]
    assert sentence.endswith(
        " The reason was given when the words read as 10 or more and the numbers said exactly 10: say it anew."
    )
    assert save(editor, claim, page | {"override_reason": "heard, and again"}).status_code == 302


def test_a_reason_stays_where_the_difference_is_the_same(editor: Client) -> None:
    claim = make_claim(figure=exactly("10", words="at least 10"), override_reason="heard")
    make_citation(claim, is_primary=True, language="en", figure=exactly("5"))
    page = claim_page(editor, claim) | {"stated_value": "No fewer than 10"}
    assert save(editor, claim, page).status_code == 302


@pytest.mark.parametrize("reason", ["\u200b", "\u2060\u200b", "…", "-", "\u00ad"])
def test_a_reason_has_words(editor: Client, reason: str) -> None:
    claim = make_claim(figure=at_least("10"))
    make_citation(claim, is_primary=True, language="en")
    given = {"stated_value": "at least 11", "override_reason": reason}
    found = errors_of(save(editor, claim, claim_page(editor, claim) | given))
    assert found == {"override_reason": ["There is no word in this: say why they differ, or empty it."]}
