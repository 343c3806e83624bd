"""Topics, questions, places, claims, and all that hangs on a claim (model.md §2)."""

from apps.actors.models import Redirect
from apps.claims.models.around import Basis, Correction, Stance
from apps.claims.models.assessments import ActorReliability, ClaimCredibility, Credibility, Reliability
from apps.claims.models.citations import Citation, Relay
from apps.claims.models.claims import Claim, ClaimStatus, IntervalKind, JointClaimant, check_attributes
from apps.claims.models.public_ids import PublicId
from apps.claims.models.questions import Place, Question, Topic

__all__ = [
    "ActorReliability",
    "Basis",
    "Citation",
    "Claim",
    "ClaimCredibility",
    "ClaimStatus",
    "Correction",
    "Credibility",
    "IntervalKind",
    "JointClaimant",
    "Place",
    "PublicId",
    "Question",
    "Redirect",
    "Relay",
    "Reliability",
    "Stance",
    "Topic",
    "check_attributes",
]
