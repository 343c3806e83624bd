"""Bringing tables of the long form in: all or nothing, twice is once, revisions and corrections."""

import gzip
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone

from apps.actors.models import Actor
from apps.claims.actions.removal import remove_claim
from apps.claims.models import Claim, Correction, Place, Question, Topic
from apps.comparisons.queries import ComparisonQuery
from apps.comparisons.records import Places, compare_question
from apps.ingest.long_form import importing
from apps.ingest.long_form.importing import Imported, import_claims
from apps.ingest.long_form.options import Options
from apps.ingest.models import Import
from apps.ingest.problems import BundleRefused
from apps.sources.models import Source
from tests import factories
from tests.ingest.long_form.test_long_rows import table

pytestmark = pytest.mark.django_db
in_moments = pytest.mark.django_db(transaction=True)
BULK = os.environ.get("PARALLAX_BULK_DATA")
needs_bulk = pytest.mark.skipif(not BULK, reason="PARALLAX_BULK_DATA is not set: no real table was imported")

ROW = {
    "question": "Soldiers killed",
    "unit": "persons",
    "place": "Kursk",
    "actor": "Kyiv",
    "value": "more than 40",
    "as_of_start": "2024-11-04",
    "stated_on": "2024-11-05",
    "source_title": "A report",
    "source_url": "https://example.org/report",
}


def bring(*rows: dict[str, Any], name: str = "losses.csv", **options: Any) -> Imported:
    return import_claims(name, table(*rows), **options)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Topic, Question, Place, Actor, Source, Claim, Import))


def refused(*rows: dict[str, Any], **options: Any) -> list[str]:
    before = counts()
    with pytest.raises(BundleRefused) as caught:
        bring(*rows, **options)
    assert counts() == before
    return [str(problem) for problem in caught.value.problems]


def test_rows_that_the_database_was_not_asked_about_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    rows = [ROW | {"place": place, "as_of_start": "2024-12-01"} for place in "ABCDE"]  # after it was stated
    first, second, rest = refused(*rows)
    assert "line 2" in first
    assert "line 3" in second
    assert rest == "losses.csv: 3 claims after these were not held against the rules of the database yet."


def test_a_row_is_a_claim_with_its_question_place_claimant_and_source() -> None:
    found = bring(ROW | {"quote": "more than 40 of them", "method": "survey"})
    assert found.sentence() == "Made 1 claim. New: 1 topic, 2 actors, 1 place, 1 question, 1 source."
    claim = Claim.objects.get()
    assert (claim.stated_value, claim.qualifier, claim.lower) == ("more than 40", "more_than", 40)
    assert (claim.question.title, claim.question.measure, claim.question.topic.title) == (
        "Soldiers killed",
        "stock",
        "losses",
    )
    assert (claim.place.name, claim.claimant.name, claim.status) == ("Kursk", "Kyiv", "draft")
    assert claim.attributes == {"method": "survey"}
    citation = claim.citations.get()
    assert (citation.quote, citation.locator, citation.is_primary) == ("more than 40 of them", "", True)
    assert (citation.source.title, citation.source.publisher.name) == ("A report", "example.org")


def test_without_a_quote_the_row_is_the_locator_and_without_a_source_the_file_is() -> None:
    bring({key: cell for key, cell in ROW.items() if not key.startswith("source")}, is_published=True)
    citation = Claim.objects.get(status="published").citations.get()
    assert (citation.source.title, citation.locator) == ("losses.csv", "losses.csv, line 2")


@pytest.mark.parametrize("value", ["5.30%", "5 per cent"])
def test_a_share_is_no_number_of_people(value: str) -> None:
    share = ROW | {"value": value}
    wanted = f"given “{value}”; the words name a share, and the question counts “persons”: wanted a number of those"
    [problem] = refused(share)
    assert wanted in problem
    bring(ROW)
    [problem] = refused({column: cell for column, cell in share.items() if column != "unit"})
    assert wanted in problem
    assert bring(share | {"question": "Share of soldiers killed", "unit": "percent"}).made == 1


def test_twice_is_once_and_a_repeated_row_is_counted() -> None:
    assert bring(ROW, ROW).repeated == 1
    before = counts()
    assert bring(ROW, ROW).sentence() == (
        "Nothing to do: all 2 rows are there already; rows that say what another row says: 1."
    )
    assert counts() == before
    assert bring(ROW, name="another.csv").known == 1


