"""What is wrong with something that is being imported, said so that its author can repair it."""

from collections.abc import Sequence
from dataclasses import dataclass

#: More than this nobody reads; the rest is counted.
PRINTED = 100
_SHOWN = 60


def quoted(text: str) -> str:
    """A given text in quotation marks, cut to what fits in a line and with control characters made visible."""
    shown = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text[: _SHOWN + 1])
    return f"“{shown[:_SHOWN]}…”" if len(shown) > _SHOWN else f"“{shown}”"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: `line` counts from 1 with the header; None where no single line or column is."""

    file: str
    message: str
    line: int | None = None
    column: str | None = None

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
        """All problems, one a line, at most `PRINTED` of them, and how many more there are."""
        total = len(self.problems)
        lines = [str(problem) for problem in self.problems[:PRINTED]]
        if total > PRINTED:
            lines.append(f"… and {total - PRINTED} more.")
        lines.append(f"Nothing was imported: {total} {'problem' if total == 1 else 'problems'}.")
        return "\n".join(lines)
