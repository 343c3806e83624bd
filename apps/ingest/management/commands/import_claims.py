"""`manage.py import_claims`: a table in the long form, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.domain.vocabulary import Measure, Nature
from apps.ingest.long_form.importing import import_claims
from apps.ingest.long_form.rows import Options
from apps.ingest.problems import BundleRefused


class Command(BaseCommand):
    """Reads, checks and writes; every bad row is listed with its line, column and reason."""

    help = "Bring in claims of a table in the long form: .csv, .csv.gz or .xlsx. Twice adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Check everything and write nothing.")
        parser.add_argument("--publish", action="store_true", help="Publish the claims; else they are drafts.")
        parser.add_argument("--topic", default="", help="Slug or title of the topic of new questions.")
        parser.add_argument("--measure", default="", choices=["", *Measure], metavar="M", help=", ".join(Measure))
        parser.add_argument("--nature", default="", choices=["", *Nature], metavar="N", help=", ".join(Nature))
        parser.add_argument("--encoding", default="", help="Of a text that is not UTF-8, for example cp1252.")
        parser.add_argument("--decimal-comma", action="store_true", help="1.234,5 is one thousand and so on.")

    def handle(self, *, file: Path, topic: str, measure: str, nature: str, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read ({error.strerror or error}).") from error
        try:
            found = import_claims(
                file.name,
                content,
                options=Options(topic, measure, nature, options["decimal_comma"]),
                encoding=options["encoding"],
                is_published=options["publish"],
                is_dry_run=options["dry_run"],
                progress=self._progress if self.stderr.isatty() else None,
            )
        except BundleRefused as refused:
            raise CommandError(str(refused)) from refused
        for sentence in found.near:
            self.stdout.write(sentence)
        self.stdout.write(found.sentence())

    def _progress(self, done: int, of: int) -> None:
        self.stderr.write(f"\r{done:,} of {of:,} claims", ending="" if done < of else "\n")
