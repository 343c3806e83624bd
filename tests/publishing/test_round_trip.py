"""What leaves comes back in, and leaves again as the same bytes."""

import csv
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from apps.claims.actions.removal import remove_claim
from apps.claims.models import Citation, Claim
from apps.ingest.bundle import import_bundle
from apps.ingest.long_form.importing import import_claims
from apps.ingest.problems import BundleRefused
from apps.publishing.bundle import export_bundle
from tests import factories
from tests.publishing.test_export_bundle import contents, empty

pytestmark = pytest.mark.django_db
BULK = os.environ.get("PARALLAX_BULK_DATA")
needs_bulk = pytest.mark.skipif(not BULK, reason="PARALLAX_BULK_DATA is not set: no real table went round")
BATTLES = "civil_war_battles_by_author.csv.gz"


def battles() -> bytes:
    assert BULK is not None
    return (Path(BULK) / BATTLES).read_bytes()


def sent(client: Client, address: str) -> bytes:
    response: Any = client.get(address)
    assert response.status_code == 200, address
    content: bytes = response.getvalue()
    return content


def rows(table: bytes) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(io.StringIO(table.decode(), newline=""))}


def as_table(changed: dict[str, dict[str, str]]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, list(next(iter(changed.values()))))
    writer.writeheader()
    writer.writerows(changed.values())
    return made.getvalue().encode()


def refused(table: bytes) -> list[str]:
    before = Claim.objects.count()
    with pytest.raises(BundleRefused) as caught:
        import_claims("questions.csv", table)
    assert Claim.objects.count() == before
    return [str(problem) for problem in caught.value.problems]


# --- the civil war


@needs_bulk
def test_the_battles_go_round_as_a_bundle(tmp_path: Path) -> None:
    import_claims(BATTLES, battles(), is_published=True)
    export_bundle(tmp_path / "one")
    empty()
    import_bundle(tmp_path / "one")
    export_bundle(tmp_path / "two")
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    assert (tmp_path / "one" / "claims.csv").read_bytes().count(b"\n") > 6_712


@needs_bulk
def test_the_battles_go_round_as_a_table_and_the_first_file_finds_its_claims_again(client: Client) -> None:
    import_claims(BATTLES, battles(), is_published=True)
    one = sent(client, "/questions.csv")
    slug = Claim.objects.published().values_list("question__slug", flat=True).order_by("pk")[0]
    compared = sent(client, f"/questions/{slug}.csv")
    empty()
    assert import_claims("questions.csv", one, is_published=True).made == 6_711
    assert sent(client, "/questions.csv") == one
    assert sent(client, f"/questions/{slug}.csv") == compared
    again = import_claims(BATTLES, battles(), is_published=True)
    assert (again.known, again.made, again.for_review) == (6_711, 1, 1)


# --- the demo


#: What the long form says of other rows than the claim and its primary citation; import makes neither.
NOT_READ = {"sources"}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_every_figure_of_the_demo_comes_back_from_its_table_under_its_id(client: Client, suffix: str) -> None:
    import_bundle(Path(settings.PARALLAX_DEMO_BUNDLE))
    one, table = sent(client, "/questions.csv"), sent(client, f"/questions.{suffix}")
    empty()
    import_claims(f"questions.{suffix}", table, is_published=True)
    given, kept = rows(one), rows(sent(client, "/questions.csv"))
    assert kept.keys() == given.keys()
    for public_id, row in given.items():
        assert {name: (cell, kept[public_id][name]) for name, cell in row.items() if kept[public_id][name] != cell} == {
            name: (row[name], kept[public_id][name]) for name in NOT_READ if row[name] != kept[public_id][name]
        }


def test_a_table_of_our_own_changes_nothing_where_its_claims_are(client: Client) -> None:
    import_bundle(Path(settings.PARALLAX_DEMO_BUNDLE))
    before = Claim.objects.count(), Citation.objects.count()
    found = import_claims("questions.csv", sent(client, "/questions.csv"), is_published=True)
    assert found.sentence() == "Nothing to do: all 184 rows are there already."
    assert (Claim.objects.count(), Citation.objects.count()) == before


# --- one row


def test_a_row_of_our_own_says_all_parts_of_a_figure_whatever_its_language(client: Client) -> None:
    words = {"stated_value": "350명 정도", "lower": None, "upper": None, "point": 350, "hedged": False}
    attributes = {"sample size": 1200, "method": "Umfrage, „online“", "none": None}
    claim = factories.make_published_claim(qualifier="about", **words, note="=1+1", attributes=attributes)
    one = sent(client, "/questions.csv")
    empty()
    import_claims("questions.csv", one, is_published=True)
    assert rows(sent(client, "/questions.csv")) == rows(one)
    kept = Claim.objects.get(public_id=claim.public_id)
    assert (kept.stated_value, kept.qualifier, kept.point, kept.note) == ("350명 정도", "about", 350, "=1+1")
    assert (kept.override_reason, kept.attributes) == ("", attributes)