def test_a_dry_run_says_what_it_would_do_and_does_nothing() -> None:
    before = counts()
    assert bring(ROW, is_dry_run=True).sentence().startswith("Would make 1 claim")
    assert counts() == before


def test_a_later_statement_is_a_revision() -> None:
    bring(ROW)
    found = bring(ROW, ROW | {"value": "more than 50", "stated_on": "2024-11-07"})
    assert (found.made, found.revised, found.known) == (0, 1, 1)
    later = Claim.objects.get(stated_value="more than 50")
    assert later.supersedes is not None
    assert (later.supersedes.stated_value, later.revision_kind) == ("more than 40", "updated")


def test_of_one_file_each_statement_supersedes_the_one_before_whatever_their_order() -> None:
    days = {"2024-11-09": "3", "2024-11-05": "1", "2024-11-07": "2"}
    found = bring(*(ROW | {"stated_on": day, "value": value} for day, value in days.items()))
    assert (found.made, found.revised) == (1, 2)
    chain = Claim.objects.order_by("stated_on").values_list("stated_value", "supersedes__stated_value")
    assert list(chain) == [("1", None), ("2", "1"), ("3", "2")]


def test_two_figures_of_one_day_supersede_nothing_and_are_both_kept() -> None:
    rows = [ROW | {"value": "10"}, ROW | {"value": "20"}, ROW | {"value": "30", "stated_on": "2024-11-08"}]
    assert bring(*rows).made == 3
    assert bring(*rows).known == 3


def test_another_figure_in_the_same_statement_is_a_correction_of_ours() -> None:
    bring(ROW, is_published=True)
    found = bring(ROW | {"value": "more than 45"}, is_published=True)
    assert (found.made, found.corrected) == (0, 1)
    claim = Claim.objects.get()
    assert (claim.stated_value, claim.lower, claim.status) == ("more than 45", 45, "published")
    assert claim.citations.get().stated_value == "more than 45"
    correction = Correction.objects.get()
    assert correction.what_was_wrong == "The figure was recorded as “more than 40”."
    assert correction.what_was_done == "Set to “more than 45”, as losses.csv has it."
    assert bring(ROW | {"value": "more than 45"}).known == 1


def test_what_an_editor_changed_stays_while_the_file_says_the_same() -> None:
    bring(ROW)
    Claim.objects.update(note="checked", status="in_review")
    assert bring(ROW).known == 1
    assert Claim.objects.get().note == "checked"


@in_moments
def test_what_an_editor_changed_is_not_overwritten_by_a_second_delivery() -> None:
    bring(ROW)
    Claim.objects.update(note="checked", status="in_review")
    claim = Claim.objects.get()
    (problem,) = refused(ROW | {"value": "41"})
    assert f"given “41”; wanted the note of claim {claim.public_id}, which an editor changed since." in problem
    Claim.objects.update(note="")  # as the file has it
    assert bring(ROW | {"value": "41"}).corrected == 1
    assert bring(ROW | {"value": "42"}).corrected == 1  # what an import wrote, an import may write again
    claim.refresh_from_db()
    assert (claim.status, claim.stated_value) == ("in_review", "42")


def test_what_readers_see_is_corrected_only_by_who_may_publish() -> None:
    bring(ROW, is_published=True)
    (problem,) = refused(ROW | {"value": "400"})
    assert "given “400”; wanted the right to publish: readers see this claim already" in problem
    assert Claim.objects.get().stated_value == "more than 40"
    assert not Correction.objects.exists()


def test_a_claim_that_was_retracted_is_seen_still_and_corrected_in_public() -> None:
    bring(ROW, is_published=True)
    why = {"retracted_at": timezone.now(), "retracted_by": "Ed", "retracted_why": "A mistake."}
    Claim.objects.update(status="retracted", **why)
    (problem,) = refused(ROW | {"value": "400"})
    assert "wanted the right to publish" in problem
    bring(ROW | {"value": "400"}, is_published=True)
    assert Correction.objects.get().what_was_wrong == "The figure was recorded as “more than 40”."


def test_words_that_need_a_look_do_not_take_the_place_of_a_figure() -> None:
    bring(ROW, is_published=True)
    (problem,) = refused(ROW | {"value": "300 killed, 500 wounded"}, is_published=True)
    assert "wanted one figure: its claim is here already with one" in problem
    assert Claim.objects.get().stated_value == "more than 40"


