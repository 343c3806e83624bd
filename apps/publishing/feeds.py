"""The feeds: what an entry says of a claim or of a correction (docs/decisions/0010-what-a-feed-tells.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.template.loader import render_to_string
from django.urls import reverse

from apps.actors.models import Actor
from apps.claims.facts import claim_facts, figure_of
from apps.claims.models import Citation, Claim, Correction
from apps.comparisons.pages.revisions import REVISION_WORDS, change_words, foreign, stated_language
from apps.domain.sentences import Names, Phrase, claim_sentence
from apps.domain.vocabulary import RevisionKind
from apps.domain.wording import figure_words, listed, quoted, things
from apps.publishing.atom import Category, Entry, Link
from apps.publishing.feed_records import Changed

SITE = "Parallax"
#: Citations that an entry names; it counts the others.
MOST_PRINTERS = 6
#: The time of a feed in which nothing ever happened, when there is nothing else that it could be.
BEGINNING = datetime(2026, 11, 1, tzinfo=UTC)
#: What a revision does to the figure before it, in a title.
_BEFORE: Mapping[RevisionKind, str] = {
    RevisionKind.UPDATED: "was",
    RevisionKind.CORRECTED: "was",
    RevisionKind.CLARIFIED: "was",
    RevisionKind.RESCOPED: "supersedes",
    RevisionKind.DEFINITION_CHANGED: "supersedes",
    RevisionKind.WITHDRAWN: "withdraws",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site stands: `host` is its address without a path, `tag` the beginning of its ids (RFC 4151)."""

    host: str
    tag: str

    def id(self, name: str) -> str:
        """A permanent id; unlike an address it stays when the site moves."""
        return f"tag:{self.tag}:{name}"

    def address(self, path: str) -> str:
        return f"{self.host}{path}"


def before(claim: Claim) -> Claim | None:
    """The earlier claim that this one supersedes; None also for one that readers never saw."""
    earlier = claim.supersedes
    return earlier if earlier is not None and earlier.was_public else None


def title(claim: Claim) -> str:
    """Who, the figure as stated, of what, where: “ROK MND: “more than 10,000” (people), Russia”."""
    names = listed([claim.claimant.name, *(joint.actor.name for joint in claim.joint.all())])
    earlier = before(claim)
    was = ""
    if earlier is not None:
        was = f" ({_BEFORE[RevisionKind(claim.revision_kind)]} {quoted(earlier.stated_value)})"
    return f"{names}: {figure_words(figure_of(claim))} ({things(claim.question.unit)}), {claim.place.name}{was}"


@dataclass(frozen=True, slots=True)
class ClaimContent:
    """What the content of an entry shows; all addresses are absolute."""

    claim: Claim
    site: Site

    @property
    def host(self) -> str:
        return self.site.host

    @property
    def sentence(self) -> tuple[Phrase, ...]:
        claim = self.claim
        names = Names(
            places={claim.place.slug: claim.place.name},
            actors={claim.claimant.slug: claim.claimant.name},
            unit=claim.question.unit,
            questions={claim.question.slug: claim.question.title},
        )
        return claim_sentence(claim_facts(claim), names)

    @property
    def language(self) -> str:
        return stated_language(self.claim)

    @property
    def joint(self) -> list[Actor]:
        return [joint.actor for joint in self.claim.joint.all()]

    @property
    def primary(self) -> Citation | None:
        return next(iter(self.claim.citations.all()), None)

    @property
    def quote_language(self) -> str:
        return foreign(self.primary) if self.primary else ""

    @property
    def others(self) -> list[Citation]:
        return list(self.claim.citations.all())[1:MOST_PRINTERS]

    @property
    def more(self) -> int:
        return max(0, len(self.claim.citations.all()) - MOST_PRINTERS)

    @property
    def earlier(self) -> Claim | None:
        return before(self.claim)

    @property
    def revision(self) -> str:
        """What it is to the earlier claim: "a newer figure, up 2,000 after 4 days"."""
        assert self.earlier is not None
        noun = REVISION_WORDS[RevisionKind(self.claim.revision_kind)].noun
        return ", ".join(words for words in (noun, change_words(self.earlier, self.claim)) if words)


def _categories(claim: Claim, site: Site) -> list[Category]:
    """Who and what an entry is about; the claimant is here because it did not write the entry."""
    named = [("topics", claim.question.topic.slug, claim.question.topic.title)]
    named += [("questions", claim.question.slug, claim.question.title), ("places", claim.place.slug, claim.place.name)]
    actors = [claim.claimant, *(joint.actor for joint in claim.joint.all())]
    named += [("actors", actor.slug, actor.name) for actor in actors]
    return [Category(slug, site.address(f"/{kind}/"), name) for kind, slug, name in named]


def _related(claim: Claim) -> list[Link]:
    """Where the claim was printed."""
    sources = [citation.source for citation in claim.citations.all()][:MOST_PRINTERS]
    titles = {source.url: source.title for source in sources if source.url}
    return [Link("related", url, title=words) for url, words in titles.items()]


def claim_entry(changed: Changed[Claim], site: Site) -> Entry:
    """The entry of a claim; one that was taken back stays, and says so."""
    claim = changed.row
    return Entry(
        id=site.id(f"claims/{claim.public_id}"),
        title=title(claim) if claim.is_published else f"Retracted: {title(claim)}",
        url=site.address(claim.get_absolute_url()),
        published=changed.published,
        updated=changed.updated,
        html=render_to_string("publishing/feed_claim.html", {"content": ClaimContent(claim, site)}),
        links=_related(claim),
        categories=_categories(claim, site),
    )


def correction_entry(changed: Changed[Correction], site: Site) -> Entry:
    """The entry of a mistake of ours."""
    row, claim = changed.row, changed.row.claim
    about = f"{claim.claimant.name}: {figure_words(figure_of(claim))}, {claim.place.name}" if claim else "the site"
    return Entry(
        id=site.id(f"corrections/{row.public_id}"),
        title=f"Correction: {about}",
        url=site.address(row.get_absolute_url()),
        published=changed.published,
        updated=changed.updated,
        html=render_to_string("publishing/feed_correction.html", {"correction": row, "host": site.host}),
        links=[Link("related", site.address(claim.get_absolute_url()), "text/html", "The claim")] if claim else [],
        categories=[
            Category("corrections", site.address(reverse("corrections")), "Corrections"),
            *(_categories(claim, site) if claim else []),
        ],
    )


def entry(changed: Changed[Claim] | Changed[Correction], site: Site) -> Entry:
    """The entry of whatever was changed."""
    if isinstance(changed.row, Correction):
        return correction_entry(Changed(changed.row, changed.published, changed.updated), site)
    return claim_entry(Changed(changed.row, changed.published, changed.updated), site)
