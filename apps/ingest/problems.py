"""What is wrong with something that is being imported, said so that its author can repair it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError

from apps.domain.wording import counted

#: The database broke off: it was stopped, the connection was lost, or somebody else's lock was in the way.
BROKEN_OFF = (OperationalError, InterfaceError)
#: More than this nobody reads; the rest is counted.
PRINTED = 100
#: What several rows have wrong: as many kinds of it are summed up.
KINDS = 5
_SHOWN = 60


def quoted(text: str) -> str:
    """A given text in quotation marks, cut to what fits in a line and with control characters made visible."""
    shown = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text[: _SHOWN + 1])
    return f"“{shown[:_SHOWN]}…”" if len(shown) > _SHOWN else f"“{shown}”"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: `line` counts from 1 with the header; None where no single line or column is.

    `wanted`: the end of the message, which is the same for every row that has this wrong; empty where none else has.
    """

    file: str
    message: str
    line: int | None = None
    column: str | None = None
    wanted: str = ""

    def __str__(self) -> str:
        where = [self.file]
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column is not None:
            where.append(f"column {self.column}")
        return f"{', '.join(where)}: {self.message}"


class BundleRefused(Exception):
    """Nothing was imported. `problems` lists everything that is known to be wrong, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.report())

    def report(self) -> str:
        """All problems, one a line, at most `PRINTED` of them, how many more there are, and what many have wrong."""
        total = len(self.problems)
        lines = [str(problem) for problem in self.problems[:PRINTED]]
        if total > PRINTED:
            lines.append(f"… and {total - PRINTED:,} more.")
        lines.append(f"Nothing was imported: {counted(total, 'problems')}.")
        return "\n".join([*lines, *self.summary()])

    def summary(self) -> list[str]:
        """What several rows have wrong, the most frequent first, a sentence each."""
        shared = Counter((problem.column, problem.wanted) for problem in self.problems if problem.wanted)
        kinds = [(*kind, count) for kind, count in shared.most_common(KINDS) if count > 1]
        return [f"{count:,} of them{f' in {column}' if column else ''}: {wanted}" for column, wanted, count in kinds]


def broken_off(error: Exception) -> str:
    """The sentence for one of `BROKEN_OFF`. If it came with the commit, nobody knows whether that was done."""
    reason = str(error).partition("\n")[0]
    return f"The database broke off ({reason}). All of the file is in, or nothing: run this again, twice adds nothing."
