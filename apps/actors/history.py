"""Every change of a row, kept by triggers: who, when, from what to what (model.md §2).

The histories themselves are guarded by `parallax_keep` (actors migration 0004),
which claims migration 0007 sets on every one.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pghistory
import pgtrigger
from django.db import models


def keep_history[M: models.Model](
    *, exclude: list[str] | None = None, find_by: Sequence[str] = ()
) -> Callable[[type[M]], type[M]]:
    """Class decorator: keeps a row of `<Model>Event` for each insert, update and delete.

    `exclude` names generated columns; they follow from the others; `find_by` columns by which rows of the past
    are looked for one at a time. Bulk inserts and deletes are recorded by statement, which is several times faster.
    Updates are recorded by row: by statement, old and new rows are matched on the key, and a changed key would escape.
    """
    indexes = [models.Index(fields=list(fields)) for fields in (("pgh_obj", "pgh_id"), find_by) if fields]
    track: Any = pghistory.track(
        pghistory.InsertEvent(level=pgtrigger.Statement),
        pghistory.UpdateEvent(level=pgtrigger.Row),
        pghistory.DeleteEvent(level=pgtrigger.Statement),
        exclude=exclude,
        # What a row was at a moment is its last event until then (`as_known`): one step into this index.
        obj_field=pghistory.ObjForeignKey(db_index=False),
        meta={"indexes": indexes},
    )
    return track
