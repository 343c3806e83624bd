"""`manage.py export_bundle PATH`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.publishing.bundle import export_bundle


class Command(BaseCommand):
    """Everything that import_bundle restores."""

    help = "Write everything as a bundle: a folder, or a .zip when the name ends so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="Where to write: a folder or a name ending in .zip.")

    def handle(self, *, path: Path, **options: Any) -> None:
        try:
            counts = export_bundle(path)
        except OSError as error:
            raise CommandError(f"“{path}” cannot be written ({error.strerror or error}).") from error
        rows = ", ".join(f"{count:,} {name.removesuffix('.csv')}" for name, count in counts.items() if count)
        self.stdout.write(f"Exported {rows or 'an empty database'} to {path}.")
