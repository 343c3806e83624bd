"""`manage.py remove_for_law KIND ID --reason "…" --by "…" [--yes]`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.actors.models import TombstoneKind
from apps.publishing.removal import REMOVERS


class Command(BaseCommand):
    """The one way to erase something; it leaves a tombstone with hash and reason, and the address answers 410."""

    help = "Erase what a law demands to be erased, histories included; a tombstone with hash and reason stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=[str(kind) for kind in REMOVERS], help="What is to be removed.")
        parser.add_argument("public_id", metavar="ID", help="Its id, for example c064.")
        parser.add_argument("--reason", required=True, help="For readers, for example the court and the file number.")
        parser.add_argument("--by", required=True, help="Who removes it, by full name.")
        parser.add_argument("--yes", action="store_true", help="Do not ask.")

    def handle(self, *, kind: str, public_id: str, reason: str, by: str, yes: bool, **options: Any) -> None:
        if not yes and not self._is_confirmed(kind, public_id):
            raise CommandError("Nothing was removed.")
        try:
            sentences = list(REMOVERS[TombstoneKind(kind)](public_id=public_id, reason=reason, by=by))
        except ValidationError as refused:
            raise CommandError(f"Nothing was removed: {' '.join(refused.messages)}") from refused
        for sentence in sentences:
            self.stdout.write(sentence)

    def _is_confirmed(self, kind: str, public_id: str) -> bool:
        self.stdout.write(f"This erases the {kind} {public_id} and its whole history. It cannot be undone.")
        try:
            return input("Type its id to go on: ").strip() == public_id
        except EOFError:
            return False
