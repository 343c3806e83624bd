"""A table that an editor brings in through the admin: checked, corrected where needed, then brought in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.conf import settings
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.ingest.long_form.columns import KNOWN_AS
from apps.ingest.mappings import TableOptions

#: Any fixed number: the first half of the key under which a worker holds the upload that it is busy with.
_HELD = 7_205_002


class State(models.TextChoices):
    """What becomes of an upload, in this order; a check may come again until it is brought in."""

    CHECK_WAITS = "check_waits", "waits to be checked"
    CHECKING = "checking", "is being checked"
    REFUSED = "refused", "cannot be brought in as it is"
    READY = "ready", "can be brought in"
    RUN_WAITS = "run_waits", "waits to be brought in"
    RUNNING = "running", "is being brought in"
    DONE = "done", "is brought in"
    FAILED = "failed", "failed"


def nothing_yet() -> dict[str, Any]:
    """The report of an upload of which nothing is known, with all of its parts."""
    lists: dict[str, Any] = {name: [] for name in ("near", "left_out", "proposed", "header", "summary", "sample")}
    return {"sentence": "", "columns": {}, "counts": {}, "entities": {}} | lists


WAITING = (State.CHECK_WAITS, State.RUN_WAITS)
WORKING = (State.CHECKING, State.RUNNING)


class Upload(TableOptions):
    """One file, what was said of it, and what the last check or run of it found.

    `columns`: column of the long form → column of the file, empty where none is meant. `problems` are the first ones
    (`line`, `column`, `message`), `problem_count` is all of them. `report` is what `upload_work.report_of` makes.
    """

    file_name = models.CharField("file", max_length=255)
    content = models.BinaryField(help_text="Kept until the file is brought in.")
    publishes = models.BooleanField(
        "publish at once",
        default=False,
        help_text="Ticked: readers see the claims as soon as the file is in. Else they are drafts for you to read.",
    )
    columns = models.JSONField(default=dict, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.CHECK_WAITS, editable=False)
    rows_done = models.PositiveIntegerField(default=0, editable=False)
    rows_in_all = models.PositiveIntegerField(default=0, editable=False)
    problems = models.JSONField(default=list, editable=False)
    problem_count = models.PositiveIntegerField(default=0, editable=False)
    report = models.JSONField(default=nothing_yet, editable=False)
    import_made = models.ForeignKey(
        "ingest.Import", on_delete=models.SET_NULL, null=True, related_name="uploads", editable=False
    )

    class Meta(TableOptions.Meta):
        abstract = False
        ordering: ClassVar = ["-uploaded_at", "-pk"]
        permissions: ClassVar = [("publish_upload", "Can publish claims as they are brought in")]
        constraints: ClassVar[list[Any]] = [
            *TableOptions.Meta.constraints,
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="upload_state_known"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_busy(self) -> bool:
        """Whether it waits for a worker or one is at it, as far as anybody wrote down."""
        return self.state in (*WAITING, *WORKING)

    @property
    def is_waiting(self) -> bool:
        """Whether no worker is at it yet."""
        return self.state in WAITING

    @property
    def is_abandoned(self) -> bool:
        """Whether a worker began and is gone: its session held a lock that is free now. At most two queries.

        A worker writes down how it ended before it lets go, so once the lock is free that is read again.
        """
        if self.state not in WORKING or _is_held(self.pk):
            return False
        return type(self).objects.filter(pk=self.pk, state__in=WORKING).exists()

    @property
    def may_be_checked(self) -> bool:
        """Whether it may be changed and checked again: no worker is at it, and it is not in yet."""
        return self.state in (State.REFUSED, State.READY, State.FAILED) or self.is_abandoned

    @property
    def may_be_run(self) -> bool:
        """Whether it may be brought in: its check found nothing, or a worker was stopped while it brought it in."""
        return (self.state == State.READY and self.has_news) or (self.state == State.RUNNING and self.is_abandoned)

    @property
    def has_news(self) -> bool:
        """Whether the last check or run found anything that is not there already."""
        return any(self.report["counts"].get(name) for name in ("made", "revised", "corrected"))

    @property
    def header(self) -> list[str]:
        """The columns of the file, as far as it could be read."""
        return list(self.report["header"])

    @property
    def column_of(self) -> dict[str, str]:
        """Column of the file → column of the long form, as the last check took them."""
        return {header: column for column, header in self.report["columns"].items() if header}

    def take_columns(self, chosen: dict[str, str]) -> None:
        """Column of the file → column of the long form, for those that are one. Nothing else is then taken for one."""
        said = {column: header for header, column in chosen.items()}
        self.columns = {column: said.get(column, "") for column in KNOWN_AS}


class Held:
    """An upload that this process is at. Its progress goes through a session of its own, which others see at once."""

    def __init__(self, session: BaseDatabaseWrapper, pk: int) -> None:
        self.session, self.pk = session, pk

    def progress(self, done: int, of: int) -> None:
        """Write down how many claims of how many are written."""
        with self.session.cursor() as cursor:
            cursor.execute(
                "UPDATE ingest_upload SET rows_done = %s, rows_in_all = %s WHERE id = %s", [done, of, self.pk]
            )


@contextmanager
def held(pk: int) -> Iterator[Held | None]:
    """Hold an upload for as long as this process lives; None where another one holds it."""
    session = connection.copy()
    try:
        with session.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_HELD, pk])
            (is_ours,) = cursor.fetchone()
            try:
                yield Held(session, pk) if is_ours else None
            finally:  # a session may go back to a pool, with its locks
                if is_ours:
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_HELD, pk])
    finally:
        session.close()


def _is_held(pk: int) -> bool:
    held_locks = """
        SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({held_locks})", [_HELD, pk])
        (found,) = cursor.fetchone()
        return bool(found)
