"""Cells of a workbook that are not what its reader gives.

A number shown as percent: 0.053 is seen as 5.3%, and nothing but its style says so. A number shown as another one: 1.2
may be seen as 1.2 million. A formula that failed: the reader gives an empty cell. Only the parts of the file that tell
it are searched, as bytes.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator

#: Row and column of a cell, from 1.
type Place = tuple[int, int]

#: Styles that every workbook has: 0% and 0.00%.
_BUILT_IN = frozenset({b"9", b"10"})
#: Within a tag, and never far: no file can make the search slow.
_SHEET = re.compile(rb'<sheet\s[^<>]{0,500}\br:id="([^"<>]{1,200})"')
_RELATION = re.compile(rb"<Relationship\s[^<>]{1,1000}>")
_FORMAT = re.compile(rb'<numFmt\s[^<>]{0,99}\bnumFmtId="(\d{1,9})"[^<>]{0,99}\bformatCode="([^"<>]{0,500})"')
#: What a format prints as it stands.
_LITERAL = re.compile(rb"&quot;.*?&quot;|\\.")
#: A comma behind the last digit shows thousands as ones.
_THOUSANDS = re.compile(rb"[0#?],+(?![0#?,])")
#: Words in a format that make another number of the one before them.
_SCALE = re.compile(
    r"%|\b(k|m|mm|mn|mio|mill|bn|mrd|tsd|tys|mln|mld|тыс|млн|млрд|тис|thousand|hundred|dozen|lakh|crore|"
    r"mil(l|i)\w*|bil(l|i)\w*|tausend\w*|mil|miles)\b",
    re.IGNORECASE,
)
_STYLE = re.compile(rb'<xf\s[^<>]{0,99}\bnumFmtId="(\d{1,9})"')
_FAILED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,40}\bt="e"')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})" s="(\d{1,9})"')
_BLOCK = 1 << 20
_LONGEST_CELL = 80


def percent_cells(archive: zipfile.ZipFile) -> frozenset[Place]:
    """Where the first sheet shows percents; nothing where the parts of the file are not as spreadsheets write them."""
    return _styled(archive, _styles(archive, lambda code: b"%" in _LITERAL.sub(b"", code), _BUILT_IN))


def rescaled_cells(archive: zipfile.ZipFile) -> frozenset[Place]:
    """Where the first sheet shows a number as another one: 1.2 as "1.2 million", 1200 as "1", 5 as "5%"."""
    return _styled(archive, _styles(archive, _rescales, frozenset()))


def _styled(archive: zipfile.ZipFile, styles: frozenset[bytes]) -> frozenset[Place]:
    found = _cells(archive, _CELL) if styles else ()
    return frozenset((int(row), column_number(letters)) for letters, row, style in found if style in styles)


def error_cells(archive: zipfile.ZipFile) -> frozenset[Place]:
    """Where the first sheet shows an error, such as #N/A."""
    return frozenset((int(row), column_number(letters)) for letters, row in _cells(archive, _FAILED))


def column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _rescales(code: bytes) -> bool:
    literal = b" ".join(_LITERAL.findall(code)).replace(b"&quot;", b" ").decode("utf-8", "replace")
    return bool(_THOUSANDS.search(_LITERAL.sub(b" ", code)) or _SCALE.search(literal))


def _styles(archive: zipfile.ZipFile, shows: Callable[[bytes], bool], built_in: frozenset[bytes]) -> frozenset[bytes]:
    """The numbers of styles whose formats show something."""
    text = _part(archive, "xl/styles.xml")
    own = {number for number, code in _FORMAT.findall(text) if shows(code)}
    start = text.find(b"<cellXfs")
    formats = _STYLE.findall(text[start : text.find(b"</cellXfs>", start)]) if start >= 0 else []
    return frozenset(b"%d" % number for number, of in enumerate(formats) if of in own | built_in)


def _first_sheet(archive: zipfile.ZipFile) -> str | None:
    first = _SHEET.search(_part(archive, "xl/workbook.xml"))
    relations = _RELATION.findall(_part(archive, "xl/_rels/workbook.xml.rels"))
    found = [relation for relation in relations if first and b'Id="%s"' % first[1] in relation]
    target = re.search(rb'\bTarget="([^"]+)"', found[0]) if found else None
    path = posixpath.join("/xl", target[1].decode("utf-8", "replace")).lstrip("/") if target else None
    return path if path in archive.namelist() else None


def _cells(archive: zipfile.ZipFile, begin: re.Pattern[bytes]) -> Iterator[tuple[bytes, ...]]:
    """What is found at the beginnings of cells of the first sheet, some perhaps twice."""
    part = _first_sheet(archive)
    if part is None:
        return
    with archive.open(part) as opened:
        kept = b""
        while block := opened.read(_BLOCK):
            yield from begin.findall(kept + block)
            kept = block[-_LONGEST_CELL:]


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""
