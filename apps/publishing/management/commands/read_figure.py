"""`manage.py read_figure [--language xx] [--] TEXT…`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.comparisons.documents import Document
from apps.comparisons.records import conventions
from apps.domain.parsing import LANGUAGES, FigureError, language_code, parse
from apps.domain.reading import read
from apps.publishing import figures
from apps.web.queries import shown


class Command(BaseCommand):
    """Reads as the editor's form and the import do; needs no database (apps.config.settings starts none for it)."""

    help = (
        "Read each TEXT as a figure and print it as one line of JSON: its numbers, and how its words are read without "
        "a question's own floor or tolerance; or what could not be read, and where. After -- a TEXT may begin with -."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("texts", nargs="+", metavar="TEXT", help="A figure in words or digits: “about 12,000”.")
        parser.add_argument("--language", metavar="xx", help=f"The language of the texts: {', '.join(LANGUAGES)}.")

    def handle(self, *, texts: list[str], language: str | None, **options: Any) -> None:
        if language is not None and language_code(language) is None:
            raise CommandError(f"Language “{shown(language)}” is not known; wanted one of {', '.join(LANGUAGES)}.")
        for text in texts:
            self.stdout.write(figures.line(document(text, language)))


def document(text: str, language: str | None) -> Document:
    """The figure in a text, or why there is none."""
    try:
        refuse_stray_bytes(text)
        parsed = parse(text, language=language)
    except FigureError as problem:
        return figures.error(problem)
    reading = read(parsed.figure, floor=None, tolerance=conventions().tolerance, is_strict=False)
    return figures.figure(parsed, reading)


def refuse_stray_bytes(text: str) -> None:
    """Bytes of the command line that are no text arrive as lone surrogates, which JSON cannot carry."""
    try:
        text.encode()
    except UnicodeEncodeError as stray:
        raise FigureError(stray.start, "A byte that is not UTF-8 was given; wanted a text in UTF-8.") from None
