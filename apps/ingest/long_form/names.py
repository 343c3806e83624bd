"""Names of one kind of thing: what is called how, what is new, and which new names may be old ones."""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.text import slugify

from apps.ingest.long_form.bad_cells import BadCell
from apps.ingest.problems import quoted

#: How alike two names are that may be one (difflib's ratio): a new one and one that is here, and two new ones.
ALIKE, SPELLED = 0.87, 0.9
#: New names that are looked at for that.
MOST_LOOKED_AT = 300
SLUG_LENGTH = 90
#: What stands where a row sums others up.
SUMS = frozenset("total totals subtotal sum overall all gesamt summe итого разом".split()) | {"grand total"}


@dataclass
class Names:
    """The entities of one kind: what is called how, and what is new.

    A name that several have is known as all of them. `slugs` are those that are not free, `live` those of what is
    there. `made` has the cells of new rows by slug, in the bundle's columns.
    """

    kind: str
    live: frozenset[str]
    slugs: set[str]
    called: dict[str, set[str]] = field(default_factory=dict)
    made: dict[str, dict[str, str]] = field(default_factory=dict)
    first_line: dict[str, int] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, slug: str) -> None:
        """Know a row by another name."""
        key = clean(name).casefold()
        self.called.setdefault(key, set()).add(slug)
        self.spelled.setdefault(key, name)

    def find(self, name: str, column: str) -> str | None:
        """The slug of the one that is called so. BadCell where it could be several."""
        found = self.called.get(clean(name).casefold(), set())
        if len(found) > 1:
            raise BadCell(column, f"wanted one of {', '.join(sorted(found))}, which are all called so.")
        return next(iter(found), name if name in self.live else None)

    def make(self, name: str, line: int, cells: Mapping[str, str]) -> str:
        """A new entity and its slug."""
        slug = self._free(slugify(name.replace("_", " "))[:SLUG_LENGTH].strip("-") or f"{self.kind}-{_short(name)}")
        self.slugs.add(slug)
        self.made[slug] = {self.kind: slug, **cells}
        self.first_line[slug] = line
        self.add(name, slug)
        return slug

    def _free(self, slug: str) -> str:
        if slug not in self.slugs:
            return slug
        return next(found for n in range(2, len(self.slugs) + 3) if (found := f"{slug}-{n}") not in self.slugs)

    def near(self) -> Iterator[str]:
        """A sentence for each new name that is much like one that was there, or that came before it, or like none."""
        known = [name for name, slugs in self.called.items() if not slugs & self.made.keys()]
        new = [name for name, slugs in self.called.items() if slugs & self.made.keys()]
        for place, name in enumerate(new[:MOST_LOOKED_AT]):
            is_new = f"The {self.kind} {quoted(self.spelled[name])} is new"
            alike = difflib.get_close_matches(name, known, n=1, cutoff=ALIKE) or _spelled_alike(name, new[:place])
            yield from (f"{is_new}; is it {quoted(self.spelled[other])}?" for other in alike)
            if name in SUMS:
                yield f"{is_new}; if its row is a sum of others, take it out."


def clean(name: str) -> str:
    """A name in the letters that a person sees: composed, one space between its words, and no signs without a shape."""
    if name.isascii() and "  " not in name:
        return name
    seen = "".join(char for char in unicodedata.normalize("NFC", name) if unicodedata.category(char) != "Cf")
    return " ".join(seen.split())


def _spelled_alike(name: str, others: Sequence[str]) -> list[str]:
    """A name that seems to be the same, spelled otherwise; names of one series ("Region 1", "Region 2") do not."""
    found = difflib.get_close_matches(name, others, n=1, cutoff=SPELLED)
    return [other for other in found if _digits(other) == _digits(name)]


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _short(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:8]
