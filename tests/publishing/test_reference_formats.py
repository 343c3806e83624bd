"""References as real reference managers read them: whatever stands in a title comes back, and nothing else does."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import accumulate

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import example, given
from hypothesis import strategies as st
from pylatexenc import latex2text

from apps.comparisons.references import Kind, Reference, plain
from apps.publishing import bibtex, csl, ris

CLAIM = Reference(
    kind=Kind.CLAIM,
    key="c064",
    title="President of Ukraine said “already 11,000” for Kursk Oblast, as of 4 Nov 2024",
    host="https://example.org",
    path="/claims/c064/",
    query="known=2026-11-22T14%3A03%3A05.000007Z",
    sha256="ab" * 32,
    known=datetime(2026, 11, 22, 14, 3, 5, 7, tzinfo=UTC),
    accessed=date(2026, 12, 1),
)
COMPARISON = replace(
    CLAIM,
    kind=Kind.COMPARISON,
    key="troops-present",
    title="How many are present?",
    path="/questions/troops-present/",
    query="place=kursk-oblast&on=2024-11-05&known=2026-11-22",
    on=date(2024, 11, 5),
    summary="100 % of 3 claimants & more.",
    limits=("Kursk Oblast",),
)
FROZEN = replace(COMPARISON, kind=Kind.FROZEN, key="0123456789ab", path="/frozen/0123456789ab/", query="")
# citeproc-py knows the schema of 1.0.1, which had no `custom`; it says so and goes on without it.
pytestmark = pytest.mark.filterwarnings("ignore:The following arguments for Reference are unsupported. custom$")
EACH = pytest.mark.parametrize("reference", [CLAIM, COMPARISON, FROZEN], ids=lambda one: one.kind)

#: What the decoder does not know, or takes for a mark that stands over a letter.
_MORE_LATEX = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciicircum": "^",
}


def decoding() -> LatexDecodingMiddleware:
    macros = latex2text.get_default_latex_context_db()
    macros.add_context_category(
        "more", macros=[latex2text.MacroTextSpec(name, text) for name, text in _MORE_LATEX.items()], prepend=True
    )
    return LatexDecodingMiddleware(decoder=latex2text.LatexNodes2Text(latex_context=macros))


def read_bibtex(reference: Reference, *, decoded: bool = True) -> dict[str, str]:
    """The one entry that bibtexparser finds."""
    library = bibtexparser.parse_string(bibtex.write(reference), append_middleware=[decoding()] if decoded else [])
    assert not library.failed_blocks
    (block,) = library.blocks
    return {"ENTRYTYPE": block.entry_type, "ID": block.key} | {field.key: field.value for field in block.fields}


def depths(text: str) -> list[int]:
    """How deep in braces each character stands, as BibTeX counts: a backslash before a brace means nothing to it."""
    return list(accumulate((character == "{") - (character == "}") for character in text))


def read_ris(reference: Reference) -> dict[str, object]:
    """The one record that rispy finds."""
    (record,) = rispy.loads(ris.write(reference), newline="\r\n")
    return record


#: A style that prints every field of ours that styles print.
STYLE = b"""<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Test</title><id>test</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout><group delimiter=" / ">
    <names variable="author"><name/></names>
    <text variable="title"/>
    <text variable="version"/>
    <text variable="URL"/>
    <date variable="issued"><date-part name="year"/><date-part name="month" prefix="-" form="numeric"/></date>
    <date variable="accessed"><date-part name="day"/><date-part name="month" prefix="." form="numeric"/></date>
  </group></layout></bibliography>
