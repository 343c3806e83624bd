"""Names of the long form as entities of the database: found by slug, name, alias or address, or made anew."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from apps.actors.models import Actor, Alias, Redirect, Slugged
from apps.actors.redirects import name_of
from apps.claims.models import Place, Question, Topic
from apps.domain.vocabulary import Measure
from apps.ingest.long_form.bad_cells import BadCell
from apps.ingest.long_form.names import Names
from apps.ingest.long_form.rows import LongRow
from apps.ingest.problems import Problem, quoted
from apps.sources.addresses import url_key
from apps.sources.models import Source

NOBODY = "Unknown publisher"
PERCENT = "percent"
_SHARE = "the words name a share, and the question counts {}: wanted a number of those, or percent as unit."


def _known(kind: str, model: type[Slugged], names: Iterable[tuple[str, str]]) -> Names:
    taken = frozenset(model._default_manager.values_list("slug", flat=True))
    old = Redirect.objects.filter(kind=name_of(model)).values_list("old_slug", flat=True)
    renamed = Redirect.objects.present_slugs(kind=name_of(model), slugs=list(old))
    found = Names(kind, taken, {*taken, *renamed})
    for name, slug in names:
        found.add(name, slug)
    for name, slug in renamed.items():
        if slug in taken:
            found.add(name, slug)
    return found


@dataclass
class Entities:
    """Everything that claims of the long form refer to, by the slugs under which it is stored or will be."""

    topics: Names
    questions: Names
    places: Names
    actors: Names
    sources: Names
    units: dict[str, str]
    measures: dict[str, str]
    addresses: dict[str, str]
    published: dict[str, str]

    @classmethod
    def load(cls) -> "Entities":
        """What the database knows; nine queries."""
        aliases = Alias.objects.values_list("name", "actor__slug")
        actors = [*Actor.objects.values_list("name", "slug"), *aliases]
        keyed = Source.objects.exclude(url_key=None).values_list("url_key", "slug")
        dated = Source.objects.exclude(published_on=None).values_list("slug", "published_on")
        untitled = Source.objects.filter(url_key=None).values_list("title", "slug")
        return cls(
            topics=_known("topic", Topic, Topic.objects.values_list("title", "slug")),
            questions=_known("question", Question, Question.objects.values_list("title", "slug")),
            places=_known("place", Place, Place.objects.values_list("name", "slug")),
            actors=_known("actor", Actor, actors),
            sources=_known("source", Source, untitled),
            units=dict(Question.objects.values_list("slug", "unit")),
            measures=dict(Question.objects.values_list("slug", "measure")),
            addresses={key: slug for key, slug in keyed if key},
            published={slug: str(day) for slug, day in dated},
        )

    def near(self) -> list[str]:
        """New names that may be old ones, one sentence each."""
        return [text for names in (self.questions, self.places, self.actors) for text in names.near()]


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with the slugs of what it is about."""

    row: LongRow
    question: str
    place: str
    actor: str
    source: str


def place_rows(
    rows: Iterable[LongRow], entities: Entities, *, file: str, cited_as: str, language: str = ""
) -> tuple[list[Placed], list[Problem]]:
    """Find or make what every row refers to; a row that names what may be several is a problem.

    `cited_as` is the source of rows without one, `language` that of new sources.
    """
    finder = _Finder(entities, cited_as, measures(rows := list(rows)), language)
    placed, problems = [], []
    for row in rows:
        try:
            placed.append(finder.placed(row))
        except BadCell as bad:
            problems.append(bad.problem(file, row.line, str(getattr(row, bad.column, ""))))
    return placed, problems


def measures(rows: Iterable[LongRow]) -> dict[str, str]:
    """Title of a question → its measure: as said, else cumulative where the title says so, else by its periods."""
    said: dict[str, str] = {}
    found: dict[str, str] = {}
    for row in rows:
        if row.measure:
            said.setdefault(row.question, row.measure)
        if "cumulative" in row.question.casefold():
            found[row.question] = Measure.CUMULATIVE
        elif row.as_of_end or row.question not in found:
            found[row.question] = Measure.FLOW if row.as_of_end else Measure.STOCK
    return found | said


class _Finder:
    """Looks each name up once."""

    def __init__(self, entities: Entities, file: str, measured: Mapping[str, str], language: str) -> None:
        self.entities, self.file, self.measured, self.language = entities, file, measured, language
        self.seen: dict[tuple[str, ...], str] = {}

    def placed(self, row: LongRow) -> Placed:
        question = self._once(("question", row.topic, row.question, row.unit), lambda: self._question(row))
        if row.is_share and self.entities.units[question] != PERCENT:
            raise BadCell("value", _SHARE.format(quoted(self.entities.units[question])))
        if row.measure and row.measure != self.entities.measures[question]:
            raise BadCell("measure", f"wanted {self.entities.measures[question]}, as which this question is known.")
        source = self._once(("source", row.source_url, row.source_title), lambda: self._source(row))
        day = self.entities.published.get(source, row.published_on)
        if row.published_on and row.published_on != day:
            raise BadCell("published_on", f"wanted {day}, when this source was published, or another title or address.")
        return Placed(
            row,
            question=question,
            place=self._once(("place", row.place), lambda: self._named(self.entities.places, "place", row.place, row)),
            actor=self._once(("actor", row.actor), lambda: self._actor(row.actor, "actor", row)),
            source=source,
        )

    def _once(self, key: tuple[str, ...], find: Callable[[], str]) -> str:
        if key not in self.seen:
            self.seen[key] = find()
        return self.seen[key]

    def _named(self, names: Names, column: str, name: str, row: LongRow) -> str:
        return names.find(name, column) or names.make(name, row.line, {"name": name})

    def _actor(self, name: str, column: str, row: LongRow) -> str:
        actors = self.entities.actors
        return actors.find(name, column) or actors.make(name, row.line, {"name": name, "kind": "other"})

    def _question(self, row: LongRow) -> str:
        found = self.entities.questions.find(row.question, "question")
        if found is not None:
            unit = self.entities.units[found]
            if row.unit not in ("", unit):
                raise BadCell("unit", f"wanted {quoted(unit)}, in which this question is counted.")
            return found
        if not row.unit:
            raise BadCell("unit", "wanted what is counted, for example persons: the question is new.")
        cells = {"title": row.question, "unit": row.unit, "measure": self.measured[row.question]}
        slug = self.entities.questions.make(row.question, row.line, cells | {"topic": self._topic(row)})
        self.entities.units[slug], self.entities.measures[slug] = row.unit, self.measured[row.question]
        return slug

    def _topic(self, row: LongRow) -> str:
        title = row.topic or self.file.split(".")[0].replace("_", " ").replace("-", " ").strip() or "Imported"
        title = title if row.topic else title[:200]
        topics = self.entities.topics
        return topics.find(title, "topic") or topics.make(title, row.line, {"title": title})

    def _source(self, row: LongRow) -> str:
        key = url_key(row.source_url)
        if key is not None and key in self.entities.addresses:
            return self.entities.addresses[key]
        title = row.source_title or row.source_url or self.file
        if key is None and (found := self.entities.sources.find(title, "source_title")):
            return found
        publisher = self._actor(urlsplit(row.source_url).hostname or NOBODY, "source_url", row)
        cells = {"title": title[:500], "publisher": publisher, "url": row.source_url, "kind": "dataset"}
        slug = self.entities.sources.make(
            title, row.line, cells | {"published_on": row.published_on, "language": self.language}
        )
        if key is not None:
            self.entities.addresses[key] = slug
        if row.published_on:
            self.entities.published[slug] = row.published_on
        return slug
