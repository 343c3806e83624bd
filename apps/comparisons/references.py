"""How a claim, a comparison or a frozen comparison is cited: values in, text out.

The address of a reference is one that goes on showing the same: it names the position date and the knowledge date. The
hash is that of the bytes at `document_url`, so that a reader can check what was cited (docs/decisions/0009).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from apps.domain.wording import day_words

#: Who publishes; the words of a claim are its claimant's, the record of them is ours.
PUBLISHER = "Parallax"

#: Line ends, other control characters and runs of plain spaces: none of the formats keeps them inside a field.
_BLANK = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
#: Marks that turn the direction of all that follows until another mark; one left open would turn the whole reference.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Kind(StrEnum):
    """What is cited, as a reference calls it."""

    CLAIM = "claim"
    COMPARISON = "comparison"
    FROZEN = "frozen comparison"


def plain(text: str) -> str:
    """A text as one line without control characters; all else is kept, whatever its script."""
    return _BLANK.sub(" ", _TURNING.sub("", text)).strip()


def moment_words(moment: datetime) -> str:
    """A knowledge date in words; the end of a day is that day."""
    moment = moment.astimezone(UTC)
    day = day_words(moment.date())
    return day if moment.time() == time.max else f"{day}, {moment:%H:%M} UTC"


@dataclass(frozen=True, slots=True)
class Reference:
    """What identifies the cited thing.

    `key`: the claim's id, the question's slug or the frozen comparison's id. `title` and `summary` are one line each
    without a full stop at the end of the title; `limits` the filters of a comparison in words. `host` is the site's
    address without a path, `path` that of the page with its last slash, `query` the canonical query string. `sha256` is
    the hash of the bytes at `document_url` in hexadecimal digits. `on` is the position date of a comparison.
    """

    kind: Kind
    key: str
    title: str
    host: str
    path: str
    query: str
    sha256: str
    known: datetime
    accessed: date
    on: date | None = None
    summary: str = ""
    limits: tuple[str, ...] = ()
    is_retracted: bool = False

    @property
    def url(self) -> str:
        """The page that goes on showing what is cited."""
        return f"{self.host}{self.path}{self._asked}"

    def suffixed(self, suffix: str) -> str:
        """The same in another format: `json`, `bib`."""
        return f"{self.host}{self._suffixed(suffix)}"

    def _suffixed(self, suffix: str) -> str:
        return f"{self.path.rstrip('/')}.{suffix}{self._asked}"

    @property
    def _asked(self) -> str:
        return f"?{self.query}" if self.query else ""

    @property
    def document_url(self) -> str:
        """The bytes that the hash is of."""
        return self.suffixed("json")

    @property
    def full_title(self) -> str:
        """The title with what else tells one comparison of a question from another."""
        return f"{self.title}{self._compared}"

    @property
    def _compared(self) -> str:
        only = f"; only: {', '.join(self.limits)}" if self.limits else ""
        return f" (figures compared on {day_words(self.on)}{only})" if self.on else ""

    @property
    def number(self) -> str:
        """What the site calls it: "claim c064"; the title of a comparison says enough."""
        return "" if self.kind is Kind.COMPARISON else f"{self.kind} {self.key}"

    @property
    def version(self) -> str:
        """What was known, and whether it still stood."""
        return f"as known on {moment_words(self.known)}{' (retracted)' * self.is_retracted}"

    @property
    def short(self) -> str:
        """For a caption or a footnote."""
        if self.kind is Kind.COMPARISON:
            return f"{PUBLISHER}, “{self.title}”{self._compared}, {self.version}."
        return f"{PUBLISHER}, {self.number}, {self.version}."

    @property
    def long(self) -> str:
        """For a list of sources; no full stop touches an address."""
        site = ", ".join(filter(None, (PUBLISHER, self.number, self.version)))
        hashed = f"The JSON document at {self.document_url} has the SHA-256 {self.sha256}."
        return f"{self.full_title}. {site}. {self.url} (accessed {day_words(self.accessed)}). {hashed}"

    @property
    def note(self) -> str:
        """What the formats have no field of their own for."""
        position = [f"Position on {self.on.isoformat()}"] if self.on else []
        known = f"as known on {self.known.astimezone(UTC).isoformat().replace('+00:00', 'Z')}"
        return "; ".join([*position, known, f"SHA-256 of the address with .json for its last slash: {self.sha256}"])

    @property
    def formats(self) -> tuple[tuple[str, str], ...]:
        """Each format for reference managers, and its address on this site."""
        return tuple((name, self._suffixed(suffix)) for name, suffix in FORMATS)

    @property
    def document_path(self) -> str:
        """The address on this site of the bytes that the hash is of."""
        return self._suffixed("json")


#: Name and suffix of each format.
FORMATS = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json"))
