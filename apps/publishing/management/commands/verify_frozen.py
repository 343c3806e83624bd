"""`manage.py verify_frozen`: whether every frozen comparison still is what its id says."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import rfc8785
from django.core.management.base import BaseCommand, CommandError

from apps.publishing.models import FrozenComparison

#: Documents held in memory at a time.
AT_A_TIME = 20


class Command(BaseCommand):
    """Fails, naming each mismatch, when a document is not the one that was frozen."""

    help = "Hash every frozen comparison again; exit status 1 when a document, hash and id do not belong together."

    def handle(self, **options: Any) -> None:
        checked = wrong = 0
        for row in FrozenComparison.objects.order_by("pk").iterator(chunk_size=AT_A_TIME):
            found = list(mismatches(row))
            for sentence in found:
                self.stderr.write(f"{row.public_id}: {sentence}")
            checked, wrong = checked + 1, wrong + bool(found)
        if wrong:
            raise CommandError(f"{wrong} of {checked} frozen comparisons are not what was frozen.")
        self.stdout.write(f"{checked} frozen comparison{'s are' if checked != 1 else ' is'} what was frozen.")


def mismatches(row: FrozenComparison) -> Iterator[str]:
    """What is wrong with one row, a sentence each."""
    content = bytes(row.document)
    digest = sha256(content).hexdigest()
    if digest != row.sha256:
        yield f"the document has the SHA-256 {digest}, and {row.sha256} is on file."
    if not row.sha256.startswith(row.public_id):
        yield f"the id is not the beginning of the SHA-256 {row.sha256}."
    if not is_canonical(content):
        yield "the document is not canonical JSON (RFC 8785)."


def is_canonical(content: bytes) -> bool:
    """Whether JSON is written as RFC 8785 says."""
    try:
        canonical: bytes = rfc8785.dumps(json.loads(content))
    except (ValueError, rfc8785.CanonicalizationError):
        return False
    return canonical == content
