"""Tables as people, programs and attackers make them: read as text, or refused with one sentence."""

import gzip
import io
import random
import zipfile

import pytest
import xlsxwriter

from apps.ingest.long_form.sheets import MAX_CELL, Sheet, read_sheet
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
        (gzip.compress(TABLE.encode())[:-9], "given a .gz that is cut off or damaged"),
        (gzip.compress(TABLE.encode())[:12], "given a .gz that is cut off or damaged"),
        (b"\x1f\x8b\x08rubbish", "given a .gz that is cut off or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "given an old .xls"),
        (b"PK\x03\x04rubbish", "given an .xlsx that is damaged or none"),
        (b"\xff\xfea", "wanted utf-16"),
    ],
)
def test_what_is_no_table_is_one_sentence(content: bytes, wanted: str) -> None:
    assert wanted in refused(content)


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
