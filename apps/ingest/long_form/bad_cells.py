"""A cell of a table that cannot be used."""

from collections.abc import Callable

from apps.ingest.problems import Problem, quoted


class BadCell(Exception):
    """A cell that cannot be used: the column, what was wanted, and what may help with this very cell."""

    def __init__(self, column: str, wanted: str, hint: Callable[[], str] = str) -> None:
        self.column, self.wanted, self.hint = column, wanted, hint
        super().__init__(wanted)

    def problem(self, file: str, line: int, given: str, *, is_hinted: bool = True) -> Problem:
        """What is said of it; looking for the hint may take its time."""
        words = " ".join(filter(None, [f"given {quoted(given)}; {self.wanted}", self.hint() if is_hinted else ""]))
        return Problem(file, words, line, self.column, self.wanted)
