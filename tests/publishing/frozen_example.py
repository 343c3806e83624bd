"""A document that an earlier version of the software froze: it must be read for ever, so it is not made anew."""

from hashlib import sha256
from pathlib import Path

from apps.publishing.models import FrozenComparison

EXAMPLE = Path(__file__).with_suffix(".json").read_bytes()
SHA256 = sha256(EXAMPLE).hexdigest()
ID = SHA256[:12]


def make_example() -> FrozenComparison:
    """The row that holds it."""
    return FrozenComparison.objects.create(public_id=ID, sha256=SHA256, document=EXAMPLE, question_slug="killed")