def test_a_row_that_says_something_else_than_its_claim_is_refused(client: Client) -> None:
    claim = factories.make_published_claim(note="as it is")
    given = rows(sent(client, "/questions.csv"))
    given[claim.public_id]["note"] = "as it was"
    (said,) = refused(as_table(given))
    assert said == (
        "questions.csv, line 2, column note: given “as it was”; wanted “as it is”, as claim "
        f"{claim.public_id} says here: a table that was exported corrects no claim."
    )


def test_what_a_law_removed_does_not_come_back_in_a_table_from_before(client: Client) -> None:
    claim = factories.make_published_claim()
    one = sent(client, "/questions.csv")
    remove_claim(public_id=claim.public_id, reason="A judgment.", by="M. Okafor")
    assert import_claims("questions.csv", one, is_published=True).known == 1
    claim.refresh_from_db()
    assert claim.stated_value == "removed"


@pytest.mark.parametrize(
    ("column", "cell", "wanted"),
    [
        ("qualifier", "", "wanted one of exactly, about, "),
        ("hedged", "maybe", "wanted true or false."),
        ("point", "many", "wanted a number such as 10000 or 5.5."),
        ("value", "", "wanted the words of the figure."),
        ("attributes", "[1]", "wanted a JSON object like"),
        ("low", "41", "Words without a number (“thousands”, “a battalion”) have no lower end"),
    ],
)
def test_a_cell_of_our_own_that_was_spoiled_is_refused(client: Client, column: str, cell: str, wanted: str) -> None:
    claim = factories.make_published_claim()
    given = rows(sent(client, "/questions.csv"))
    given[claim.public_id][column] = cell
    empty()
    (said,) = refused(as_table(given))
    assert said.startswith(f"questions.csv, line 2, column {'value' if column == 'low' else column}: given “")
    assert wanted in said


def test_two_rows_cannot_be_one_claim(client: Client) -> None:
    claim = factories.make_published_claim()
    given = rows(sent(client, "/questions.csv"))
    twin = given[claim.public_id] | {"note": "another"}
    (said,) = refused(as_table(given | {"twin": twin}))
    assert said == f"questions.csv, line 3, column id: given “{claim.public_id}”, as line 2 is; wanted each once."


@pytest.mark.parametrize("change", [{"address": "1 High Street"}, {"id": "x7"}, {"id": "", "address": ""}])
def test_an_id_is_taken_only_from_a_row_whose_address_names_it(client: Client, change: dict[str, str]) -> None:
    claim = factories.make_published_claim()
    given = rows(sent(client, "/questions.csv"))
    given[claim.public_id] |= change
    empty()
    import_claims("questions.csv", as_table(given))
    assert len(Claim.objects.get().public_id) == 12


def test_the_columns_of_somebody_elses_table_mean_what_they_please() -> None:
    row = {"question": "Killed", "unit": "persons", "place": "Kursk", "actor": "Kyiv", "value": "40"}
    import_claims("a.csv", as_table({"x": row | {"id": "7", "address": "1 High Street", "point": "52 N"}}))
    claim = Claim.objects.get()
    assert (claim.attributes, claim.point) == ({"point": "52 N"}, 40)


# --- a table whose claims came back in a bundle

LOSSES = (
    b"question,unit,place,actor,value,as_of_start,stated_on,source_title\n"
    b"Killed,persons,Kursk,Kyiv,%s,2024-11-04,2024-11-05,A report\n"
)


@pytest.mark.django_db(transaction=True)
def test_a_table_whose_claims_came_back_in_a_bundle_adds_nothing_and_overwrites_no_editor(tmp_path: Path) -> None:
    import_claims("losses.csv", LOSSES % b"40")
    export_bundle(tmp_path / "kept")
    empty()
    import_bundle(tmp_path / "kept")
    Claim.objects.update(note="Looked at.")
    found = import_claims("losses.csv", LOSSES % b"40")  # in a transaction of its own, by which edits are told
    assert (found.made, found.corrected, found.known) == (0, 0, 1)
    assert Claim.objects.get().note == "Looked at."
    with pytest.raises(BundleRefused, match=r"the note of claim .* which an editor changed since"):
        import_claims("losses.csv", LOSSES % b"50")
    Claim.objects.update(note="")
    assert import_claims("losses.csv", LOSSES % b"50").corrected == 1
    assert Claim.objects.get().stated_value == "50"


def test_a_restored_claim_that_readers_see_is_corrected_only_by_who_may_publish(tmp_path: Path) -> None:
    import_claims("losses.csv", LOSSES % b"40", is_published=True)
    export_bundle(tmp_path / "kept")
    empty()
    import_bundle(tmp_path / "kept")
    assert import_claims("losses.csv", LOSSES % b"40").known == 1
    with pytest.raises(BundleRefused, match="wanted the right to publish"):
        import_claims("losses.csv", LOSSES % b"50")
    assert Claim.objects.get().status == "published"
