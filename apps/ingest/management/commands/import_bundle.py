"""`manage.py import_bundle PATH`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.ingest.bundle import import_bundle
from apps.ingest.problems import BROKEN_OFF, BundleRefused, broken_off


class Command(BaseCommand):
    """All or nothing; every problem is listed with file, line and column."""

    help = "Restore a bundle: add what is missing, set what differs to what the bundle says."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="A folder or .zip with the files of a bundle.")
        parser.add_argument("--dry-run", action="store_true", help="Check everything, change nothing.")

    def handle(self, *, path: Path, dry_run: bool, **options: Any) -> None:
        try:
            outcome = import_bundle(path, is_dry_run=dry_run)
        except BundleRefused as refused:
            raise CommandError(str(refused)) from refused
        except BROKEN_OFF as error:
            raise CommandError(broken_off(error)) from error
        self.stdout.write(outcome.sentence())
