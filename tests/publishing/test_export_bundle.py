"""Writing bundles: nothing is lost, and the same database gives the same bytes."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from apps.actors.models import Actor, Alias, Tombstone
from apps.claims.bundle import FILES, headers
from apps.claims.models import (
    ActorReliability,
    Citation,
    Claim,
    ClaimCredibility,
    Correction,
    JointClaimant,
    Place,
    Question,
    Relay,
    Topic,
)
from apps.domain.periods import PartialDate
from apps.ingest.bundle import import_bundle
from apps.publishing.bundle import csv_line, export_bundle
from apps.sources.models import Source
from tests.emptying import may_empty

pytestmark = pytest.mark.django_db
DEMO: Path = settings.PARALLAX_DEMO_BUNDLE


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as source:
        return list(csv.DictReader(source))


def fill_every_file() -> None:
    """The demo, and on top of it whatever it has not: every file has rows, every column a value."""
    import_bundle(DEMO)
    claim = Claim.objects.get(public_id="c002")
    claim.stated_at = time(14, 30)
    claim.attributes = {"sample size": 1200, "method": "Umfrage, „online“", "share": 0.1}
    claim.interval_kind, claim.interval_level = "confidence", Decimal("99.90")
    claim.population, claim.note = "Männer", 'A "note",\r\nwith lines\rand\nmore = "=1+1"  '
    claim.override_reason = 'She says "up to",\nthe transcript has “more than”.'
    claim.save()
    retracted = {"status": "retracted", "retracted_by": "M. Okafor", "retracted_why": "A parody."}
    Claim.objects.filter(public_id="c008").update(as_of_end=PartialDate.parse("2024-11-30"))
    Citation.objects.filter(public_id="z002").update(locator="page 3", translation="t", override_reason="r")
    archive = {"archive_url": "https://example.org/a", "archive_file": "archive/a.pdf", "archive_sha256": "0" * 64}
    Source.objects.filter(slug="aj-20241105").update(accessed_on=date(2024, 11, 6), note="n", **archive)
    moment = datetime(2025, 2, 3, 4, 5, 6, 789, UTC)
    Claim.objects.filter(public_id="c001").update(retracted_at=moment, **retracted)
    actors = list(Actor.objects.order_by("slug")[:3])
    for place, actor in enumerate(reversed(actors)):
        JointClaimant.objects.create(claim=claim, actor=actor, position=place)
        Relay.objects.create(citation=Citation.objects.get(public_id="z001"), actor=actor, position=place)
    Relay.objects.create(citation=Citation.objects.get(public_id="z001"), actor=actors[0], position=9)
    Alias.objects.create(actor=actors[0], name="back\\slash | bar", position=0)
    Actor.objects.filter(pk=actors[0].pk).update(wikidata="Q884", note="n")
    Place.objects.filter(slug="russia").update(
        latitude=Decimal("55.750000"), longitude=Decimal("-0.5"), wikidata="Q159", note="n"
    )
    Question.objects.filter(slug="killed").update(tolerance=Decimal("0.10"), floor=None, window_days=0, population="p")
    ActorReliability.objects.create(actor=actors[0], grade="B", graded_on=date(2025, 1, 31), graded_by="me", reason="r")
    ClaimCredibility.objects.create(claim=claim, grade="2", graded_on=date(2025, 1, 31), graded_by="me", reason="r")
    words = {"what_was_wrong": "40 as an upper bound", "what_was_done": "more_than"}
    Correction.objects.create(claim=claim, corrected_on=date(2025, 2, 3), **words)
    Tombstone.objects.create(kind="claim", public_id="c999", sha256="0" * 64, reason="A judgment.", removed_by="me")
    topic = Topic.objects.create(slug="old", title="Old")
    topic.slug = "new"
    topic.save()


def empty() -> None:
    """Takes every row out; what is published cannot be deleted, so as nobody could."""
    tables = ", ".join(connection.ops.quote_name(file.model._meta.db_table) for file in FILES)
    with may_empty(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def test_every_cell_of_the_demo_survives(tmp_path: Path) -> None:
    import_bundle(DEMO)
    call_command("export_bundle", str(tmp_path / "out"))
    for path in sorted(DEMO.iterdir()):
        keys = next(file.key for file in FILES if file.file_name == path.name)
        exported = {tuple(row[key] for key in keys): row for row in rows(tmp_path / "out" / path.name)}
        given = rows(path)
        assert len(exported) == len(given), path.name
        for row in given:
            kept = exported[tuple(row[key] for key in keys)]
            assert {name: kept[name] for name in row} == row


def test_the_columns_of_the_demo_come_first_and_in_its_order() -> None:
    for path in DEMO.iterdir():
        given = path.read_text().splitlines()[0].split(",")
        assert list(headers()[path.name][: len(given)]) == given


def test_export_import_export_gives_the_same_bytes(tmp_path: Path) -> None:
    fill_every_file()
    export_bundle(tmp_path / "one")
    empty()
    import_bundle(tmp_path / "one")
    export_bundle(tmp_path / "two")
    one = contents(tmp_path / "one")
    assert contents(tmp_path / "two") == one
    assert set(one) == set(headers())


def test_what_is_exported_has_a_value_in_every_column(tmp_path: Path) -> None:
    """Guards the test before this one: a column that is always empty would survive anything."""
    fill_every_file()
    export_bundle(tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        found = rows(path)
        assert [column for column in headers()[path.name] if not any(row[column] for row in found)] == [], path.name


def test_numbers_dates_and_texts_are_printed_plainly(tmp_path: Path) -> None:
    fill_every_file()
    export_bundle(tmp_path / "out")
    claims = {row["claim"]: row for row in rows(tmp_path / "out" / "claims.csv")}
    assert (claims["c002"]["lower"], claims["c002"]["interval_level"]) == ("10000", "99.9")
    assert claims["c002"]["attributes"] == '{"method":"Umfrage, „online“","sample size":1200,"share":0.1}'
    assert claims["c002"]["note"] == 'A "note",\r\nwith lines\rand\nmore = "=1+1"  '
    assert (claims["c002"]["stated_at"], claims["c001"]["retracted_at"]) == ("14:30:00", "2025-02-03T04:05:06.000789Z")
    (russia,) = [row for row in rows(tmp_path / "out" / "places.csv") if row["place"] == "russia"]
    assert (russia["latitude"], russia["longitude"]) == ("55.75", "-0.5")
    (renamed,) = rows(tmp_path / "out" / "redirects.csv")
    assert renamed == {"kind": "topic", "old_slug": "old", "target_slug": "new"}


def test_lines_end_with_a_line_feed_and_are_sorted_by_bytes(tmp_path: Path) -> None:
    import_bundle(DEMO)
    export_bundle(tmp_path / "out")
    content = (tmp_path / "out" / "actors.csv").read_bytes()
    assert b"\r" not in content
    slugs = [row["actor"].encode() for row in rows(tmp_path / "out" / "actors.csv")]
    assert slugs == sorted(slugs)


def test_a_zip_holds_the_same_and_is_always_the_same(tmp_path: Path) -> None:
    import_bundle(DEMO)
    export_bundle(tmp_path / "out")
    export_bundle(tmp_path / "one.zip")
    export_bundle(tmp_path / "two.ZIP")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.ZIP").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == contents(tmp_path / "out")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_database_exports_headers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("export_bundle", str(tmp_path / "out"))
    assert capsys.readouterr().out == f"Exported an empty database to {tmp_path / 'out'}.\n"
    assert set(contents(tmp_path / "out")) == set(headers())
    assert (tmp_path / "out" / "topics.csv").read_bytes() == b"topic,title,summary\n"


def test_a_path_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_bundle", str(tmp_path / "file"))
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("cell", ["a\rb", "a\nb", "a,b", 'a"b', '"', " a ", "", "é"])
def test_every_text_comes_back_from_a_line(cell: str) -> None:
    line = io.StringIO(csv_line(["x", cell, "y"]), newline="")
    assert list(csv.reader(line, strict=True)) == [["x", cell, "y"]]


@pytest.mark.django_db(transaction=True)
def test_an_export_sees_one_moment(tmp_path: Path) -> None:
    with connection.execute_wrapper(lambda run, *query: statements.append(query[0]) or run(*query)):
        statements: list[str] = []
        export_bundle(tmp_path / "out")
    assert statements[0] == "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
