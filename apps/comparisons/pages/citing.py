"""The references to what a page shows, made from the page, so that they name what the reader has seen."""

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import urlencode

from apps.comparisons import documents
from apps.comparisons.claim_records import ClaimRecord
from apps.comparisons.pages.claim import ClaimPage
from apps.comparisons.pages.comparison import ComparisonPage
from apps.comparisons.references import Kind, Reference, plain
from apps.web.queries import moment_iso


def cite_claim(page: ClaimPage, *, known: datetime, accessed: date) -> Reference:
    """The claim as it was known at a moment. A claim has no position date; its sentence says what day it is about."""
    document = documents.claim(_asked_on(page.record, known.date()))
    return Reference(
        kind=Kind.CLAIM,
        key=page.claim.public_id,
        title=plain(page.sentence_text).rstrip("."),
        host=page.host,
        path=page.claim.get_absolute_url(),
        query=urlencode({"known": moment_iso(known)}),
        sha256=_hash(document),
        known=known,
        accessed=accessed,
        is_retracted=not page.claim.is_published,
    )


def _asked_on(record: ClaimRecord, day: date) -> ClaimRecord:
    """The record as the page of that day concludes: findings look at all that was said until the day of asking."""
    if record.compared is None or record.compared.today == day:
        return record
    return replace(record, compared=replace(record.compared, today=day))


def cite_comparison(page: ComparisonPage, *, host: str, known: datetime, accessed: date) -> Reference:
    """The comparison on the day shown, as it was known at a moment, with its filters."""
    question, moment = page.compared.question, moment_iso(known)
    document = documents.comparison(page.compared) | {"known": moment}
    return Reference(
        kind=Kind.COMPARISON,
        key=question.slug,
        title=plain(question.title),
        host=host,
        path=question.get_absolute_url(),
        query=page.compared.query.encode(on=page.on.isoformat(), known=moment),
        sha256=_hash(document),
        known=known,
        accessed=accessed,
        on=page.on,
        summary=plain(page.compared.summary_text),
        limits=tuple(plain(chip.label) for chip in page.chips),
    )


def _hash(document: documents.Document) -> str:
    return sha256(documents.body(document)).hexdigest()
