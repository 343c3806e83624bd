"""Tables as people, programs and attackers make them: read as text, or refused with one sentence."""

import gzip
import io
import random
import zipfile

import pytest
import xlsxwriter

from apps.ingest.long_form.sheets import ERROR, MAX_CELL, NumberCell, Sheet, read_sheet
from apps.ingest.long_form.styles import percent_cells
from apps.ingest.problems import BundleRefused

HEADER = ("question", "actor", "value")
TABLE = "question,actor,value\nKilled,Kyiv,40\nWounded,“Seoul”,5\n"


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows]


def refused(content: bytes, **options: object) -> str:
    with pytest.raises(BundleRefused) as caught:
        read_sheet("a.csv", content, **options)  # type: ignore[arg-type]
    (problem,) = caught.value.problems
    return str(problem)


def workbook(rows: list[list[object]], *, far: bool = False) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if far:
            sheet.write(1_048_575, 16_383, "far away")
    return made.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("is_packed", [False, True])
def test_encoding_delimiter_and_line_ends_are_told_apart(
    encoding: str, delimiter: str, end: str, is_packed: bool
) -> None:
    content = TABLE.replace(",", delimiter).replace("\n", end).encode(encoding)
    sheet = read_sheet("a.csv", gzip.compress(content) if is_packed else content)
    assert sheet.header == HEADER
    assert cells(sheet) == [("Killed", "Kyiv", "40"), ("Wounded", "“Seoul”", "5")]


def test_lines_are_those_of_the_file_and_line_ends_may_be_mixed() -> None:
    sheet = read_sheet("a.csv", b'question,actor,value\r\n"Killed\n(all)",Kyiv,40\n\n,,\nWounded,Kyiv,5\r\n')
    assert [row.line for row in sheet.rows] == [2, 6]


def test_what_is_not_utf8_is_asked_about_and_read_when_it_is_told() -> None:
    content = "question,actor,value\nKilled,Café,40\n".encode("cp1252")
    said = refused(content)
    assert "line 2: given byte 0xe9; wanted UTF-8" in said
    assert "“Killed,Café,40”" in said
    assert "encoding cp1252" in said
    assert cells(read_sheet("a.csv", content, encoding="cp1252")) == [("Killed", "Café", "40")]
    assert "wanted one such as utf-8" in refused(content, encoding="klingon")


def test_a_workbook_gives_texts() -> None:
    sheet = read_sheet("a.xlsx", workbook([["question", "actor", "value"], ["Killed", "Kyiv", 40], ["W", "K", 5.25]]))
    assert sheet.header == HEADER
    assert cells(sheet) == [("Killed", "Kyiv", "40"), ("W", "K", "5.25")]


def test_a_workbook_of_two_cells_may_span_more_than_the_memory() -> None:
    assert "given 1,048,576 rows" in refused(workbook([["question"]], far=True))


