"""The Atom feeds."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.actors.models import Actor
from apps.claims.models import Claim, Correction, JointClaimant, Question, Topic
from apps.claims.querysets import ClaimQuerySet
from apps.comparisons.known import known_of
from apps.comparisons.views_entities import row_or_redirect
from apps.domain.wording import day_words
from apps.publishing import feeds
from apps.publishing.atom import CONTENT_TYPE, Feed, Link, atom
from apps.publishing.feed_records import Scope, first_known, last_changed
from apps.web.queries import QueryReader

#: Entries of one document, and documents of one feed: what is older is in the CSV and the bundle.
PER_FEED = 50
MOST_PAGES = 20
OF_CLAIMS = "Figures as stated, with their sources; each entry is a record of the site, not of the claimant."
OF_CORRECTIONS = "Mistakes of our own: what was wrong, and what was done."
_PAGE_NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)


def _read_page(reader: QueryReader) -> int:
    asked = reader.one("page")
    if asked is not None and (not _PAGE_NUMBER.fullmatch(asked) or int(asked) > MOST_PAGES):
        reader.refuse("page", asked, f"a page number from 1 to {MOST_PAGES}")
    reader.finish()
    return int(asked) if asked else 1


def _page_address(request: HttpRequest, page: int) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    if page > 1:
        asked["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}" if asked else request.path)


def _paging(request: HttpRequest, page: int, *, has_next: bool) -> list[Link]:
    """The links of RFC 5005, section 3; the document's own address is the one that was asked."""
    pages = {"first": 1} | ({"previous": page - 1} if page > 1 else {}) | ({"next": page + 1} if has_next else {})
    others = {rel: _page_address(request, number) for rel, number in pages.items()}
    links = {"self": request.build_absolute_uri(), **others}
    return [Link(rel, address, CONTENT_TYPE.split(";")[0]) for rel, address in links.items()]


@dataclass(frozen=True, slots=True)
class Followed:
    """What a feed is about. `name` is the end of its id, `page` the path of the page that it follows."""

    name: str
    title: str
    subtitle: str
    page: str
    scope: Scope
    since: datetime = feeds.BEGINNING


def _subtitle(followed: Followed, known: datetime | None) -> str:
    as_known = f"As known on {day_words(known.date())}, {known:%H:%M} UTC. " if known else ""
    return f"{as_known}{followed.subtitle}"


def _answer(request: HttpRequest, followed: Followed) -> HttpResponse:
    """One document of a feed."""
    reader = QueryReader(request.GET)
    page = _read_page(reader)
    changed = last_changed(followed.scope, first=(page - 1) * PER_FEED, most=PER_FEED + 1)
    if page > 1 and not changed:
        reader.refuse("page", str(page), "a page of the feed, which ends before")
        reader.finish()
    site = feeds.Site(f"{request.scheme}://{request.get_host()}", settings.PARALLAX_TAG)
    feed = Feed(
        id=site.id(followed.name),
        title=f"{feeds.SITE}: {followed.title}",
        subtitle=_subtitle(followed, known_of(request)),
        url=site.address(followed.page),
        links=_paging(request, page, has_next=len(changed) > PER_FEED and page < MOST_PAGES),
        author=feeds.SITE,
        author_url=site.address("/"),
        since=followed.since,
        entries=[feeds.entry(one, site) for one in changed[:PER_FEED]],
    )
    return HttpResponse(atom(feed), content_type=CONTENT_TYPE)


def _entity(row: Topic | Question | Actor, claims: ClaimQuerySet, *, kind: str, title: str) -> Followed:
    """The claims of a topic, a question or an actor, and what was corrected about them."""
    name, since = first_known(row)
    scope = Scope(Correction.objects.filter(claim__in=claims), claims)
    return Followed(f"feeds/{kind}/{name}", title, OF_CLAIMS, row.get_absolute_url(), scope, since)


@require_safe
def all_feed(request: HttpRequest) -> HttpResponse:
    """`/feeds/all.atom`: every claim, and every correction."""
    scope = Scope(Correction.objects.public(), Claim.objects.ever_public())
    return _answer(request, Followed("feeds/all", "all figures", OF_CLAIMS, reverse("home"), scope))


@require_safe
def corrections_feed(request: HttpRequest) -> HttpResponse:
    """`/feeds/corrections.atom`: mistakes of our own."""
    scope, page = Scope(Correction.objects.public()), reverse("corrections")
    return _answer(request, Followed("feeds/corrections", "corrections", OF_CORRECTIONS, page, scope))


@require_safe
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """`/feeds/topics/<slug>.atom`."""
    row = row_or_redirect(request, Topic.objects.order_by("slug"), slug)
    if isinstance(row, HttpResponse):
        return row
    claims = Claim.objects.ever_public().filter(question__topic=row)
    return _answer(request, _entity(row, claims, kind="topics", title=row.title))


@require_safe
def question_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """`/feeds/questions/<slug>.atom`."""
    row = row_or_redirect(request, Question.objects.order_by("slug"), slug)
    if isinstance(row, HttpResponse):
        return row
    claims = Claim.objects.ever_public().filter(question=row)
    return _answer(request, _entity(row, claims, kind="questions", title=row.title))


@require_safe
def actor_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """`/feeds/actors/<slug>.atom`: the figures of an actor, alone or with others."""
    row = row_or_redirect(request, Actor.objects.order_by("slug"), slug)
    if isinstance(row, HttpResponse):
        return row
    joint = JointClaimant.objects.filter(actor=row).values("claim")
    claims = Claim.objects.ever_public().filter(Q(claimant=row) | Q(pk__in=joint))
    return _answer(request, _entity(row, claims, kind="actors", title=f"figures of {row.name}"))
