"""The documents that the API gives, as its OpenAPI document describes them.

They are made by `apps.comparisons.documents` and its neighbours, which know nothing of these; a test holds each answer
against them, and nothing may be in a document that is not described here.
"""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from apps.actors.models import ActorKind
from apps.domain.vocabulary import BasisKind, Measure, Nature, Qualifier, RevisionKind, StanceKind
from apps.sources.models import SourceKind

PARTIAL = r"^\d{4}(-\d{2}(-\d{2})?)?$"
type PartialIso = Annotated[str, Field(pattern=PARTIAL, description="A year, a month or a day, as known.")]
type Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
type Number = Annotated[float, Field(description="At most 15 significant digits.")]
type Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
type Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
type Relation = Literal["same", "nested_place", "nested_question", "part", "earlier_later"]


class Described(Schema):
    """A document with these members and no others."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """What went wrong (RFC 9457), in one sentence."""

    type: str
    title: str
    status: int
    detail: str = Field(description="One sentence: what was given, and what was wanted.")
    errors: list[dict[str, str]] = Field(
        default=[],
        description="Single values: `parameter` (of the address) or `pointer` (into the body), and its `detail`.",
    )
    removed: dict[str, str] | None = Field(default=None, description="With 410: what a law had removed, and why.")


class Index(Described):
    """Where things are."""

    name: str
    version: str
    openapi: str
    docs: str
    lists: list[str]


class Interval(Described):
    """An interval of numbers; an end that is null is open."""

    lower: Number | None
    upper: Number | None
    lower_inclusive: bool | None
    upper_inclusive: bool | None


class ReadAs(Interval):
    """How the words are read, and by which rule of the methodology page."""

    rule: str
    is_interpretation: bool = Field(description="The words name no number; the reading is ours and never compared.")


class Figure(Interval):
    """A figure in the words of whoever gave it, and the numbers in them."""

    stated_value: str
    qualifier: Qualifier
    hedged: bool
    point: Number | None


class AsOf(Described):
    """What time a number is about."""

    start: PartialIso | None
    end: PartialIso | None


class SourceLine(Described):
    """A source that prints a claim."""

    source: Slug
    title: str
    url: str
    publisher: Slug
    published_on: PartialIso | None


class Stance(Described):
    """An actor's dated position on a claim."""

    actor: Slug
    stance: StanceKind
    stated_on: PartialIso | None


class ListedClaim(Figure):
    """One claim: who says how many, where, as of when."""

    claim: Id
    url: str
    question: Slug
    claimant: Slug
    speaker: str | None
    place: Slug
    read_as: ReadAs | None
    interpretation: bool
    as_of: AsOf
    stated_on: PartialIso | None
    nature: Nature
    sources: list[SourceLine]
    stances: list[Stance]


class Standing(ListedClaim):
    """One claim beside the others of its question."""

    compared: bool
    said_by: Slug | None = Field(default=None, description="With rollup=1: who said it; `claimant` is the body above.")


class Correction(Described):
    """A mistake of our own."""

    correction: Id
    url: str
    corrected_on: Day
    claim: Id | None
    question: Slug | None
    topic: Slug | None
    what_was_wrong: str
    what_was_done: str


class AsPrinted(Figure):
    """The figure as a source prints it, and what else it has otherwise than the claim."""

    question: Slug | None
    place: Slug | None
    claimant: Slug | None
    speaker: str | None
    override_reason: str | None


class Rendering(Described):
    """How one source renders a claim."""

    citation: Id
    primary: bool
    quote: str | None
    locator: str | None
    language: str | None
    translated: bool
    via: list[Slug]
    as_printed: AsPrinted
    drift: list[str]
    drift_texts: list[str]


class Citation(Rendering):
    """One source's rendering of a claim."""

    claim: Id
    source: Slug


class Finding(Described):
    """Something odd within one claimant's own figures."""

    kind: str
    claims: list[Id]
    text: str


class Revision(Described):
    """One step of a claim's line of revisions."""

    claim: Id
    kind: RevisionKind | None


class Basis(Described):
    """Where a claim's knowledge comes from."""

    kind: BasisKind
    claim: Id | None
    actor: Slug | None


class Origin(Described):
    """Whether the origin is recorded, and which claims share it."""

    recorded: bool
    shared_with: list[Id]


class Edit(Described):
    """One change of our record of the claim."""

    at: str
    by: str | None
    what: str


class Retraction(Described):
    """When and why we took a claim back."""

    at: str
    why: str


class Claim(Standing):
    """One claim with everything that hangs on it; the same as `/claims/<id>.json`."""

    status: Literal["published", "retracted"]
    retracted: Retraction | None
    override_reason: str | None
    citations: list[Citation]
    parts: list[Id]
    part_of: Id | None
    revisions: list[Revision]
    basis: list[Basis]
    origin: Origin
    findings: list[Finding]
    corrections: list[Correction]
    history: list[Edit]