def test_a_correction_names_what_was_wrong_and_not_the_figure_where_that_was_right() -> None:
    bring(ROW, is_published=True)
    assert bring(ROW | {"note": "from the evening report"}, is_published=True).corrected == 1
    correction = Correction.objects.get()
    assert correction.what_was_wrong == "Of “more than 40” this was recorded otherwise than losses.csv has it: note."
    assert correction.what_was_done == "Set to what losses.csv says."


def test_what_a_law_removed_is_not_brought_in_again() -> None:
    bring(ROW, is_published=True)
    claim = Claim.objects.get()
    remove_claim(public_id=claim.public_id, reason="A judgment.", by="M. Okafor")
    assert bring(ROW, is_published=True).known == 1
    assert bring(ROW | {"value": "more than 45"}, is_published=True).known == 1
    claim.refresh_from_db()
    assert (claim.status, claim.stated_value) == ("removed", "removed")


def test_names_are_found_by_slug_name_alias_and_address() -> None:
    actor = factories.make_actor("ua-president", name="President of Ukraine")
    actor.aliases.create(name="Офіс Президента")
    place = factories.make_place("kursk-oblast", name="Kursk Oblast")
    source = factories.make_source("a-report", url="https://example.org/report")
    for number, (who, where) in enumerate(
        [
            ("PRESIDENT of Ukraine", "kursk oblast"),
            ("Офіс президента", "kursk-oblast"),
            ("ua-president", "Kursk Oblast"),
        ]
    ):
        more = {"value": str(number), "source_url": "HTTPS://EXAMPLE.org:443/report/"}
        bring(ROW | {"actor": who, "place": where} | more)
    assert {claim.claimant for claim in Claim.objects.all()} == {actor}
    assert {claim.place for claim in Claim.objects.all()} == {place}
    assert {claim.citations.get().source for claim in Claim.objects.all()} == {source}


def test_a_near_name_is_proposed_and_never_taken() -> None:
    factories.make_place("kursk-oblast", name="Kursk Oblast")
    found = bring(ROW | {"place": "Kursk Oblst"})
    assert found.near == ["The place “Kursk Oblst” is new; is it “Kursk Oblast”?"]
    assert Place.objects.count() == 2


def test_new_names_that_are_much_alike_are_told_and_those_of_a_series_are_not() -> None:
    places = ["Zaporizhzhia", "Zaporizhia", "Region 1", "Region 2", "Total"]
    found = bring(*(ROW | {"place": place} for place in places))
    assert found.near == [
        "The place “Zaporizhia” is new; is it “Zaporizhzhia”?",
        "The place “Total” is new; if its row is a sum of others, take it out.",
    ]


def test_names_that_look_the_same_are_the_same() -> None:
    spelled = [
        "Médecins Sans Frontières",
        "Me\u0301decins Sans Frontie\u0300res",
        "Médecins\u00a0Sans  Frontières\u200b",
    ]
    bring(*(ROW | {"actor": name, "value": str(value)} for value, name in enumerate(spelled)))
    assert Actor.objects.filter(name__contains="decins").values_list("name", flat=True).get() == spelled[0]


def test_a_name_of_several_is_refused() -> None:
    for slug in ("one", "other"):
        factories.make_actor(slug, name="The Ministry")
    (said,) = refused(ROW | {"actor": "The Ministry"})
    assert said.endswith("given “The Ministry”; wanted one of one, other, which are all called so.")


def test_every_problem_of_every_row_is_said_and_nothing_is_kept() -> None:
    said = refused(
        ROW,
        ROW | {"value": "1,50"},
        ROW | {"actor": ""},
        ROW | {"as_of_start": "2024-11-09", "as_of_end": "2024-11-08"},
        ROW | {"unit": "tanks"},
    )
    assert [line.split(": ")[0] for line in said] == [
        "losses.csv, line 3, column value",
        "losses.csv, line 4, column actor",
        "losses.csv, line 6, column unit",
    ]


def test_rules_of_the_database_are_said_of_lines_and_columns_of_the_file() -> None:
    (said,) = refused(ROW, ROW | {"as_of_start": "2024-11-09", "stated_on": "2024-11-08"})
    assert said.startswith("losses.csv, line 3: given nature “estimate”, as_of_start “2024-11-09”")
    assert "Only a projection, plan or hypothetical may be about a time after stated on." in said
    assert bring(ROW | {"as_of_start": "2024-11-09"}, options=Options(nature="projection")).made == 1