</style>
"""


def set_in_style(reference: Reference) -> str:
    """The reference as a citation processor sets it from the CSL-JSON."""
    style = CitationStylesStyle(BytesIO(STYLE), validate=False, locale="en-US")
    bibliography = CitationStylesBibliography(style, CiteProcJSON(json.loads(csl.write(reference))), formatter.plain)
    bibliography.register(Citation([CitationItem(json.loads(csl.write(reference))[0]["id"])]))
    (entry,) = bibliography.bibliography()
    return str(entry)


@EACH
def test_bibtex_says_what_is_cited_and_when(reference: Reference) -> None:
    found = read_bibtex(reference)
    assert found["ENTRYTYPE"] == "misc"
    assert found["author"] == "Parallax"
    assert found["title"] == reference.full_title
    assert (found["year"], found["month"], found["urldate"]) == ("2026", "nov", "2026-12-01")
    assert found["version"] == reference.version
    assert found["note"] == reference.note
    assert found.get("abstract", "") == reference.summary


@EACH
def test_an_address_in_bibtex_is_the_very_address(reference: Reference) -> None:
    assert read_bibtex(reference, decoded=False)["url"] == reference.url


def test_two_versions_of_a_claim_have_two_keys_in_bibtex() -> None:
    later = replace(CLAIM, known=datetime(2026, 11, 23, tzinfo=UTC))
    assert read_bibtex(CLAIM)["ID"] == "parallax-c064-20261122"
    assert read_bibtex(later)["ID"] == "parallax-c064-20261123"
    assert read_bibtex(COMPARISON)["ID"] == "parallax-troops-present-20241105-20261122"


@EACH
def test_ris_says_what_is_cited_and_when(reference: Reference) -> None:
    found = read_ris(reference)
    assert found["type_of_reference"] == ("ELEC" if reference is CLAIM else "DATA")
    assert found["authors"] == ["Parallax"]
    assert found["title"] == reference.full_title
    assert (found["year"], found["date"], found["access_date"]) == ("2026", "2026/11/22/", "2026/12/01/")
    assert found["urls"] == [reference.url]
    assert found["edition"] == reference.version
    assert found["notes"] == [reference.note]
    assert found.get("abstract", "") == reference.summary


def test_every_line_of_ris_ends_as_the_format_wants() -> None:
    lines = ris.write(CLAIM).split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert "\n" not in "".join(lines)


@EACH
def test_csl_json_can_be_set_by_a_style(reference: Reference) -> None:
    parts = ["Parallax", reference.full_title, reference.version, reference.url, "2026-11", "1.12"]
    assert set_in_style(reference) == " / ".join(parts)


#: The names that the schema knows (csl-data.json 1.0.2 allows no others), as far as we use them.
CSL_NAMES = ("id type title author publisher number version issued accessed URL abstract note custom").split()


@EACH
def test_csl_json_has_only_what_the_schema_knows(reference: Reference) -> None:
    (found,) = json.loads(csl.write(reference))
    assert set(found) <= set(CSL_NAMES)
    assert found["type"] == ("webpage" if reference is CLAIM else "dataset")
    assert found["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert found["accessed"] == {"date-parts": [[2026, 12, 1]]}
    assert found["URL"] == reference.url
    assert found["custom"] == {
        "position": reference.on and "2024-11-05",
        "known": "2026-11-22T14:03:05.000007Z",
        "document": reference.document_url,
        "sha256": "ab" * 32,
    }


# --- anything in a title

#: What means something to one of the formats.
HOSTILE = st.sampled_from(
    [
        *r"\{}%&$#_~^`'\",-<>|@=",
        "\r\nER  - \r\nTY  - BOOK\r\n",
        "},\n  evil = {",
        "\\end{document}",
        "--",
        "''",
        "``",
        "?`",
        "\u2028",
        "\x85",
        "\u202e",
        "ا10",
        "조선",
        "<b>",
        "é",
    ]
)
TITLES = st.lists(HOSTILE | st.text(max_size=5), max_size=8).map("".join).map(plain).filter(bool)


@given(TITLES, TITLES)
@example("a\\", "}b{")
@example("}},", "{{{")
@example("---", "''' `` ,,,")
def test_any_title_comes_back_from_bibtex(title: str, summary: str) -> None:
    found = read_bibtex(replace(COMPARISON, title=title, summary=summary))
    assert set(found) == set(read_bibtex(COMPARISON))
    assert found["title"] == replace(COMPARISON, title=title).full_title
    assert found["abstract"] == summary
    entry = bibtex.write(replace(COMPARISON, title=title, summary=summary)).rstrip("\n")
    assert depths(entry)[-1] == 0
    assert 0 not in depths(entry)[len("@misc{") - 1 : -1]


@given(TITLES, TITLES)
@example("ER  - ", "TY  - BOOK")
def test_any_title_comes_back_from_ris(title: str, summary: str) -> None:
    found = read_ris(replace(COMPARISON, title=title, summary=summary))
    assert set(found) == set(read_ris(COMPARISON))
    assert found["title"] == replace(COMPARISON, title=title).full_title
    assert found["abstract"] == summary


@given(TITLES)
def test_any_title_comes_back_from_csl_json(title: str) -> None:
    hostile = replace(COMPARISON, title=title)
    (found,) = json.loads(csl.write(hostile))
    assert found["title"] == hostile.full_title
    assert hostile.full_title in set_in_style(hostile)


@given(st.text())
@example("a\r\nER  - \tb\u2028c\x85d")
def test_a_plain_text_is_one_line_and_stays_itself(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert len(once.splitlines()) <= 1
    assert [c for c in once if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize("text", ["조선 “40여 명”", "العدد ١٠ آلاف", "10\u00a0000", "A\u200dB", "שלום (10)"])
def test_other_scripts_are_left_as_they_are(text: str) -> None:
    assert plain(text) == text


def test_a_mark_that_turns_all_that_follows_is_taken_out() -> None:
    assert plain("a \u202e000,01\u202c b \u2066c\u2069") == "a 000,01 b c"