class Tendency(Described):
    """How one claimant's figures lie against the others'."""

    claimant: Slug
    question: Slug
    place: Slug
    days: int
    highest: int
    lowest: int
    contradicting: int
    ratio: Number | None
    ratio_days: int


class NamedPlace(Described):
    """A place of a comparison."""

    slug: Slug
    name: str
    parent: Slug | None


class NamedActor(NamedPlace):
    """A claimant of a comparison."""


class AskedQuestion(Described):
    """The question of a comparison."""

    slug: Slug
    title: str
    unit: str
    measure: Measure


class Contradiction(Described):
    """A pair of claims that cannot both hold."""

    lower_claim: Id
    upper_claim: Id
    gap: Number
    relation: Relation


class Agreement(Interval):
    """Where the most claims about a place hold: `n` of `of`."""

    place: Slug
    n: int
    of: int


class Span(Described):
    """Lowest and highest number stated of a place."""

    place: Slug
    low: Number
    high: Number
    ratio: Number | None
    n: int


class Apart(Described):
    """A claim that is not compared, and why."""

    claim: Id
    code: str
    text: str


class Origins(Described):
    """How many origins the compared figures are recorded to have."""

    citations: int
    claimants: int
    recorded: int
    unknown: int
    cut: bool


class DriftLine(Described):
    """How a citation differs from its claim."""

    citation: Id
    claim: Id
    kinds: list[str]
    texts: list[str]


class Comparison(Described):
    """The comparison of a question; the same as `/questions/<slug>.json`."""

    question: AskedQuestion
    on: Day
    known: str | None
    summary: str
    places: list[NamedPlace]
    actors: list[NamedActor]
    standings: list[Standing]
    contradictions: list[Contradiction]
    agreement: list[Agreement]
    span: list[Span]
    apart: list[Apart]
    findings: list[Finding]
    origins: Origins
    drift: list[DriftLine]
    tendency: list[Tendency]
    tendency_since: Day | None


class Topic(Described):
    """A situation under watch."""

    slug: Slug
    url: str
    title: str
    summary: str | None


class TopicWithQuestions(Topic):
    """A topic and the questions in it."""

    questions: list[Slug]


class Question(Described):
    """A quantity that is estimated."""

    slug: Slug
    url: str
    topic: Slug
    title: str
    definition: str | None
    unit: str
    measure: Measure
    since: PartialIso | None
    population: str | None
    broader: Slug | None
    floor: Number | None
    window_days: int | None
    tolerance: Number | None
    note: str | None


class Place(Described):
    """Where; places lie inside places."""

    slug: Slug
    url: str
    name: str
    parent: Slug | None
    country: str | None
    wikidata: str | None
    latitude: Number | None
    longitude: Number | None
    note: str | None


class PlaceWithInside(Place):
    """A place and the places directly inside it."""

    inside: list[Slug]


class ListedActor(Described):
    """Somebody who says or prints something."""

    slug: Slug
    url: str
    name: str
    short_name: str | None
    kind: ActorKind
    country: str | None
    parent: Slug | None
    wikidata: str | None


class Actor(ListedActor):
    """An actor in all its roles; the same as `/actors/<slug>.json`."""

    parts: list[Slug]
    aliases: list[str]
    claims: list[Standing]
    tendency: list[Tendency]
    findings: list[Finding]
    printed: list[Citation]


class ListedSource(Described):
    """A document that claims were printed in."""

    slug: Slug
    url: str | None = Field(description="Where it can be read.")
    page: str
    title: str
    publisher: Slug
    published_on: PartialIso | None
    language: str | None
    kind: SourceKind
    author: str | None
    accessed_on: Day | None
    archive_url: str | None
    archive_sha256: str | None


class PrintedClaim(Standing, Rendering):
    """A claim, as the source prints it."""


class Source(ListedSource):
    """A source and every figure in it; the same as `/sources/<slug>.json`."""

    claims: list[PrintedClaim]


class Slice(Described):
    """A part of a list."""

    next: str | None = Field(description="The cursor at which the list goes on; null where it ends.")


class Topics(Slice):
    """Topics by slug."""

    items: list[Topic]


class Questions(Slice):
    """Questions by slug."""

    items: list[Question]


class Claims(Slice):
    """Claims, those recorded last first."""

    items: list[ListedClaim]


class Actors(Slice):
    """Actors by slug."""

    items: list[ListedActor]


class Places(Slice):
    """Places by slug."""

    items: list[Place]


class Sources(Slice):
    """Sources by slug."""

    items: list[ListedSource]


class Corrections(Slice):
    """Corrections, newest first."""

    items: list[Correction]


Anything = dict[str, Any]
