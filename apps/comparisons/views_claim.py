"""One claim as a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.actors.as_known import at_one_moment
from apps.actors.models import Tombstone, TombstoneKind
from apps.comparisons.claim_records import ClaimRecord, load_claim
from apps.comparisons.known import shown_as_known, today_of
from apps.comparisons.pages.citing import cite_claim
from apps.comparisons.pages.claim import ClaimPage
from apps.comparisons.pages.linked_data import claim_linked
from apps.web.gone import GoneError


def refuse_removed(kind: str, public_id: str) -> None:
    """GoneError when something of this id was removed by law."""
    found = Tombstone.objects.filter(kind=kind, public_id=public_id).first()
    if found is not None:
        what = f"{found.get_kind_display().lower()} {found.public_id}"
        raise GoneError(what, found.reason, found.removed_at, found.sha256)


def claim_or_404(request: HttpRequest, public_id: str) -> ClaimRecord:
    """The claim of an address; a draft has none, and of one that a law removed there is a note."""
    record = load_claim(public_id, today=today_of(request))
    if record is None:
        refuse_removed(TombstoneKind.CLAIM, public_id)
        raise Http404(f"No published claim has the id “{public_id}”.")
    return record


@require_safe
@at_one_moment()
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """`/claims/<public_id>/`."""
    known = shown_as_known(request)
    page = ClaimPage(claim_or_404(request, public_id), host=f"{request.scheme}://{request.get_host()}")
    cite = cite_claim(page, known=known, accessed=timezone.now().date())
    return render(request, "comparisons/claim.html", {"page": page, "cite": cite, "linked": claim_linked(page, cite)})
