"""Long lists in pages of one size, chosen by `page` in the address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.http import QueryDict

from apps.web.queries import QueryReader

PER_PAGE = 50
_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True)
class Paged[Row]:
    """One page of a list; the addresses of its neighbours are query strings, empty where there is none."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int
    previous_query: str
    next_query: str

    @property
    def first(self) -> int:
        """Place of the first row in the whole list, from 1."""
        return (self.number - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def _query(given: QueryDict, names: Sequence[str], number: int) -> str:
    kept = QueryDict(mutable=True)
    for name in names:
        if value := given.get(name):
            kept[name] = str(value)
    if number > 1:
        kept["page"] = str(number)
    return f"?{kept.urlencode()}" if kept else "?"


def read_page[Row: Model](reader: QueryReader, rows: QuerySet[Row], *, keep: Sequence[str] = ()) -> Paged[Row]:
    """The page that the address asks for, in two queries. `keep` names the filters that stay in its links.

    Raises BadQueryError for anything but the number of a page that exists, and for what the reader found before.
    """
    total = rows.count()
    pages = max(1, -(-total // PER_PAGE))
    asked = reader.one("page")
    number = int(asked) if asked and _PAGE_NUMBER.fullmatch(asked) else 1
    if asked is not None and (not _PAGE_NUMBER.fullmatch(asked) or number > pages):
        reader.refuse("page", asked, f"a page number from 1 to {pages}")
    reader.finish()
    start = (number - 1) * PER_PAGE
    return Paged(
        rows=list(rows[start : start + PER_PAGE]),
        number=number,
        pages=pages,
        total=total,
        previous_query=_query(reader.given, keep, number - 1) if number > 1 else "",
        next_query=_query(reader.given, keep, number + 1) if number < pages else "",
    )
