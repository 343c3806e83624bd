"""The references that the site gives: they name an address that goes on showing the same, and a hash that proves it."""

import re
from datetime import UTC, datetime

import bibtexparser
import pytest
import rispy
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.actors.as_known import newest_change
from apps.claims.models import Claim, Question
from tests import factories
from tests.comparisons.cited import is_as_cited, reference_of

pytestmark = pytest.mark.django_db

MEDIA_TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}
EACH_SUFFIX = pytest.mark.parametrize("suffix", MEDIA_TYPES)


def test_the_hash_of_every_claim_and_question_can_be_checked(client: Client, demo: None) -> None:
    ids = Claim.objects.values_list("public_id", flat=True)[::18]
    slugs = Question.objects.values_list("slug", flat=True)[::5]
    addresses = [*(f"/claims/{one}" for one in ids), *(f"/questions/{one}" for one in slugs)]
    assert len(addresses) > 15
    wrong = [one for one in addresses if not is_as_cited(client, reference_of(client, f"{one}.csl.json"))]
    assert wrong == []


def test_a_page_from_the_past_is_cited_as_of_the_day_of_asking_too(client: Client) -> None:
    claim = factories.make_published_claim(stated_on="2024-11-05")
    known = timezone.now().isoformat().replace("+00:00", "Z")
    reference = reference_of(client, f"/claims/{claim.public_id}.csl.json?known={known}")
    assert reference["custom"]["known"] == known
    assert is_as_cited(client, reference)


@EACH_SUFFIX
def test_a_reference_is_a_file_of_its_type(client: Client, demo: None, suffix: str) -> None:
    for path, key in (("/claims/c064", "c064"), ("/questions/troops-present", "troops-present")):
        response = client.get(f"{path}.{suffix}")
        assert response.status_code == 200
        assert response["Content-Type"] == MEDIA_TYPES[suffix]
        assert response["Content-Disposition"] == f'attachment; filename="{key}.{suffix}"'
        assert "known=" in response.text


@EACH_SUFFIX
def test_with_a_knowledge_date_the_same_bytes_come_again(client: Client, demo: None, suffix: str) -> None:
    known = f"{newest_change():%Y-%m-%dT%H:%M:%S.%fZ}"
    for path in ("/claims/c064", "/questions/troops-present"):
        address = f"{path}.{suffix}?known={known}"
        assert client.get(address).content == client.get(address).content


