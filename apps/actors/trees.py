"""Trees by a foreign key to the same table: nothing may contain itself, whichever way it is written."""

from typing import Any, override

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models

from apps.actors.fields import column_of
from apps.actors.model_triggers import ModelTrigger

#: Walks up from the new parent. The lock makes two transactions that would close a circle together wait for
#: one another. Each step is a subquery of its own, which can only look one row up by its key: a join would be planned
#: for as many rows as the table had when it was last analysed, and while a large table comes in, that may be none.
_REFUSE = """
    IF TG_OP = 'UPDATE' THEN
        IF NEW.{column} IS NOT DISTINCT FROM OLD.{column} THEN RETURN NEW; END IF;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('{table}.{column}', 0));
    IF EXISTS (
        WITH RECURSIVE line(id) AS (
            SELECT NEW.{column}
            UNION
            SELECT (SELECT above.{column} FROM {table} above WHERE above.id = line.id)
            FROM line WHERE line.id IS NOT NULL
        )
        SELECT 1 FROM line WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', MESSAGE = '{message}';
    END IF;
    RETURN NEW;
"""


class RefuseCycles(ModelTrigger):
    """Refuses a row that would lie inside itself by the foreign key `field`. The name ends in `_no_cycle`."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self, field: str, **kwargs: Any) -> None:
        self.field = field
        super().__init__(name=f"{field}_no_cycle", condition=pgtrigger.Q(**{f"new__{field}__isnull": False}), **kwargs)

    @override
    def func_for(self, model: type[models.Model]) -> str:
        name = f"{model._meta.model_name}_{self.field}_no_cycle"
        return _REFUSE.format(
            table=model._meta.db_table,
            column=column_of(model, self.field).column,
            name=name,
            message=f"{name}: a {model._meta.verbose_name} cannot lie inside itself.",
        )


def refuse_cycle(row: models.Model, field: str, message: str) -> None:
    """For `clean()`: ValidationError at `field` when the row would lie inside itself."""
    manager = type(row)._default_manager
    above = getattr(row, f"{field}_id")
    seen = set()
    while above is not None and above not in seen:
        if above == row.pk:
            raise ValidationError({field: ValidationError(message, code=f"{field}_no_cycle")})
        seen.add(above)
        above = manager.filter(pk=above).values_list(f"{field}_id", flat=True).first()
