"""References to claims and comparisons for reference managers: BibTeX, RIS, CSL-JSON."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.actors.as_known import at_one_moment
from apps.comparisons.known import shown_as_known
from apps.comparisons.pages.citing import cite_claim, cite_comparison
from apps.comparisons.pages.claim import ClaimPage
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.references import Reference
from apps.comparisons.views_claim import claim_or_404
from apps.comparisons.views_comparison import compared_or_redirect
from apps.publishing import bibtex, csl, ris

#: Suffix → how it is written, and its media type (the first two are what reference managers listen to, not registered).
WRITERS: dict[str, tuple[Callable[[Reference], str], str]] = {
    "bib": (bibtex.write, "application/x-bibtex; charset=utf-8"),
    "ris": (ris.write, "application/x-research-info-systems; charset=utf-8"),
    "csl.json": (csl.write, "application/vnd.citationstyles.csl+json"),
}


@require_safe
@at_one_moment()
def claim(request: HttpRequest, public_id: str, suffix: str) -> HttpResponse:
    """`/claims/<public_id>.bib`, `.ris`, `.csl.json`."""
    known = shown_as_known(request)
    page = ClaimPage(claim_or_404(request, public_id), host=f"{request.scheme}://{request.get_host()}")
    return answer(cite_claim(page, known=known, accessed=timezone.now().date()), suffix)


@require_safe
@at_one_moment()
def comparison(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """`/questions/<slug>.bib`, `.ris`, `.csl.json`, with the page's query."""
    known = shown_as_known(request)
    compared = compared_or_redirect(request, slug)
    if isinstance(compared, HttpResponse):
        return compared
    page, host = ComparisonPage(compared), f"{request.scheme}://{request.get_host()}"
    return answer(cite_comparison(page, host=host, known=known, accessed=timezone.now().date()), suffix)


def answer(reference: Reference, suffix: str) -> HttpResponse:
    """A reference as a file."""
    write, media_type = WRITERS[suffix]
    response = HttpResponse(write(reference), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{reference.key}.{suffix}"'
    return response
