"""Our own grading of actors and claims."""

from typing import Any, ClassVar

from django.db import models

from apps.actors.fields import one_of
from apps.actors.history import keep_history
from apps.actors.models import Actor
from apps.claims.models.claims import Claim


class Assessment(models.Model):
    """Our own grading by the NATO “Admiralty code”: shown, never a hidden weight."""

    graded_on = models.DateField(help_text="The day of the grading, for example 2025-01-31.")
    reason = models.TextField(help_text="Why, for readers, for example “its figures were confirmed twice”.")
    graded_by = models.CharField(max_length=150, help_text="Who graded, for example “M. Okafor”.")

    class Meta:
        abstract = True


class Reliability(models.TextChoices):
    A = "A", "A: completely reliable"
    B = "B", "B: usually reliable"
    C = "C", "C: fairly reliable"
    D = "D", "D: not usually reliable"
    E = "E", "E: unreliable"
    F = "F", "F: cannot be judged"


@keep_history()
class ActorReliability(Assessment):
    """How reliable a source of information an actor was, A to F."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="reliabilities")
    grade = models.CharField(max_length=1, choices=Reliability.choices, help_text="A to F of the Admiralty code.")

    class Meta:
        verbose_name_plural = "actor reliabilities"
        constraints: ClassVar[list[Any]] = [
            one_of("grade", Reliability.values),
            models.UniqueConstraint(
                fields=["actor", "graded_on", "graded_by"],
                name="actorreliability_once_a_day",
                violation_error_message="This actor was graded by the same person on that day already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.grade}"


class Credibility(models.TextChoices):
    ONE = "1", "1: confirmed by other sources"
    TWO = "2", "2: probably true"
    THREE = "3", "3: possibly true"
    FOUR = "4", "4: doubtful"
    FIVE = "5", "5: improbable"
    SIX = "6", "6: cannot be judged"


@keep_history()
class ClaimCredibility(Assessment):
    """How credible the information of a claim was, 1 to 6."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="credibilities")
    grade = models.CharField(max_length=1, choices=Credibility.choices, help_text="1 to 6 of the Admiralty code.")

    class Meta:
        verbose_name_plural = "claim credibilities"
        constraints: ClassVar[list[Any]] = [
            one_of("grade", Credibility.values),
            models.UniqueConstraint(
                fields=["claim", "graded_on", "graded_by"],
                name="claimcredibility_once_a_day",
                violation_error_message="This claim was graded by the same person on that day already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.grade}"
