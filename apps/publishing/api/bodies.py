"""What programs send, and what they get back: a draft has the same members both ways."""

import json
from decimal import Decimal
from typing import Annotated, Any, NoReturn, override

from django.http import HttpRequest
from ninja import Schema
from ninja.parser import Parser
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from apps.domain.vocabulary import Nature, Qualifier, RevisionKind
from apps.publishing.api.schemas import Described, Slice

#: No number that counts anything has as many.
MAX_DIGITS_SENT = 1_000


class Unreadable(Exception):
    """A body that cannot be read at all; `status` is that of the answer."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class ExactParser(Parser):
    """JSON as RFC 8259 has it: numbers exactly as written, nothing twice, nothing that JSON does not know."""

    @override
    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            given = request.content_type or "nothing"
            raise Unreadable(415, f"The body is said to be “{given[:60]}”; wanted application/json.")
        try:
            return json.loads(
                request.body.decode(),
                parse_int=_whole,
                parse_float=Decimal,
                parse_constant=_refuse,
                object_pairs_hook=_once,
            )
        except (ValueError, RecursionError) as error:
            raise Unreadable(400, f"The body is no JSON in UTF-8: {_why(error)}.") from error


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS_SENT:
        raise ValueError(f"a number has more than {MAX_DIGITS_SENT:,} digits")
    return int(digits)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number that JSON knows")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}"
    return "it holds bytes that are no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)


def _number(value: Any) -> Any:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
        raise ValueError("wanted a number")
    return value


type Number = Annotated[
    Decimal, Field(strict=False), BeforeValidator(_number), WithJsonSchema({"type": "number", "title": "Number"})
]
type Text = Annotated[str, Field(max_length=20_000)]
type Line = Annotated[str, Field(max_length=500)]
type Slug = Annotated[str, Field(max_length=100)]
type Date = Annotated[str, Field(max_length=10, description="A year, a month or a day: 2024, 2024-11, 2024-11-05.")]


class Sent(Schema):
    """A body or a part of one; null means unknown or none, and other members are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SentFigure(Sent):
    """The words, and the numbers in them; numbers that are left out are read from the words."""

    stated_value: Annotated[str, Field(min_length=1, max_length=300, description="The exact words, in any language.")]
    qualifier: Annotated[Qualifier, Field(strict=False)] | None = None
    hedged: bool = False
    lower: Number | None = None
    upper: Number | None = None
    lower_inclusive: bool | None = None
    upper_inclusive: bool | None = None
    point: Number | None = None
    override_reason: Line | None = Field(None, description="Why the numbers are not those of the words, if so.")


class SentAsOf(Sent):
    """What time the number is about."""

    start: Date | None = None
    end: Date | None = None


class SentCitation(Sent):
    """The source from which the claim is taken, and its words."""

    source: Slug = Field(description="The slug of a source that is known here.")
    quote: Text | None = None
    locator: Line | None = Field(None, description="Where in the source; for a dataset, file and row.")
    language: Slug | None = Field(None, description="Of the quote, such as en; the words of the figure are read in it.")
    translated: bool = False
    translation: Text | None = None


class SentParts(Sent):
    """What may be said of a claim, or not."""

    speaker: Line | None = None
    basis_note: Line | None = Field(None, description="What the claimant says it rests on.")
    as_of: SentAsOf | None = None
    stated_on: Date | None = None
    nature: Annotated[Nature, Field(strict=False)] = Nature.ESTIMATE
    population: Line | None = None
    part_of: Slug | None = Field(None, description="The id of the total of which this is a sub-count.")
    supersedes: Slug | None = Field(None, description="The id of the earlier claim whose place it takes.")
    revision_kind: Annotated[RevisionKind, Field(strict=False)] | None = None
    attributes: dict[str, Any] = {}
    note: Text | None = None


class SentDraft(SentParts):
    """One claim, as a draft; actors, places, questions and sources are named by slug."""

    question: Slug
    place: Slug
    claimant: Slug
    figure: SentFigure
    citation: SentCitation


def _left_out() -> Any:
    """What a member holds that was not sent; nobody reads it."""


class SentChange(SentParts):
    """Members of a draft that are to be another; those left out stay. `figure` and `citation` are sent whole."""

    version: Slug = Field(description="That of the draft which you saw; another one by now is a conflict (409).")
    question: Slug = Field(default_factory=_left_out)
    place: Slug = Field(default_factory=_left_out)
    claimant: Slug = Field(default_factory=_left_out)
    figure: SentFigure = Field(default_factory=_left_out)
    citation: SentCitation = Field(default_factory=_left_out)


class GivenFigure(Described):
    """The words, and the numbers in them."""

    stated_value: str
    qualifier: Qualifier
    hedged: bool
    lower: float | None
    upper: float | None
    lower_inclusive: bool | None
    upper_inclusive: bool | None
    point: float | None
    override_reason: str | None


class GivenCitation(Described):
    """The source from which the claim is taken, and its words."""

    source: str
    quote: str | None
    locator: str | None
    language: str | None
    translated: bool
    translation: str | None


class GivenAsOf(Described):
    """What time the number is about."""

    start: str | None
    end: str | None


class ListedDraft(Described):
    """A draft in a list."""

    draft: str = Field(description="The id; that of the claim once it is published.")
    url: str
    status: str
    recorded_at: str
    question: str
    place: str
    claimant: str
    stated_value: str


class Draft(Described):
    """A draft as it stands."""

    draft: str = Field(description="The id; that of the claim once it is published.")
    url: str
    status: str
    version: str
    recorded_at: str
    question: str
    place: str
    claimant: str
    speaker: str | None
    basis_note: str | None
    figure: GivenFigure
    as_of: GivenAsOf
    stated_on: str | None
    nature: Nature
    population: str | None
    part_of: str | None
    supersedes: str | None
    revision_kind: RevisionKind | None
    attributes: dict[str, Any]
    note: str | None
    citation: GivenCitation | None


class Drafts(Slice):
    """Drafts, those recorded last first."""

    items: list[ListedDraft]
