"""The list of sources, and one source with every figure as it printed it."""

from dataclasses import dataclass

from django.utils.translation import get_language_info

from apps.claims.facts import figure_of
from apps.claims.models import Citation, Claim
from apps.comparisons.entity_records import PrintedFigure, SourceRecord
from apps.comparisons.pages.paging import Paged
from apps.comparisons.pages.relations import reading_words
from apps.comparisons.records import conventions
from apps.domain.reading import read_for
from apps.sources.models import Source


def has_made_title(source: Source) -> bool:
    """Whether the title stands in [ ]: it is ours, made from the address."""
    return source.title.startswith("[") and source.title.endswith("]")


def title_language(source: Source) -> str:
    """The language of a title as printed, where that is not English; ours are in the language of the page."""
    is_english = source.language.split("-")[0] in ("", "en")
    return "" if is_english or has_made_title(source) else source.language


def language_words(code: str) -> str:
    """The English name of a language, or its code when there is no name for it."""
    try:
        return str(get_language_info(code)["name"])
    except KeyError:
        return code


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """One page of the list of sources, newest first."""

    listed: Paged[Source]

    @property
    def has_made_titles(self) -> bool:
        return any(has_made_title(source) for source in self.listed.rows)

    @property
    def rows(self) -> tuple[tuple[Source, str], ...]:
        """Each source and the language of its title."""
        return tuple((source, title_language(source)) for source in self.listed.rows)


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What the template shows; it starts no query."""

    record: SourceRecord

    @property
    def source(self) -> Source:
        return self.record.source

    @property
    def rows(self) -> tuple[tuple[PrintedFigure, str, str], ...]:
        """Each figure with the numbers that its words allow, as printed and as claimed."""
        return tuple(
            (row, self._read(row.citation, row.claim), self._read(row.claim, row.claim))
            for row in self.record.printed.rows
        )

    @staticmethod
    def _read(figure: Citation | Claim, claim: Claim) -> str:
        return reading_words(read_for(figure_of(figure), claim.question, settings=conventions()))

    @property
    def has_made_title(self) -> bool:
        return has_made_title(self.source)

    @property
    def title_language(self) -> str:
        return title_language(self.source)

    @property
    def language(self) -> str:
        return language_words(self.source.language) if self.source.language else ""

    @property
    def changed(self) -> int:
        """How many of the shown figures differ from what was claimed."""
        return sum(bool(row.drift) for row in self.record.printed.rows)
