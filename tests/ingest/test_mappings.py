"""Columns of somebody's tables kept under a name, and the command that says, proposes and saves them."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from apps.claims.models import Claim
from apps.ingest.long_form.options import Options
from apps.ingest.mappings import ColumnMapping, MappedColumn, mapping_called, save_mapping
from apps.ingest.models import Import
from tests import factories

pytestmark = pytest.mark.django_db

GERMAN = """Frage;Einheit;Ort;Behörde;Wert;Datum;Verweis
Getötete;Personen;Kiew;Innenministerium;1.234,5;2024-11-05;https://example.org/a
"""
SAID = {"question": "Frage", "unit": "Einheit", "place": "Ort", "actor": "Behörde", "value": "Wert"}
COLUMNS = [f"--column={ours}={theirs}" for ours, theirs in SAID.items()]


@pytest.fixture
def german(tmp_path: Path) -> Path:
    path = tmp_path / "bericht.csv"
    path.write_text(GERMAN)
    return path


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command("import_claims", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_refusal_names_what_columns_look_like_and_how_to_say_so(german: Path) -> None:
    factories.make_actor("ministry", name="Innenministerium")
    with pytest.raises(CommandError) as refused:
        run(german)
    said = str(refused.value)
    assert "wanted also question, place, actor, value." in said
    assert "The column “Frage” looks like question: its name is like “frage”." in said
    assert "The column “Behörde” looks like actor: 1 of its 1 cells name known actors, such as “Inn" in said
    assert "The column “Datum” looks like as_of_start (or stated_on, as_of_end, published_on)" in said
    assert said.endswith(
        "If that is right, say --column question=Frage --column unit=Einheit --column place=Ort"
        " --column 'actor=Behörde' --column value=Wert --column as_of_start=Datum --column source_url=Verweis"
    )
    assert not Claim.objects.exists()


def test_a_refusal_names_what_no_column_looks_like(german: Path) -> None:
    german.write_text(GERMAN.replace("Frage", "Thema").replace("Behörde", "Von"))
    with pytest.raises(CommandError) as refused:
        run(german)
    assert str(refused.value).endswith(
        "No column looks like question, actor: add what is not there, or say which it is with"
        " --column question=… --column actor=…\nIf it is the same for all rows: --question … --actor …"
    )


PLAIN = "date,killed,link\n2024-11-04,more than 40,https://example.org/a\n2024-11-05,55,https://example.org/b\n"
WHOLE = ["--question=Soldiers killed", "--unit=persons", "--place=Kursk", "--actor=Kyiv", "--stated-on=2024-11-06"]
KILLED = ["--column=value=killed", "--column=as_of_start=date", "--column=source_url=link"]


def test_what_rows_leave_out_is_said_for_all_and_saved(tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    file.write_text(PLAIN)
    run(file, *KILLED, *WHOLE, "--save-mapping=Kyiv’s own")
    first, second = Claim.objects.order_by("as_of_start")
    assert (first.question.title, first.question.unit, first.place.name) == ("Soldiers killed", "persons", "Kursk")
    assert (first.claimant.name, str(first.stated_on), first.stated_value) == ("Kyiv", "2024-11-06", "more than 40")
    assert (second.question, second.stated_value) == (first.question, "55")
    assert run(file, "--mapping=Kyiv’s own").startswith("Nothing to do: all 2 rows are there already")
    assert mapping_called("Kyiv’s own").options.place == "Kursk"
    assert Import.objects.get().options["place"] == "Kursk"


def test_what_a_row_says_itself_comes_before_what_is_said_for_all(tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    file.write_text("date,killed,place\n2024-11-04,40,Kyiv\n2024-11-04,50,\n")
    run(file, *KILLED[:2], *WHOLE)
    assert set(Claim.objects.values_list("stated_value", "place__name")) == {("40", "Kyiv"), ("50", "Kursk")}


def test_what_is_said_for_all_rows_is_held_against_the_same_rules(tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    file.write_text(PLAIN)
    with pytest.raises(CommandError, match="line 2, column stated_on: given “6 Nov”; wanted"):
        run(file, *KILLED, *WHOLE, "--stated-on=6 Nov")
    assert not Claim.objects.exists()


def test_what_is_said_of_columns_is_read_and_the_rest_is_told(german: Path) -> None:
    said = run(german, *COLUMNS, "--column=stated_on=Datum", "--decimal-comma")
    claim = Claim.objects.get()
    assert (claim.question.title, claim.place.name, claim.claimant.name) == ("Getötete", "Kiew", "Innenministerium")
    assert (claim.stated_value, str(claim.stated_on)) == ("1234.5", "2024-11-05")
    assert claim.attributes == {"Verweis": "https://example.org/a"}
    assert "If that is right, say --column source_url=Verweis" in said
    assert Import.objects.get().options["columns"] == SAID | {"stated_on": "Datum"}


def test_what_was_said_is_saved_and_used_for_the_next_table(german: Path) -> None:
    more = ["--column=source_url=Verweis", "--column=as_of_start=", "--decimal-comma", "--topic=Krieg"]
    said = run(german, *COLUMNS, *more, "--save-mapping", "Wochenbericht")
    assert said.endswith("Saved the mapping “Wochenbericht”.\n")
    saved = mapping_called("Wochenbericht")
    assert saved.said == SAID | {"source_url": "Verweis", "as_of_start": ""}
    assert saved.options == Options(topic="Krieg", decimal_comma=True)
    assert saved.made_by is None
    assert run(german, "--mapping", "Wochenbericht").startswith("The column “Datum” looks like stated_on")
    assert Claim.objects.count() == 1


def test_the_language_of_a_file_is_that_of_its_words_and_of_its_new_sources(german: Path) -> None:
    german.write_text(GERMAN.replace("1.234,5", "rund 1.300"))
    run(german, *COLUMNS, "--column=source_url=Verweis", "--language=de-AT", "--save-mapping=m")
    claim = Claim.objects.get()
    assert (claim.stated_value, claim.point, claim.qualifier) == ("rund 1.300", 1300, "about")
    assert claim.citations.get().source.language == "de"
    assert mapping_called("m").options.language == "de"


def test_problems_name_columns_as_the_file_does(german: Path) -> None:
    german.write_text(GERMAN + ";Personen;Kiew;UN;5;2024-11-05;\nGetötete;Personen;Kiew;UN;;2024-11-05;\n")
    with pytest.raises(CommandError) as refused:
        run(german, *COLUMNS)
    assert "line 3, column Frage: given “”; wanted a name" in str(refused.value)
    assert "line 4, column Wert: given “”; wanted a figure" in str(refused.value)


def test_days_in_the_order_of_the_file_are_saved_with_its_mapping(german: Path) -> None:
    german.write_text(GERMAN.replace("2024-11-05", "05.11.2024"))
    run(german, *COLUMNS, "--column=stated_on=Datum", "--dates=dmy", "--decimal-comma", "--save-mapping=m")
    assert str(Claim.objects.get().stated_on) == "2024-11-05"
    assert mapping_called("m").options.dates == "dmy"


def test_sheets_that_were_not_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Claims", "More"):
            row = ["Killed", "persons", "Kyiv", "Kyiv", 40]
            book.add_worksheet(name).write_row(1, 0, row)
            book.get_worksheet_by_name(name).write_row(0, 0, ["question", "unit", "place", "actor", "value"])
    assert "Only the first sheet was read, and not “More”.\n" in run(path)


def test_what_is_said_here_comes_before_what_is_saved(german: Path) -> None:
    save_mapping(
        name="m", columns=SAID | {"note": "Datum"}, options=Options(topic="One", measure="stock", decimal_comma=True)
    )
    run(german, "--mapping=m", "--column=stated_on=Datum", "--column=note=", "--topic=Other")
    claim = Claim.objects.get()
    assert (claim.question.topic.title, claim.question.measure, claim.note) == ("Other", "stock", "")
    assert str(claim.stated_on) == "2024-11-05"


def test_a_dry_run_saves_no_mapping(german: Path) -> None:
    said = run(german, *COLUMNS, "--decimal-comma", "--save-mapping=m", "--dry-run")
    assert said.endswith("Would save the mapping “m”.\n")
    assert not ColumnMapping.objects.exists()


def test_a_saved_mapping_that_names_what_the_file_lacks_is_refused(german: Path) -> None:
    save_mapping(name="m", columns=SAID | {"note": "Notiz"})
    with pytest.raises(
        CommandError, match=r"bericht.csv, line 1: given the columns .*; wanted “Notiz”, said to be note"
    ):
        run(german, "--mapping=m")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--mapping=other"], "There is no mapping “other”; wanted one of “m”."),
        (["--save-mapping=m"], "There is a mapping “m” already; wanted another name, or an edit in the admin."),
        (["--language=klingon"], "--language klingon: wanted one of en, ar,"),
        (["--column=Datum"], "--column Datum: wanted OURS=THEIRS, for example stated_on=Datum, once each."),
        (["--column=note=a", "--column=note=b"], "--column note=b: wanted OURS=THEIRS"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(german: Path, arguments: list[str], sentence: str) -> None:
    save_mapping(name="m", columns=SAID)
    with pytest.raises(CommandError) as refused:
        run(german, *COLUMNS, *arguments)
    assert str(refused.value).startswith(sentence)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("name", "columns", "sentence"),
    [
        ("m", {}, "Another mapping has this name already."),
        (" ", {}, "This field cannot be blank."),
        ("n", {"datum": "Datum"}, "Value 'datum' is not a valid choice."),
        ("n", {"note": "a", "quote": "a"}, "This column of the file is named twice: it can be one column only."),
    ],
)
def test_a_mapping_that_cannot_be_kept_is_refused_whole(name: str, columns: dict[str, str], sentence: str) -> None:
    save_mapping(name="m", columns={"note": "", "quote": ""})
    with pytest.raises(ValidationError) as refused:
        save_mapping(name=name, columns=columns)
    assert sentence in refused.value.messages
    assert (ColumnMapping.objects.count(), MappedColumn.objects.count()) == (1, 2)


def test_the_database_keeps_what_no_form_sees() -> None:
    mapping = save_mapping(name="m", columns={"note": "a"})
    for column, header in (("note", "b"), ("quote", "a"), ("nothing", "c")):
        with pytest.raises(IntegrityError), transaction.atomic():
            MappedColumn.objects.create(mapping=mapping, column=column, header=header)
