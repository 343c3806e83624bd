"""References as RIS, for reference managers: a tag of two letters, two spaces, a hyphen, a space, the value, CRLF."""

from apps.comparisons.references import PUBLISHER, Kind, Reference

#: A claim is a page about one statement, a comparison a set of figures.
_TYPES = {Kind.CLAIM: "ELEC", Kind.COMPARISON: "DATA", Kind.FROZEN: "DATA"}


def write(reference: Reference) -> str:
    """One record. No value holds a line end (`references.plain`), so none can start a tag."""
    known, accessed = reference.known, reference.accessed
    pairs = [
        ("TY", _TYPES[reference.kind]),
        ("ID", reference.key),
        ("AU", PUBLISHER),
        ("TI", reference.full_title),
        ("PB", PUBLISHER),
        ("PY", str(known.year)),
        ("DA", f"{known:%Y/%m/%d}/"),
        ("ET", reference.version),
        ("AN", reference.key),
        ("UR", reference.url),
        ("Y2", f"{accessed:%Y/%m/%d}/"),
        ("AB", reference.summary),
        ("N1", reference.note),
    ]
    lines = [f"{tag}  - {value}\r\n" for tag, value in pairs if value]
    return f"{''.join(lines)}ER  - \r\n"
