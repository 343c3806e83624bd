"""What the editing pages ask while somebody types the words of a figure."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.claims.models import Claim
from tests.claims.editing import address, errors_of, opened
from tests.factories import make_citation, make_claim, make_question

pytestmark = pytest.mark.django_db

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def asked(editor: Client, **given: str) -> str:
    response = editor.get(reverse("admin:claims_claim_read_words"), given)
    assert response.status_code == 200, response.content
    return " ".join(re.sub(r"<[^>]*>", "", response.content.decode()).split())


def test_words_are_read_and_named_by_their_rule(editor: Client) -> None:
    text = asked(editor, stated_value="about 12,000")
    assert text.startswith("Read as about 12,000. Compared as 10,800 to 13,200 by the rule about: N ± 10 %.")
    html = editor.get(reverse("admin:claims_claim_read_words"), {"stated_value": "about 12,000"}).content.decode()
    assert 'href="/methodology/#rule-about"' in html


def test_the_question_has_its_own_tolerance_and_floor(editor: Client) -> None:
    question = make_question(tolerance="0.5", floor=0)
    assert "Compared as 6,000 to 18,000" in asked(editor, stated_value="about 12,000", question=str(question.pk))
    assert "Compared as 6,000 to 18,000" in asked(editor, stated_value="about 12,000", _question=str(question.pk))
    assert "Compared as 0 to 40" in asked(editor, stated_value="up to 40", question=str(question.pk))
    assert "Compared as 10,800 to 13,200" in asked(editor, stated_value="about 12,000", question="999999999")


def test_vague_words_are_marked_as_our_interpretation(editor: Client) -> None:
    text = asked(editor, stated_value="Thousands")
    assert "Our interpretation: 2,000 to 9,999, never used in a comparison." in text


def test_a_share_of_something_offers_no_numbers(editor: Client) -> None:
    text = asked(editor, stated_value="around a third", question=str(make_question().pk))
    assert "A share of something: give the numbers by hand." in text
    assert "Use these numbers" not in text


def test_where_the_reader_stumbles_is_marked(editor: Client) -> None:
    response = editor.get(reverse("admin:claims_claim_read_words"), {"stated_value": "<b> 1,50"})
    html = response.content.decode()
    assert "The words cannot be read at character" in html
    assert "<mark>" in html
    assert "<b>" not in html
    assert "Use these numbers" not in html


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ({}, "No numbers yet: saving takes those of the words."),
        ({"qualifier": "at_least", "lower": "40", "lower_inclusive": "true"}, "The numbers say the same."),
        (
            {"qualifier": "more_than", "lower": "40", "lower_inclusive": "false"},
            "The numbers say above 40. Use those of the words, or say below why they differ.",
        ),
        (
            {"qualifier": "more_than", "lower": "40", "lower_inclusive": "false", "override_reason": "why"},
            "The numbers say above 40. The reason is given below.",
        ),
        ({"lower": "abc"}, "Read as 40 or more"),
        ({"lower": "1e400000", "qualifier": "at_least"}, "Read as 40 or more"),
        ({"lower": "NaN", "qualifier": "at_least"}, "Read as 40 or more"),
        ({"qualifier": "nonsense", "lower_inclusive": "perhaps"}, "Read as 40 or more"),
    ],
    ids=str,
)
def test_the_numbers_on_the_page_are_held_against_the_words(editor: Client, numbers: dict[str, str], says: str) -> None:
    text = asked(editor, stated_value="at least 40", **numbers)
    assert says in text
    assert len(text) < 300


def test_the_button_answers_with_the_fields_of_the_numbers(editor: Client) -> None:
    given = {"citations-3-stated_value": "around 11 to 12,000", "citations-3-lower": "5", "_use_reading": "citations-3"}
    html = editor.get(reverse("admin:claims_claim_read_words"), given).content.decode()
    swapped = dict(re.findall(r'<(?:input|select)[^>]*name="citations-3-(\w+)"([^>]*)', html))
    assert set(swapped) == {"qualifier", "hedged", "lower", "lower_inclusive", "upper", "upper_inclusive", "point"}
    assert all('hx-swap-oob="true"' in attributes for attributes in swapped.values())
    assert 'id="id_citations-3-lower"' in swapped["lower"]
    assert re.search(r'name="citations-3-lower" value="11000"', html)
    assert "checked" in swapped["hedged"]
    assert '<option value="between" selected>' in html
    assert "The numbers say the same." in html


def test_the_button_answers_with_the_interval_that_the_words_name(editor: Client) -> None:
    def swapped(words: str, prefix: str = "") -> dict[str, str]:
        given = {f"{prefix}stated_value": words, "_use_reading": prefix.rstrip("-")}
        html = editor.get(reverse("admin:claims_claim_read_words"), given).content.decode()
        return dict(re.findall(r'<(?:input|select)[^>]*name="\S*(interval_\w+)"([^>]*)', html))

    found = swapped("15,000 (95% CI 12,000-18,000)")
    assert list(found) == ["interval_kind", "interval_level"]
    assert 'value="95"' in found["interval_level"]
    assert all('hx-swap-oob="true"' in attributes for attributes in found.values())
    assert swapped("12,000 to 18,000") == {}, "what the editor gave stays"
    assert swapped("15,000 (95% CI 12,000-18,000)", "citations-0-") == {}, "a citation has no such fields"


def test_a_language_that_is_not_read_is_no_fault_of_the_words(editor: Client) -> None:
    text = asked(editor, stated_value="at least 40", language="xx")
    assert text == "Figures in the language “xx” cannot be read yet: give the numbers by hand."
    page = opened(editor, address(Claim, "add")) | {"stated_value": "at least 40", "citations-0-language": "xx"}
    found = errors_of(editor.post(address(Claim, "add"), page))
    assert found["stated_value"] == [text]


def test_a_reason_without_words_is_none(editor: Client) -> None:
    numbers = {"qualifier": "more_than", "lower": "40", "lower_inclusive": "false", "override_reason": "\u200b"}
    assert "say below why they differ" in asked(editor, stated_value="at least 40", **numbers)


@pytest.mark.parametrize("key", ["٤", "9" * 19, "+4", " 4", "4_0"])
def test_a_key_is_the_same_everywhere(editor: Client, key: str) -> None:
    question = make_question(tolerance="0.5")
    given = {"stated_value": "about 12,000", "question": key.replace("٤", str(question.pk).translate(ARABIC))}
    assert editor.get(reverse("admin:claims_claim_read_words"), given).status_code == 400
    page = opened(editor, address(Claim, "add")) | given | {"_read_words": ""}
    html = editor.post(address(Claim, "add"), page).content.decode()
    assert "Compared as 10,800 to 13,200" in html
    assert question.title not in html


def test_the_fields_are_those_of_the_page(editor: Client) -> None:
    """What is swapped in has the names and ids that the page has, or it would stand beside them."""
    page = editor.get(address(Claim, "add")).content.decode()
    given = {"stated_value": "about 12,000", "_use_reading": ""}
    html = editor.get(reverse("admin:claims_claim_read_words"), given).content.decode()
    ids = re.findall(r'id="(id_[a-z_]+)"', html)
    assert len(ids) == 7
    assert all(page.count(f'id="{each}"') == 1 for each in ids)


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ({"stated_value": "at least 40"}, None),
        ({"stated_value": "at least 40", "language": "xx"}, "xx"),
        ({"stated_value": "at least 40", "citations-0-language": "xx"}, "xx"),
        ({"stated_value": "at least 40", "citations-0-language": "en", "citations-1-language": "xx"}, None),
        (
            {
                "stated_value": "at least 40",
                "citations-0-language": "en",
                "citations-1-language": "xx",
                "citations-1-is_primary": "on",
            },
            "xx",
        ),
        (
            {"stated_value": "at least 40", "citations-0-language": "xx", "citations-0-DELETE": "on"},
            None,
        ),
        ({"citations-1-stated_value": "at least 40", "citations-1-language": "xx"}, "xx"),
        ({"citations-1-stated_value": "at least 40", "citations-0-language": "xx"}, None),
    ],
    ids=str,
)
def test_a_citation_has_its_own_language_and_a_claim_that_of_its_primary_one(
    editor: Client, given: dict[str, str], language: str | None
) -> None:
    text = asked(editor, **given)
    assert ("Read as 40 or more" in text) == (language is None)
    assert language is None or f"in the language “{language}”" in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "The words of 0 figures were given"),
        ("stated=about+5", "The words of 0 figures were given"),
        ("stated_value=5&citations-0-stated_value=5", "The words of 2 figures were given"),
        ("citations-__prefix__-stated_value=5", "The words of 0 figures were given"),
        ("xstated_value=5", "The words of 0 figures were given"),
        ("stated_value=5&question=abc", "question is “abc”; wanted the number of a question, or nothing."),
        ("stated_value=5&question=-1", "question is “-1”"),
        ("stated_value=5&question=" + "9" * 5000, "question is “999"),
        ("stated_value=5&question=%3Cb%3E", "question is “&lt;b&gt;”"),
        ("stated_value=5%00", ""),
    ],
)
def test_bad_input_is_a_sentence(editor: Client, query: str, sentence: str) -> None:
    response = editor.get(reverse("admin:claims_claim_read_words") + f"?{query}")
    assert response.status_code == 400
    assert sentence in response.content.decode()


@pytest.mark.parametrize(
    "words", ["", " ", "\u202e\ud7ff", "(" * 5000, "1e400", "9" * 400, "½", "NaN", "--5", "٤٠", "\n", "a" * 2000, "💥"]
)
def test_no_words_are_a_failure(editor: Client, words: str) -> None:
    asked(editor, stated_value=words)
    asked(editor, stated_value=words, _use_reading="")


def test_only_reading_is_answered(editor: Client) -> None:
    assert editor.post(reverse("admin:claims_claim_read_words"), {"stated_value": "5"}).status_code == 405


def test_only_editors_of_claims_and_citations_are_answered() -> None:
    url = reverse("admin:claims_claim_read_words") + "?stated_value=5"
    client = Client()
    assert client.get(url).status_code == 403
    user = User.objects.create_user("reader")
    client.force_login(user)
    assert client.get(url).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_citation"))
    assert client.get(url).status_code == 403
    User.objects.update(is_staff=True)
    assert client.get(url).status_code == 200
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_claim", "change_topic"]))
    refused = client.get(url)
    assert refused.status_code == 403
    assert "Only those who may change claims or citations" in refused.content.decode()


def test_who_may_only_look_sees_the_page_without_a_box() -> None:
    claim = make_claim()
    make_citation(claim, is_primary=True)
    user = User.objects.create_user("looker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(user)
    response = client.get(address(Claim, "change", claim.pk))
    assert response.status_code == 200
    assert "hx-get" not in response.content.decode()
    assert client.post(address(Claim, "change", claim.pk), {"_read_words": ""}).status_code == 403


def test_a_page_costs_the_same_whatever_its_words(editor: Client) -> None:
    """The words of every figure on a page are read; only the question and the primary citation are asked for."""

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert editor.get(url).status_code == 200
        return len(found)

    claims = [make_claim(stated_value=words) for words in ("thousands", "1,50", "about 3 or so")]
    for claim in claims:
        make_citation(claim, is_primary=True)
    counts = {queries(address(Claim, "change", claim.pk)) for claim in claims}
    assert len(counts) == 1
    read = reverse("admin:claims_claim_read_words")
    assert queries(f"{read}?stated_value=5&question={claims[0].question.pk}") <= 3


def test_more_citations_cost_a_fixed_number_of_queries_each(editor: Client) -> None:
    """Django's own forms look up the chosen rows of each citation; reading its words adds nothing to that."""

    def queries(citations: int) -> int:
        claim = make_claim()
        for place in range(citations):
            make_citation(claim, is_primary=not place)
        with CaptureQueriesContext(connection) as found:
            opened(editor, address(Claim, "change", claim.pk))
        return len(found)

    two, four, eight = queries(2), queries(4), queries(8)
    assert eight - four == 2 * (four - two)
    assert four - two <= 2 * 2
