"""Every stated value of the demo data: whose it is, its language, its words and the figure as it is stored."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from apps.domain.figures import Figure
from apps.domain.vocabulary import Qualifier

DEMO = Path(__file__).resolve().parents[3] / "demo" / "dprk"


@dataclass(frozen=True, slots=True)
class Stated:
    """One stated value; `name` is the id of its claim (c…) or citation (z…)."""

    name: str
    language: str
    figure: Figure


def _rows(name: str) -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _truth(text: str) -> bool | None:
    return text == "true" if text else None


def _stored(row: dict[str, str]) -> Figure:
    return Figure(
        stated_value=row["stated_value"],
        qualifier=Qualifier(row["qualifier"]),
        lower=_number(row["lower"]),
        upper=_number(row["upper"]),
        lower_inclusive=_truth(row["lower_inclusive"]),
        upper_inclusive=_truth(row["upper_inclusive"]),
        point=_number(row["point"]),
        hedged=row["hedged"] == "true",
    )


def _stated() -> list[Stated]:
    """A claim speaks its primary citation's language, a citation its own."""
    claims, citations = _rows("claims.csv"), _rows("citations.csv")
    spoken = {row["claim"]: row["language"] for row in citations if row["primary"] == "true"}
    said = [(row["claim"], spoken[row["claim"]], row) for row in claims]
    said += [(row["citation"], row["language"], row) for row in citations]
    return [Stated(name, language, _stored(row)) for name, language, row in said if row["stated_value"]]


STATED = _stated()
