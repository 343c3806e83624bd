"""A task for the tests of the worker."""

from django.tasks import task

from apps.claims.models import Claim


@task
def note(public_id: str, words: str) -> None:
    """Writes words into the note of a claim."""
    Claim.objects.filter(public_id=public_id).update(note=words)
