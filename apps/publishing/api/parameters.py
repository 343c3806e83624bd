"""The parameters of the addresses, as the OpenAPI document describes them.

They are read by the same code as those of the pages (`apps.web.queries`), with the same sentences: an empty value means
not set, and names that an address does not know are ignored.
"""

from typing import Any

from apps.actors.models import ActorKind
from apps.domain.vocabulary import Measure, Qualifier
from apps.publishing.api.cursors import MOST_PER_SLICE, PER_SLICE
from apps.sources.models import SourceKind

type Parameter = dict[str, Any]


def _parameter(name: str, description: str, example: Any, **schema: Any) -> Parameter:
    described = {"type": "string"} | schema
    return {"name": name, "in": "query", "description": description, "schema": described, "example": example}


def _many(name: str, description: str, example: list[str], **items: Any) -> Parameter:
    return _parameter(
        name, f"{description} May be repeated.", example, type="array", items={"type": "string"} | items
    ) | {"style": "form", "explode": True}


LIMIT = _parameter(
    "limit",
    f"How many at most; {PER_SLICE} when not given.",
    2,
    type="integer",
    minimum=1,
    maximum=MOST_PER_SLICE,
)
CURSOR = _parameter("cursor", "Where to go on: `next` of the answer before.", "")
KNOWN = _parameter(
    "known",
    "As this database held things at that moment: a day (its end), or a moment with its zone. Never in the future.",
    "",
)
TOPIC = _parameter("topic", "The slug of a topic.", "dprk-troops-russia")
QUESTION = _parameter("question", "The slug of a question.", "troops-present")
MEASURE = _parameter("measure", "The kind of quantity.", "stock", enum=["", *Measure])
ACTOR_KIND = _parameter("kind", "What it is.", "ministry", enum=["", *ActorKind.values])
SOURCE_KIND = _parameter("kind", "What it is.", "article", enum=["", *SourceKind.values])
PUBLISHER = _parameter("publisher", "The slug of the actor that printed it.", "aju-press")
PLACE = _many("place", "The slug of a place; includes the places inside it.", ["kursk-oblast"])
CLAIMANT = _many("claimant", "The slug of an actor.", ["us-state"])
QUALIFIER = _many("qualifier", "How the figure is worded.", ["more_than"], enum=["", *Qualifier])
FROM = _parameter("from", "About this time or later: a year, a month or a day.", "2024-11")
TO = _parameter("to", "About this time or earlier: a year, a month or a day.", "2024-12")
ON = _parameter("on", "The position date: who stands on that day.", "2024-11-05")
ROLLUP = _parameter("rollup", "1: claimants are grouped by the topmost body above them.", "0", enum=["", "0", "1"])
STRICT = _parameter("strict", "1: figures exactly as stated, nothing read into them.", "0", enum=["", "0", "1"])

SLICE = (LIMIT, CURSOR)
FILTERS = (PLACE, CLAIMANT, QUALIFIER, FROM, TO)