@EACH_SUFFIX
def test_a_day_later_only_the_day_of_access_is_another(
    client: Client, demo: None, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = f"{newest_change():%Y-%m-%dT%H:%M:%S.%fZ}"
    texts = []
    for day in (3, 4):
        monkeypatch.setattr(timezone, "now", lambda day=day: datetime(2031, 2, day, 12, tzinfo=UTC))
        texts.append(client.get(f"/questions/troops-present.{suffix}?on=2024-11-05&known={known}").text)
    dated = re.compile(r"2031([-/])02\1(03|04)|2031,\s+2,\s+(3|4)\b")
    assert all(len(dated.findall(text)) == 1 for text in texts)
    assert texts[0] != texts[1]
    assert dated.sub("", texts[0]) == dated.sub("", texts[1])


@EACH_SUFFIX
def test_what_is_not_there_has_no_reference(client: Client, suffix: str) -> None:
    draft = factories.make_claim()
    for path in (f"/claims/{draft.public_id}", "/claims/c999999", "/questions/nothing"):
        assert client.get(f"{path}.{suffix}").status_code == 404


@EACH_SUFFIX
def test_a_renamed_question_is_found_with_its_query(client: Client, suffix: str) -> None:
    question = factories.make_published_claim().question
    old, question.slug = question.slug, "new-name"
    question.save()
    response = client.get(f"/questions/{old}.{suffix}?on=2024-11-05")
    assert response.status_code == 301
    assert response["Location"] == f"/questions/new-name.{suffix}?on=2024-11-05"


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [("bib", "text/plain; charset=utf-8"), ("ris", "text/plain; charset=utf-8"), ("csl.json", "application/json")],
)
@pytest.mark.parametrize("query", ["on=2024-02-30", "known=yesterday", "place=nowhere", "on=%00"])
def test_a_query_that_cannot_be_read_is_refused_in_words(
    client: Client, suffix: str, media_type: str, query: str
) -> None:
    question = factories.make_question()
    response = client.get(f"/questions/{question.slug}.{suffix}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == media_type
    assert query.partition("=")[0] in response.text


def test_a_retracted_claim_is_cited_as_such(client: Client) -> None:
    claim = factories.make_published_claim()
    Claim.objects.filter(pk=claim.pk).update(
        status="retracted", retracted_at=timezone.now(), retracted_by="An editor", retracted_why="A parody."
    )
    for suffix in MEDIA_TYPES:
        assert "(retracted)" in client.get(f"/claims/{claim.public_id}.{suffix}").text
    assert "(retracted)" in client.get(f"/claims/{claim.public_id}/").text


# --- on the page


def test_a_page_shows_the_references_that_its_files_hold(client: Client, demo: None) -> None:
    for path in ("/claims/c064", "/questions/troops-present"):
        page = client.get(f"{path}/").context["cite"]
        reference = reference_of(client, f"{path}.csl.json")
        assert (page.url, page.sha256) == (reference["URL"], reference["custom"]["sha256"])
        text = client.get(f"{path}/").text.replace("&amp;", "&")
        for shown in (page.short, page.long, page.sha256, *(address for _, address in page.formats)):
            assert shown in text


def test_the_reference_follows_the_filters_when_a_part_is_swapped(client: Client, demo: None) -> None:
    address = "/questions/troops-present/?on=2024-11-05&place=kursk-oblast"
    whole, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
    box = re.compile(r'<section class="sec" id="cite">.*?</section>', re.DOTALL)
    (shown,) = box.findall(part.text)
    assert box.findall(whole.text) == [shown]
    assert "only: Kursk Oblast)" in shown
    assert "place=kursk-oblast&amp;on=2024-11-05&amp;known=" in shown


def test_hostile_words_stay_in_their_box(client: Client) -> None:
    hostile = '</textarea><script>alert(1)</script>\r\n"}'
    claim = factories.make_published_claim(claimant=factories.make_actor(name=hostile))
    page = client.get(f"/claims/{claim.public_id}/").text
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot;} said" in page


def test_a_name_with_line_ends_starts_no_second_record(client: Client) -> None:
    hostile = "A\r\nER  - \r\nTY  - BOOK\r\n}\n@book{b, title={B"
    question = factories.make_question(title=hostile)
    claim = factories.make_published_claim(claimant=factories.make_actor(name=hostile), question=question)
    for path in (f"/claims/{claim.public_id}", f"/questions/{question.slug}"):
        (record,) = rispy.loads(client.get(f"{path}.ris").text, newline="\r\n")
        library = bibtexparser.parse_string(client.get(f"{path}.bib").text)
        assert "A ER - TY - BOOK } @book{b, title={B" in record["title"]
        assert [entry.entry_type for entry in library.blocks] == ["misc"]


# --- cost


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@EACH_SUFFIX
def test_queries_do_not_grow_with_what_is_cited(client: Client, suffix: str) -> None:
    question = factories.make_question("how-many")
    first = factories.make_published_claim(question=question, as_of_start="2024-11-05")
    addresses = (f"/questions/how-many.{suffix}?on=2024-11-05", f"/claims/{first.public_id}.{suffix}")

    def add(n: int) -> None:
        for _ in range(n):
            factories.make_citation(factories.make_published_claim(question=question, as_of_start="2024-11-05"))
            factories.make_citation(first)

    add(5)
    few = [queries_of(client, address) for address in addresses]
    add(5)
    assert [queries_of(client, address) for address in addresses] == few
    assert max(few) <= 30


def test_an_access_is_dated_today(client: Client, demo: None) -> None:
    today = timezone.now().date()
    found = reference_of(client, "/claims/c064.csl.json")["accessed"]
    assert found == {"date-parts": [[today.year, today.month, today.day]]}
