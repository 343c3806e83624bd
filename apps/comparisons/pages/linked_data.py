"""What pages tell machines in the vocabulary of schema.org: who said what, where it was printed, what can be fetched.

Only what is recorded, and no rating of anything: a Claim is not a ClaimReview. `firstAppearance` is left out, because
the citation that a claim was taken from need not be the first; `license`, because a site's data has none of its own.
"""

from typing import Any

from apps.actors.models import Actor, ActorKind
from apps.claims.models import Claim
from apps.comparisons.pages.actors import ActorPage
from apps.comparisons.pages.claim import ClaimPage
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.records import Named
from apps.comparisons.references import PUBLISHER, Reference
from apps.domain.periods import PartialDate
from apps.sources.models import Source

type Linked = dict[str, Any]

CONTEXT = "https://schema.org"
#: Documents that a comparison names; its CSV has all.
MOST_SOURCES = 100

_PERSONS = frozenset({ActorKind.PERSON, ActorKind.HEAD_OF_STATE, ActorKind.SPOKESPERSON})


def _typed(kind: str, **given: Any) -> Linked:
    """A thing of a kind, with the properties that have a value; `at_id` becomes `@id`."""
    kept = {name: value for name, value in given.items() if value not in (None, "", [])}
    named = {"@id": kept.pop("at_id")} if "at_id" in kept else {}
    return {"@type": kind, **named, **kept}


def actor_linked(page: ActorPage, *, host: str) -> Linked:
    """A person or an organisation."""
    actor = page.actor
    parent = _actor(actor.parent, host) if actor.parent else None
    more = _typed(
        "",
        alternateName=_other_names(actor),
        sameAs=f"https://www.wikidata.org/entity/{actor.wikidata}" if actor.wikidata else "",
        **{"affiliation" if _is_person(actor) else "parentOrganization": parent},
    )
    return {"@context": CONTEXT} | more | _actor(actor, host)


def _other_names(actor: Actor) -> list[str]:
    names = (actor.short_name, *(alias.name for alias in actor.aliases.all()))
    return [name for name in dict.fromkeys(names) if name and name != actor.name]


def _is_person(actor: Actor) -> bool:
    return actor.kind in _PERSONS


def _actor(actor: Actor, host: str) -> Linked:
    address = f"{host}{actor.get_absolute_url()}"
    return _typed("Person" if _is_person(actor) else "Organization", at_id=address, name=actor.name, url=address)


def claim_linked(page: ClaimPage, reference: Reference) -> Linked:
    """A claim, by whom, and every document that is cited for it."""
    claim, host = page.claim, page.host
    claimants = [_actor(actor, host) for actor in (claim.claimant, *page.joint)]
    return {"@context": CONTEXT} | _typed(
        "Claim",
        at_id=page.permalink,
        url=page.permalink,
        identifier=claim.public_id,
        text=page.sentence_text,
        author=claimants if len(claimants) > 1 else claimants[0],
        datePublished=_iso(claim.stated_on),
        temporalCoverage=_about(claim),
        spatialCoverage=_place(claim.place.slug, claim.place.name, host),
        creativeWorkStatus=claim.get_status_display(),
        isPartOf=_question(page, host),
        appearance=[_source(source, host) for source in _cited([claim])],
        encoding=[_file("MediaObject", reference.suffixed(suffix), suffix) for suffix in _MEDIA_TYPES],
    )


def _question(page: ClaimPage, host: str) -> Linked:
    question = page.claim.question
    return _typed("Dataset", at_id=f"{host}{question.get_absolute_url()}", name=question.title)


def comparison_linked(page: ComparisonPage, reference: Reference) -> Linked:
    """All figures on one question that the filters let through, as a set of data that can be fetched."""
    compared, question, host = page.compared, page.compared.question, reference.host
    return {"@context": CONTEXT} | _typed(
        "Dataset",
        at_id=f"{host}{question.get_absolute_url()}",
        url=f"{host}{page.permalink}",
        identifier=question.slug,
        name=question.title,
        description=" ".join(filter(None, (question.definition, compared.summary_text))),
        creator=_typed("Organization", name=PUBLISHER, url=f"{host}/"),
        isAccessibleForFree=True,
        variableMeasured=_typed("PropertyValue", name=question.title, unitText=question.unit),
        temporalCoverage=_covered(compared.own),
        spatialCoverage=[_named(place, host) for place in compared.places_involved],
        isBasedOn=[_source(source, host) for source in _cited(compared.own)[:MOST_SOURCES]],
        distribution=[_file("DataDownload", reference.suffixed(suffix), suffix) for suffix in _MEDIA_TYPES],
    )


_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


def _file(kind: str, address: str, suffix: str) -> Linked:
    return _typed(kind, encodingFormat=_MEDIA_TYPES[suffix], contentUrl=address)


def _named(place: Named, host: str) -> Linked:
    return _place(place.slug, place.name, host)


def _place(slug: str, name: str, host: str) -> Linked:
    return _typed("Place", at_id=f"{host}/places/{slug}/", name=name)


def _source(source: Source, host: str) -> Linked:
    return _typed(
        "CreativeWork",
        at_id=f"{host}{source.get_absolute_url()}",
        name=source.title,
        url=source.url,
        datePublished=_iso(source.published_on),
        inLanguage=source.language,
        publisher=_actor(source.publisher, host),
    )


def _cited(claims: list[Claim] | tuple[Claim, ...]) -> list[Source]:
    """Each cited document once, in the order of claims, of one claim the primary one first."""
    rows = [citation.source for claim in claims for citation in claim.citations.all()]
    return list({source.slug: source for source in rows}.values())


def _iso(day: PartialDate | None) -> str:
    return day.iso if day else ""


def _about(claim: Claim) -> str:
    """The time that the number is about, as ISO 8601 has it: a date or two with a slash."""
    return "/".join(_iso(day) for day in (claim.as_of_start, claim.as_of_end) if day)


def _covered(claims: tuple[Claim, ...]) -> str:
    """From the first to the last day that the claims are about."""
    firsts = [claim.placed_first for claim in claims if claim.placed_first]
    lasts = [claim.placed_last for claim in claims if claim.placed_last]
    return f"{min(firsts).isoformat()}/{max(lasts).isoformat()}" if firsts and lasts else ""