def test_a_bomb_is_not_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    assert "given more than 1,000,000 bytes unpacked" in refused(bomb.getvalue(), max_bytes=1_000_000)
    packed = gzip.compress(b"a,b\n" * 1_000_000)
    assert "given more than 1,000,000 bytes unpacked" in refused(packed, max_bytes=1_000_000)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "given an empty file"),
        (b"\n\n,,\n", "given an empty file"),
        (b"question,actor,value\n", "given only the names of columns"),
        (b"question,actor\nKilled,Kyiv,40\n", "line 2: given 3 cells; wanted 2"),
        (b"question,actor\nKilled,\0\n", "line 2: given a NUL byte"),
        (b"question,actor\nKilled,b\0\n", "line 2: given a NUL byte"),
        (b'question,actor\nKilled,"Kyiv\n', "not CSV"),
        (b"question,actor\nKilled," + b"x" * (MAX_CELL + 1) + b"\n", "given a cell of more than"),
        (b"question,actor\nKilled," + b"x" * 1_000_000 + b"\n", "not CSV (field larger than"),
        (b"a," * 10_000 + b"\n1\n", "given 10,001 columns"),
        (gzip.compress(TABLE.encode(), mtime=0)[:-9], "given a .gz that is cut off or damaged"),
        (gzip.compress(TABLE.encode(), mtime=0)[:12], "given a .gz that is cut off or damaged"),
        (b"\x1f\x8b\x08rubbish", "given a .gz that is cut off or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "given an old .xls"),
        (b"PK\x03\x04rubbish", "given an .xlsx that is damaged or none"),
        (b"\xff\xfea", "wanted utf-16"),
        (b"question,,actor\nKilled,,Kyiv\nKilled,7,Kyiv\n", "line 3: given “7” in column 2, which has no name"),
        (b"Losses,,,\n\nquestion,unit,actor\n", "line 3: given 3 cells; wanted 1, as in the header. If line 1 is a"),
        (b"What,,,Who\nquestion,unit,place,actor\n", "which has no name; wanted one in line 1. If line 1 is a title"),
        (b"question|unit|actor\nKilled|persons|Kyiv\n", "given cells parted by “|”; wanted comma, semicolon, tab."),
        (b"%PDF-1.7\n", "given a PDF; wanted a table"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>\n<table>", "given a web page or XML; wanted a table"),
        (b"<html><table>", "given a web page or XML; wanted a table"),
        (b'[\n {"question": 1}]', "given JSON; wanted a table"),
        (gzip.compress(b'{"a": 1}', mtime=0), "given JSON; wanted a table"),
        (b"{\\rtf1 question}", "given a document; wanted a table"),
    ],
)
def test_what_is_no_table_is_one_sentence(content: bytes, wanted: str) -> None:
    assert wanted in refused(content)


def test_too_many_cells_below_a_header_are_no_title() -> None:
    assert refused(b"question,unit\nKilled,10,000\n").endswith("as in the header.")


def test_the_delimiter_is_the_one_that_parts_the_names() -> None:
    sheet = read_sheet("a.csv", b'"one; two; three",actor\n1,2\n')
    assert sheet.header == ("one; two; three", "actor")
    assert read_sheet("a.csv", b"\n\na;b\n1;2\n").header == ("a", "b")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_delimiter_that_the_file_says_is_believed(sign: str) -> None:
    sheet = read_sheet("a.csv", f"sep={sign}\r\na{sign}b\r\n1{sign}2\r\n".encode())
    assert (sheet.header, sheet.rows[0].line) == (("a", "b"), 3)
    with pytest.raises(BundleRefused, match="line 4: given 3 cells"):
        read_sheet("a.csv", f"sep={sign}\na{sign}b\n1{sign}2\n1{sign}2{sign}3\n".encode())


def test_sheets_of_a_workbook_that_are_not_read_are_named() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name in ("First", "More", "About"):
            book.add_worksheet(name).write_column(0, 0, ["question", name])
    sheet = read_sheet("a.xlsx", made.getvalue())
    assert (cells(sheet), sheet.left_out) == ([("First",)], ("More", "About"))


def test_sheets_after_an_empty_one_are_named() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Cover")
        book.add_worksheet("Data").write_column(0, 0, ["question", "Killed"])
    said = refused(made.getvalue())
    assert "given an empty file" in said
    assert "This is the first sheet; if another one is meant (“Data”), put it first." in said


def test_a_number_that_is_shown_as_percent_is_read_so() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        shown = [book.add_format({"num_format": code}) for code in ("0.0%", 9, 10, '0" %"', r"0\%", "0.00")]
        sheet.write_row("B2", ["question", "value"])
        for row, (value, style) in enumerate(zip((0.0534, 0.1 + 0.2, 12, 7, 0.5, 0.07), shown, strict=True), 2):
            sheet.write_row(row, 1, ["Share"])
            sheet.write(row, 2, value, style)
        sheet.write(8, 1, "12%", shown[0])
        sheet.write(8, 2, True, shown[0])
    values = [row[1] for row in cells(read_sheet("a.xlsx", made.getvalue()))]
    assert values == ["5.34%", "30%", "1200%", "7", "0.5", "0.07", "true"]


