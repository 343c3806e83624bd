"""Asking the database for many keys at once."""

from collections.abc import Collection
from typing import Any

from django.db import models


class AnyOf(models.Lookup[Any]):
    """`filter(AnyOf(F(path), keys))`: the same as `path__in=keys`, with one parameter in place of thousands.

    A statement with a placeholder for each key takes longer to write than to answer.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def __init__(self, lhs: models.F, keys: Collection[Any]) -> None:
        super().__init__(lhs, list(keys))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Column and parameters. The keys are of the type of the column: others are not looked up by a hash."""
        column, params = self.process_lhs(compiler, connection)
        of_column = self.lhs.output_field.rel_db_type(connection).partition("(")[0]
        return f"{column} = ANY(%s::{of_column}[])", (*params, self.rhs)