def test_two_figures_in_a_cell_go_to_review_even_when_the_rest_is_published() -> None:
    found = bring(ROW, ROW | {"value": "300 killed, 500 wounded"}, is_published=True)
    assert found.for_review == 1
    claim = Claim.objects.get(status="in_review")
    assert (claim.stated_value, claim.note) == ("300 killed, 500 wounded", "For review: Two figures in one cell.")


def test_a_question_that_says_cumulative_is_and_one_over_periods_is_a_flow() -> None:
    bring(
        ROW | {"question": "Killed (cumulative)"},
        ROW | {"question": "Killed in a week", "as_of_start": "2024-11-01", "as_of_end": "2024-11-04"},
    )
    assert dict(Question.objects.values_list("title", "measure")) == {
        "Killed (cumulative)": "cumulative",
        "Killed in a week": "flow",
    }


def test_a_measure_that_is_said_is_not_derived_by_other_rows() -> None:
    bring(ROW | {"measure": "cumulative"}, ROW | {"place": "Elsewhere", "as_of_end": "2024-11-05"})
    assert Question.objects.get().measure == "cumulative"
    (problem,) = refused(ROW | {"measure": "flow", "place": "Nowhere"})
    assert "column measure: given “flow”; wanted cumulative, as which this question is known" in problem


def test_a_slug_that_was_renamed_still_names_its_place() -> None:
    place = factories.make_place("kursk-oblast", name="Kursk")
    Place.objects.filter(pk=place.pk).update(slug="kursk")
    bring(ROW | {"place": "kursk-oblast"})
    assert Claim.objects.get().place == place


def test_a_claim_in_review_takes_other_words_for_review() -> None:
    bring(ROW | {"value": "300 killed, 500 wounded"})
    assert bring(ROW | {"value": "300 killed, 600 wounded"}).corrected == 1


def test_one_source_is_published_on_one_day() -> None:
    bulletin = {column: cell for column, cell in ROW.items() if column != "source_url"} | {"source_title": "Bulletin"}
    bring(bulletin | {"published_on": "2024-11-05"})
    (problem,) = refused(bulletin | {"place": "Elsewhere", "published_on": "2024-11-12"})
    assert "column published_on: given “2024-11-12”; wanted 2024-11-05, when this source was published" in problem


def test_the_command_lists_what_is_wrong_and_ends_with_a_status(tmp_path: Path, capsys: Any) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(table(ROW))
    bad.write_bytes(table(ROW | {"value": "N/A"}))
    call_command("import_claims", str(good), "--publish", "--topic", "The war")
    assert "Made 1 claim" in capsys.readouterr().out
    assert Question.objects.get().topic.slug == "the-war"
    with pytest.raises(CommandError, match=r"bad\.csv, line 2, column value: given “N/A”"):
        call_command("import_claims", str(bad))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_claims", str(tmp_path / "none.csv"))


# --- real tables


def bulk(name: str) -> tuple[str, bytes]:
    assert BULK is not None
    return name, (Path(BULK) / name).read_bytes()


@needs_bulk
def test_nine_authors_stand_side_by_side_and_a_second_run_adds_nothing() -> None:
    name, content = bulk("civil_war_battles_by_author.csv.gz")
    assert import_claims(name, content, is_published=True).rows == 6_712
    assert import_claims(name, content, is_published=True).known == 6_712
    assert Question.objects.count() == 2_694
    assert set(Claim.objects.filter(status="in_review").values_list("stated_value", flat=True)) == {"1500–1000"}
    widest = Question.objects.annotate(n=Count("claims__claimant", distinct=True)).order_by("-n", "slug")[0]
    compared = compare_question(widest, ComparisonQuery(), places=Places.load(), today=date(2024, 1, 1))
    assert len({claim.claimant for claim in compared.own}) == widest.n  # type: ignore[attr-defined]  # annotated
    assert widest.n == 8  # type: ignore[attr-defined]
    assert Claim.objects.values("claimant").distinct().count() == 9


@needs_bulk
def test_running_totals_and_periods_are_questions_of_their_own() -> None:
    name, content = bulk("israel_palestine_casualties.csv.gz")
    header, *lines = gzip.decompress(content).splitlines(keepends=True)
    import_claims(name, b"".join([header, *lines[::8]]))
    measured = dict(Question.objects.values_list("title", "measure"))
    assert {measure for title, measure in measured.items() if "cumulative" in title} == {"cumulative"}
    assert {measure for title, measure in measured.items() if "cumulative" not in title} >= {"flow"}
