"""`manage.py undo_import ID`: an import as a whole, while nothing stands on it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.ingest.models import Import
from apps.ingest.problems import BROKEN_OFF, broken_off
from apps.ingest.undoing import undo_import


class Command(BaseCommand):
    """All or nothing; every reason against it is listed."""

    help = "Take back what an import made: its claims, and what it made for them that nobody else uses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("import_id", type=int, help="Number of the import, as the admin lists it.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would go, and take nothing away.")

    def handle(self, *, import_id: int, dry_run: bool, **options: Any) -> None:
        record = Import.objects.filter(pk=import_id).first()
        if record is None:
            last = Import.objects.values_list("pk", flat=True).first()
            raise CommandError(f"There is no import {import_id}; the latest is {last or 'none yet'}.")
        try:
            self.stdout.write(undo_import(record=record, is_dry_run=dry_run).sentence())
        except ValidationError as refused:
            raise CommandError("\n".join([*refused.messages, "Nothing was undone."])) from refused
        except BROKEN_OFF as error:
            raise CommandError(broken_off(error)) from error