def test_a_cell_over_several_rows_is_refused_and_not_lost() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row("B1", ["question", "place", "value"])
        sheet.merge_range("C2:C3", "Kursk")
        sheet.merge_range("D2:D3", "")
        for row in (1, 2):
            sheet.write(row, 1, "Killed")
    said = refused(made.getvalue())
    assert "line 2: given “Kursk” merged over lines 2 to 3; wanted it in each of them" in said


def test_cells_merged_within_a_row_or_empty_change_nothing() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["question", "place", "value"])
        sheet.merge_range("A2:B2", "Killed")
        sheet.merge_range("C2:C3", "")
        sheet.merge_range("H8:J9", "")
        sheet.write(2, 0, "Wounded")
    assert cells(read_sheet("a.xlsx", made.getvalue())) == [("Killed", "", ""), ("Wounded", "", "")]


def test_styles_that_no_spreadsheet_writes_change_nothing() -> None:
    rows: list[list[object]] = [["question", "value"], ["Share", 0.5]]
    for part, text in (("xl/styles.xml", b"<cellXfs"), ("xl/_rels/workbook.xml.rels", b"<Relationship>")):
        given, changed = zipfile.ZipFile(io.BytesIO(workbook(rows))), io.BytesIO()
        with zipfile.ZipFile(changed, "w") as archive:
            for name in given.namelist():
                archive.writestr(name, text if name == part else given.read(name))
        with zipfile.ZipFile(changed) as archive:
            assert percent_cells(archive) == frozenset()


def test_a_damaged_file_is_a_table_or_a_sentence() -> None:
    chance = random.Random(7)
    good = [TABLE.encode(), gzip.compress(TABLE.encode()), workbook([["question", "actor"], ["Killed", "Kyiv"]])]
    outcomes = set()
    for _ in range(600):
        content = bytearray(chance.choice(good))
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        content = content[: chance.randint(1, len(content))]
        try:
            outcomes.add(type(read_sheet("a", bytes(content))).__name__)
        except BundleRefused as error:
            outcomes.add(type(error).__name__)
    assert outcomes == {"Sheet", "BundleRefused"}


def test_the_mark_of_utf_8_is_believed_more_than_what_is_said() -> None:
    sheet = read_sheet("a.csv", "\ufeffname\nKöln\n".encode(), encoding="cp1252")
    assert (list(sheet.header), sheet.rows[0].cells) == (["name"], ("Köln",))


def test_what_is_no_text_is_refused_in_a_workbook_and_in_any_encoding() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "note"])
        sheet.write_row(1, 0, ["x", "a\x00b"])
    for name, content, encoding in (
        ("a.xlsx", file.getvalue(), ""),
        ("a.csv", b"name\n\\ud800\n", "unicode_escape"),
        ("a.csv", b"name\nx\n", "undefined"),
    ):
        with pytest.raises(BundleRefused):
            read_sheet(name, content, encoding=encoding)


def test_what_a_workbook_keeps_as_text_is_no_number_of_the_workbook() -> None:
    sheet = read_sheet("a.xlsx", workbook([["value", "low"], ["1.300", 1.3], [12.345, "12"]]))
    kept = [[isinstance(cell, NumberCell) for cell in row] for row in cells(sheet)]
    assert cells(sheet) == [("1.300", "1.3"), ("12.345", "12")]
    assert kept == [[False, True], [True, False]]


def test_a_formula_that_failed_is_no_empty_cell() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 1, ["question", "value", "note"])
        sheet.write_row(2, 1, ["Killed", 40])
        sheet.write_formula(2, 3, "=NA()", book.add_format({"bold": True}), "#N/A")
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
        sheet.write_row(3, 2, [5, "fine"])
    assert cells(read_sheet("a.xlsx", made.getvalue())) == [("Killed", "40", ERROR), (ERROR, "5", "fine")]
