"""A cell of a table that cannot be used."""

from apps.ingest.problems import Problem, quoted


class BadCell(Exception):
    """A cell that cannot be used: the column, what was wanted, and what may help with this very cell."""

    def __init__(self, column: str, wanted: str, hint: str = "") -> None:
        self.column, self.wanted, self.hint = column, wanted, hint
        super().__init__(wanted)

    def problem(self, file: str, line: int, given: str) -> Problem:
        """What is said of it."""
        words = " ".join(filter(None, [f"given {quoted(given)}; {self.wanted}", self.hint]))
        return Problem(file, words, line, self.column, self.wanted)
