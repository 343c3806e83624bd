"""What a row says of its claim and of its citation, as cells of the bundle: all that a second delivery may change."""

from apps.claims.cells import print_cell
from apps.claims.models.claims import IntervalKind
from apps.domain.figures import Figure
from apps.ingest.long_form.statements import Statement

_FIGURE = "stated_value qualifier hedged lower upper lower_inclusive upper_inclusive point".split()


def said_of_claim(one: Statement) -> dict[str, str]:
    """The figure with its interval, and what is told beside it; not what the claim is about."""
    row = one.row
    kind, level = row.interval
    note = " ".join(filter(None, [row.note, f"For review: {row.review}" if row.review else ""]))
    interval = {"interval_kind": IntervalKind(kind).value if kind else "", "interval_level": print_cell(level)}
    rest = {"speaker": row.speaker, "nature": row.nature, "note": note, "override_reason": row.override_reason}
    return _figure_cells(row.figure) | interval | rest | {"attributes": print_cell(dict(row.attributes))}


def said_of_citation(one: Statement) -> dict[str, str]:
    """The figure as printed, and the words quoted."""
    return _figure_cells(one.row.figure) | {"quote": one.row.quote, "override_reason": one.row.override_reason}


def _figure_cells(figure: Figure) -> dict[str, str]:
    return {name: print_cell(getattr(figure, name)) for name in _FIGURE}
