"""What the worker does with an upload: check it, bring it in, and write down what came of it."""

import logging
from typing import Any

from django.db import transaction
from django.tasks import task

from apps.domain.wording import numbers_words
from apps.ingest.long_form.columns import ColumnUnclear
from apps.ingest.long_form.examples import Proposal
from apps.ingest.long_form.importing import Imported, import_claims
from apps.ingest.long_form.matching import match_sheet
from apps.ingest.long_form.rows import LongRow
from apps.ingest.long_form.sheets import read_sheet
from apps.ingest.problems import BROKEN_OFF, BundleRefused, Problem, broken_off
from apps.ingest.uploads import WORKING, Held, State, Upload, held, nothing_yet

#: More than this nobody mends by hand; the rest is counted.
KEPT = 5_000
_UNEXPECTED = "Something went wrong that nobody foresaw; nothing was saved. The log of the site says what it was."
logger = logging.getLogger(__name__)


def ask_for_check(upload: Upload) -> None:
    """Put an upload, new or changed, into the queue to be checked."""
    _queue(upload, State.CHECK_WAITS)


def ask_for_run(upload: Upload) -> None:
    """Put an upload that was checked into the queue to be brought in."""
    _queue(upload, State.RUN_WAITS)


def ask_once_more(upload: Upload) -> None:
    """Put an upload that waits into the queue again; if it was there still, it is done once all the same."""
    work_on_upload.enqueue(upload.pk)


def _queue(upload: Upload, state: State) -> None:
    """Both or neither: the queue is in the same database."""
    upload.state, upload.rows_done, upload.rows_in_all = state, 0, 0
    with transaction.atomic():
        upload.save()
        work_on_upload.enqueue(upload.pk)


@task
def work_on_upload(pk: int) -> None:
    """Do what an upload waits for. One that waits for nothing, or that another worker is at, is left alone."""
    with held(pk) as held_upload:
        upload = Upload.objects.filter(pk=pk).first()
        if held_upload is None or upload is None:
            return
        if upload.state == State.CHECK_WAITS:
            _do(upload, State.CHECKING, held_upload)
        elif upload.state == State.RUN_WAITS:
            _do(upload, State.RUNNING, held_upload)


def _do(upload: Upload, state: State, held_upload: Held) -> None:
    Upload.objects.filter(pk=upload.pk).update(state=state)
    try:
        with transaction.atomic():
            _finished(upload, _imported(upload, held_upload, is_dry_run=state == State.CHECKING))
    except BundleRefused as refused:
        _refused(upload, refused)
    except Cancelled:
        logger.info("The upload %s was deleted; nothing of it was brought in", upload.pk)
    except BROKEN_OFF as error:
        _failed(upload, broken_off(error))
    except Exception:
        logger.exception("The upload %s failed", upload.pk)
        _failed(upload, _UNEXPECTED)


def _imported(upload: Upload, held_upload: Held, *, is_dry_run: bool) -> Imported:
    return import_claims(
        upload.file_name,
        bytes(upload.content),
        options=upload.options,
        columns=upload.columns,
        encoding=upload.encoding,
        is_published=upload.publishes,
        is_dry_run=is_dry_run,
        progress=held_upload.progress,
    )


class Cancelled(Exception):
    """The upload was deleted while a worker was at it: nothing of it is brought in."""


def _finished(upload: Upload, found: Imported) -> None:
    """In the transaction of the import: both are there, or neither."""
    end: dict[str, Any] = {"state": State.READY} if found.is_dry_run else {"state": State.DONE, "content": b""}
    end |= {"problems": [], "problem_count": 0, "report": report_of(found), "import_made_id": found.record}
    if not Upload.objects.filter(pk=upload.pk).update(**end):
        raise Cancelled


def _refused(upload: Upload, refused: BundleRefused) -> None:
    kept = [_kept(problem) for problem in refused.problems[:KEPT]]
    report = nothing_yet() | _columns_of(upload) | {"summary": refused.summary()}
    Upload.objects.filter(pk=upload.pk, state__in=WORKING).update(
        state=State.REFUSED, problems=kept, problem_count=len(refused.problems), report=report
    )


def _failed(upload: Upload, sentence: str) -> None:
    problem = {"line": None, "column": "", "message": sentence}
    end = {"state": State.FAILED, "problems": [problem], "problem_count": 1, "report": nothing_yet() | upload.report}
    # Not where all of it is in after all: the connection may have been lost after the commit.
    Upload.objects.filter(pk=upload.pk, state__in=WORKING).update(**end)


def report_of(found: Imported) -> dict[str, Any]:
    """What an editor is told of a file that can be, or was, brought in."""
    return {
        "sentence": found.sentence(),
        "near": list(found.near),
        "left_out": list(found.left_out),
        "proposed": [_told(one) for one in found.proposed],
        "summary": [],
        "sample": [_read(row) for row in found.sample],
        "header": list(found.header),
        "columns": dict(found.columns),
        "counts": {
            "made": found.made,
            "revised": found.revised,
            "corrected": found.corrected,
            "known": found.known,
            "repeated": found.repeated,
            "for_review": found.for_review,
        },
        "entities": dict(found.entities),
    }


def _read(row: LongRow) -> dict[str, Any]:
    """A row as it was read, for a person to look at."""
    as_of = " to ".join(filter(None, [row.as_of_start, row.as_of_end]))
    about = ", ".join(filter(None, [row.question, row.place, row.actor, as_of]))
    read = f"For review: {row.review}" if row.review else numbers_words(row.figure)
    return {"line": row.line, "written": row.value, "read": read, "about": about}


def _columns_of(upload: Upload) -> dict[str, Any]:
    """The columns of a file that was refused, as far as they can be read."""
    try:
        sheet = read_sheet(upload.file_name, bytes(upload.content), encoding=upload.encoding)
    except BundleRefused:
        return {}
    header, said = {"header": list(sheet.header)}, dict(upload.columns)
    while True:
        try:
            matched = match_sheet(sheet, said, upload.options.left_out)
            break
        except ColumnUnclear as unclear:  # the others are shown as they are known
            said[unclear.column] = ""
        except BundleRefused:
            return header | {"columns": dict(upload.columns)}
    return header | {"columns": matched.columns, "proposed": [_told(one) for one in matched.proposed]}


def _told(one: Proposal) -> dict[str, str]:
    return {"header": one.header, "column": one.column, "sentence": one.sentence()}


def _kept(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "column": problem.column or "", "message": problem.message}
