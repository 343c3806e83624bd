"""Query strings: reading them strictly, and saying in one sentence each what is wrong with them.

An empty value means that nothing was set (a plain form sends those). Names that a page does not know are ignored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import NoReturn

from django.http import QueryDict

from apps.domain.periods import PartialDate

#: How much of a bad value is shown back: enough to recognise it.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One parameter that cannot be read, and a sentence with what was given and what was wanted."""

    parameter: str
    sentence: str


class BadQueryError(Exception):
    """A query string with problems. `kept` is the part of it that can be read, as a query string."""

    def __init__(self, problems: tuple[Problem, ...], kept: str) -> None:
        super().__init__("; ".join(f"{problem.parameter}: {problem.sentence}" for problem in problems))
        self.problems = problems
        self.kept = kept


def shown(value: str) -> str:
    """A given value as it may be printed back: visible characters only, cut to a recognisable length."""
    visible = "".join(character if character.isprintable() else "�" for character in value)
    return visible if len(visible) <= SHOWN else f"{visible[:SHOWN]}…"


def read_moment(text: str) -> datetime:
    """The moment that a text names, in UTC; a day means its last microsecond.

    ValueError for anything else, and for a time without a zone; OverflowError beyond the calendar.
    """
    if len(text) == len("2024-11-05"):
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    # A plus sign in an address that was not escaped arrives as a space.
    moment = datetime.fromisoformat(text.replace(" ", "+"))
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC)


def moment_iso(moment: datetime) -> str:
    """A moment as it stands in an address: a day where it is the end of one, else to the microsecond, in UTC."""
    moment = moment.astimezone(UTC)
    return moment.date().isoformat() if moment.time() == time.max else moment.isoformat().replace("+00:00", "Z")


@dataclass
class QueryReader:
    """Reads one query string value by value, collects the problems, and raises them together in `finish`."""

    given: QueryDict
    problems: list[Problem] = field(default_factory=list)

    def values(self, name: str) -> tuple[str, ...]:
        """Every value that was set, in the order given, once each."""
        return tuple(dict.fromkeys(value for value in self.given.getlist(name) if value.strip()))

    def refuse(self, name: str, value: str, wanted: str) -> None:
        """Note that `value` cannot be read for `name`."""
        self.problems.append(Problem(name, f"“{shown(value)}” was given; wanted {wanted}."))

    def one(self, name: str) -> str | None:
        """The value of a parameter that may be given once."""
        values = self.values(name)
        if len(values) > 1:
            self.refuse(name, " and ".join(values), "one value")
        return values[0] if len(values) == 1 else None

    def many(self, name: str, known: Iterable[str], wanted: str) -> tuple[str, ...]:
        """Every value of a parameter that may be repeated; each must be known."""
        allowed = frozenset(known)
        values = self.values(name)
        for value in values:
            if value not in allowed:
                self.refuse(name, value, wanted)
        return tuple(value for value in values if value in allowed)

    def choice(self, name: str, known: Iterable[str]) -> str | None:
        """One value of a short closed list."""
        allowed = tuple(known)
        value = self.one(name)
        if value is None or value in allowed:
            return value
        self.refuse(name, value, f"one of {', '.join(allowed)}")
        return None

    def flag(self, name: str) -> bool:
        """A switch: 1 is on; 0 and nothing are off."""
        return self.choice(name, ("0", "1")) == "1"

    def day(self, name: str) -> date | None:
        """One day, as 2024-11-05."""
        parsed = self.partial(name, "a day like 2024-11-05")
        if parsed is not None and not parsed.is_day:
            self.refuse(name, parsed.iso, "a day like 2024-11-05")
            return None
        return None if parsed is None else parsed.first

    def partial(self, name: str, wanted: str = "a date like 2024, 2024-11 or 2024-11-05") -> PartialDate | None:
        """A date of any precision."""
        value = self.one(name)
        if value is None:
            return None
        try:
            return PartialDate.parse(value.strip())
        except ValueError:
            self.refuse(name, value, wanted)
            return None

    def moment(self, name: str, *, now: datetime) -> datetime | None:
        """A moment that is over, in UTC: "2024-11-05T18:00Z", or a day, which means its end."""
        value = self.one(name)
        if value is None:
            return None
        wanted = "a day like 2024-11-05, or a moment with its zone like 2024-11-05T18:00Z"
        try:
            moment = read_moment(value.strip())
        except (ValueError, OverflowError):
            self.refuse(name, value, wanted)
            return None
        if moment > now:
            self.refuse(name, value, f"{wanted}, that is over: it is {now:%Y-%m-%dT%H:%MZ}")
            return None
        return moment

    def finish(self) -> None:
        """Raise BadQueryError when anything was wrong."""
        if self.problems:
            self._raise()

    def _raise(self) -> NoReturn:
        kept = self.given.copy()
        for problem in self.problems:
            kept.pop(problem.parameter, None)
        for name in [name for name in kept if not any(value.strip() for value in kept.getlist(name))]:
            del kept[name]
        raise BadQueryError(tuple(self.problems), kept.urlencode())
