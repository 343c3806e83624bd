"""What leads to a row: every foreign key, whoever added it."""

from collections.abc import Iterator

from django.db import models


def references(to: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Every relation that leads to a model, histories left out; one that is added later is here by itself."""
    for relation in to._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            model = relation.related_model
            assert isinstance(model, type)
            if not hasattr(model, "pgh_tracked_model"):
                yield model, relation.field.name
