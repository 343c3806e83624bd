"""Our parser against quantulum3 on the figures of the demo: speed, how time grows, and what is found.

Run by `benchmarks/figures/run`, in an environment that has quantulum3 and no Django.
"""

import csv
import gc
import json
import os
import platform
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from apps.domain.parsing import FigureError, parse

DEMO = Path(__file__).resolve().parents[2] / "demo" / "dprk"
ROUNDS = 15
#: Texts that make careless patterns slow; each is repeated to 500 and to 1,000 characters.
ADVERSARIAL = (
    "(",
    "10,000,",
    "1",
    "1 ",
    "10-",
    "10-20 ",
    "more than ",
    "about ",
    "about 10 ",
    "million ",
    "two hundred ",
    "one ",
    "and ",
    "a few ",
    " ",
    "~",
    "±",
    "1.",
    "%",
    "x",
    "만",
    "\u0661",
    "(95% CI ",
    "between 1 and ",
)


@dataclass(frozen=True)
class Stated:
    """One wording of the demo, its language (None: not recorded for it), and the numbers an editor stored for it."""

    text: str
    language: str | None
    numbers: frozenset[Decimal]


def numbers_stored(row: dict[str, str]) -> frozenset[Decimal]:
    """Ends and point, without repetition: what was stated, however it was qualified."""
    return frozenset(Decimal(row[name]) for name in ("lower", "upper", "point") if row[name])


def stated_values() -> list[Stated]:
    """Every different wording of claims and citations, with its numbers; two readings of one wording are two."""
    with (DEMO / "citations.csv").open(newline="") as file:
        citations = list(csv.DictReader(file))
    with (DEMO / "claims.csv").open(newline="") as file:
        claims = list(csv.DictReader(file))
    language = {row["claim"]: row["language"] for row in citations if row["primary"] == "true"}
    rows = [(row, row["language"]) for row in citations] + [(row, language.get(row["claim"])) for row in claims]
    found = {Stated(row["stated_value"], code or None, numbers_stored(row)) for row, code in rows}
    return sorted(found, key=lambda one: (one.text, one.language or "", sorted(one.numbers)))


def ours(one: Stated) -> frozenset[Decimal]:
    """The numbers that our parser finds; it refuses languages that it has no table for."""
    try:
        figure = parse(one.text, language=one.language).figure
    except FigureError:
        return frozenset()
    return frozenset(figure.numbers)


def theirs_with(parser: Any) -> Callable[[Stated], frozenset[Decimal]]:
    """The numbers that quantulum3 finds: each value, or both ends where it gives a value and an uncertainty."""

    def theirs(one: Stated) -> frozenset[Decimal]:
        found: set[float] = set()
        for quantity in parser.parse(one.text):
            spread = quantity.uncertainty or 0
            found |= {quantity.value - spread, quantity.value + spread}
        return frozenset(Decimal(repr(round(number, 6))).normalize() for number in found)

    return theirs


def seconds(work: Callable[[Stated], object], rows: Sequence[Stated]) -> float:
    """Processor seconds of one pass over all rows; what else runs on the machine does not count."""
    start = time.process_time()
    for one in rows:
        work(one)
    return time.process_time() - start


def alternating(works: Sequence[Callable[[Stated], object]], rows: Sequence[Stated]) -> list[list[float]]:
    """The seconds of each work in each round; within a round they take turns, so that a busy moment hits both."""
    for work in works:
        seconds(work, rows)  # tables and caches are loaded outside the measurement
    return [[seconds(work, rows) for work in works] for _ in range(ROUNDS)]


def repeated(seed: str, length: int) -> str:
    """A text of exactly so many characters."""
    return (seed * length)[:length]


def growth(seed: str) -> float:
    """How many times longer 1,000 characters take than 500: about 2 when time is linear.

    Both are the best of many, and the whole is tried three times: what is not linear is so each time, but a machine
    that does other things too is slow now and then.
    """
    return min(_growth(seed) for _ in range(3))


def _growth(seed: str) -> float:
    short, long = (Stated(repeated(seed, length), None, frozenset()) for length in (500, 1_000))
    times = [(seconds(ours, [short] * 3), seconds(ours, [long] * 3)) for _ in range(10)]
    return min(each for _, each in times) / min(each for each, _ in times)


def is_same(stored: frozenset[Decimal], found: frozenset[Decimal]) -> bool:
    """Whether the numbers are the same; a share may be found as a fraction, 0.333333 for 33.3 percent."""
    return stored in (found, frozenset(round(100 * number, 1).normalize() for number in found))


def found(work: Callable[[Stated], frozenset[Decimal]], rows: Iterable[Stated]) -> str:
    """On how many rows exactly the stored numbers are found."""
    outcome = [is_same(one.numbers, work(one)) for one in rows]
    return f"{sum(outcome)} of {len(outcome)}"


def main() -> None:
    warnings.simplefilter("ignore")  # it offers an optional classifier, for units that these texts do not have
    from quantulum3 import parser

    theirs = theirs_with(parser)
    rows = stated_values()
    numbered = [one for one in rows if one.numbers]
    english = [one for one in numbered if one.language == "en"]
    rounds = alternating([ours, theirs], rows)
    gc.freeze()  # or the growth would be that of collecting quantulum3's tables
    our_time, their_time = (median(column) for column in zip(*rounds, strict=True))
    grown = {seed: growth(seed) for seed in ADVERSARIAL}
    worst = max(grown, key=lambda seed: grown[seed])
    report = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "quantulum3": version("quantulum3"),
        "wordings": len(rows),
        "times as fast as quantulum3": round(median(their / our for our, their in rounds), 2),
        "figures per second, ours": round(len(rows) / our_time),
        "figures per second, quantulum3": round(len(rows) / their_time),
        "1,000 characters against 500, worst": round(grown[worst], 2),
        "worst text": worst,
        "same numbers, ours": found(ours, numbered),
        "same numbers, quantulum3": found(theirs, numbered),
        "same numbers in English, ours": found(ours, english),
        "same numbers in English, quantulum3": found(theirs, english),
    }
    sys.stdout.write(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    if grown[worst] > 3:
        sys.exit(f"Time is not linear: twice the length of “{worst}” took {grown[worst]:.1f} times as long.")


if __name__ == "__main__":
    main()
