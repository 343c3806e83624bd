"""References as BibTeX, for LaTeX: an @misc entry, which BibTeX and biblatex both know."""

import re

from apps.comparisons.references import PUBLISHER, Reference

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Characters that LaTeX takes for commands, or prints as others in its oldest font encoding. Braces have names, because
#: BibTeX counts them even behind a backslash, and one without its partner would swallow the next field.
_NAMED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
} | {character: f"\\{character}" for character in "%&$#_"}
_SPECIAL = re.compile("[" + re.escape("".join(_NAMED)) + "]")
#: Two of these in a row would become a dash or a quotation mark.
_JOINING = re.compile("(?<=([-',]))(?=\\1)")


def escaped(text: str) -> str:
    """A line of text as LaTeX prints it; letters of other scripts stay as they are (UTF-8)."""
    return _SPECIAL.sub(lambda found: _NAMED[found[0]], _JOINING.sub("\0", text)).replace("\0", "{}")


def write(reference: Reference) -> str:
    """One entry. Its key is made of the id and the days, so that two versions of a claim can stand in one file."""
    fields = {
        # Second braces keep a name whole and the capitals of a title.
        "author": f"{{{escaped(PUBLISHER)}}}",
        "title": f"{{{escaped(reference.full_title)}}}",
        "howpublished": escaped(", ".join(filter(None, (PUBLISHER, reference.number)))),
        "version": escaped(reference.version),
        "url": reference.url,  # addresses are taken as they are
        "urldate": reference.accessed.isoformat(),
        "note": escaped(reference.note),
        "abstract": escaped(reference.summary),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    dated = f"  year = {{{reference.known.year}}},\n  month = {_MONTHS[reference.known.month - 1]},\n"
    return f"@misc{{{_key(reference)},\n{''.join(lines)}{dated}}}\n"


def _key(reference: Reference) -> str:
    days = [reference.on] if reference.on else []
    return "-".join(["parallax", reference.key, *(f"{day:%Y%m%d}" for day in (*days, reference.known))])
