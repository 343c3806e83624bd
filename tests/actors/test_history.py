"""Every change of every entity is kept, whichever way it is written, and what is kept never changes."""

from datetime import date
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import connection, models

from apps.actors.models import Actor, Alias, Redirect, Tombstone
from apps.claims.models import (
    ActorReliability,
    Basis,
    ClaimCredibility,
    Correction,
    JointClaimant,
    Relay,
    Stance,
)
from tests.factories import (
    build_claim,
    figure_columns,
    make_actor,
    make_citation,
    make_claim,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db
GRADED = {"graded_on": date(2025, 1, 31), "graded_by": "ed", "reason": "why"}


def unsaved(model: type[models.Model]) -> models.Model:
    """A valid row of any entity that is not saved."""
    name = model.__name__
    if name == "Claim":
        return build_claim()
    if name == "Citation":
        claim = make_claim()
        return model(claim=claim, source=make_source(), **figure_columns(claim.figure))
    columns: dict[str, Any] = {
        "Actor": lambda: {"slug": "a", "name": "a", "kind": "state"},
        "Alias": lambda: {"actor": make_actor(), "name": "b"},
        "Redirect": lambda: {"kind": "actor", "old_slug": "a", "target_slug": make_actor("there").slug},
        "Source": lambda: {"slug": "a", "title": "a", "publisher": make_actor()},
        "Topic": lambda: {"slug": "a", "title": "a"},
        "Question": lambda: {"slug": "a", "title": "a", "unit": "u", "measure": "flow", "topic": make_topic()},
        "Place": lambda: {"slug": "a", "name": "a"},
        "JointClaimant": lambda: {"claim": make_claim(), "actor": make_actor()},
        "Relay": lambda: {"citation": make_citation(make_claim()), "actor": make_actor()},
        "Basis": lambda: {"claim": make_claim(), "kind": "cites", "target_actor": make_actor()},
        "Stance": lambda: {"claim": make_claim(), "actor": make_actor(), "kind": "denies"},
        "ActorReliability": lambda: {"actor": make_actor(), "grade": "A", **GRADED},
        "ClaimCredibility": lambda: {"claim": make_claim(), "grade": "1", **GRADED},
        "Correction": lambda: {"what_was_wrong": "a", "what_was_done": "b", "corrected_on": date(2025, 1, 31)},
    }[name]()
    return model(**columns)


#: model → a text column and another good value for it
CHANGES: dict[type[models.Model], tuple[str, str]] = {
    Alias: ("name", "other"),
    Redirect: ("old_slug", "other"),
    Actor: ("note", "other"),
    JointClaimant: ("position", "7"),
    Relay: ("position", "7"),
    Basis: ("note", "other"),
    Stance: ("quote", "other"),
    ActorReliability: ("reason", "other"),
    ClaimCredibility: ("reason", "other"),
    Correction: ("what_was_done", "other"),
}
DEFAULT_CHANGES = {"Topic": ("summary", "other")}
ENTITIES = [
    model
    for label in ("actors", "sources", "claims")
    for model in apps.get_app_config(label).get_models()
    if not issubclass(model, pghistory.models.Event) and model is not Tombstone  # which never changes
]


def change_of(model: type[models.Model]) -> tuple[str, str]:
    return CHANGES.get(model) or DEFAULT_CHANGES.get(model.__name__) or ("note", "other")


def events_of(model: type[models.Model]) -> Any:
    found = pghistory.core.event_models(tracks_model=model)
    assert len(found) == 1, f"{model.__name__} has no history"
    return found[0]


def labels(model: type[models.Model], pk: int) -> list[str]:
    return list(
        events_of(model)._default_manager.filter(pgh_obj_id=pk).order_by("pgh_id").values_list("pgh_label", flat=True)
    )


@pytest.mark.parametrize("model", ENTITIES, ids=lambda model: model.__name__)
def test_saving_and_deleting_are_kept(model: type[models.Model]) -> None:
    row = unsaved(model)
    row.save()
    pk = row.pk
    column, value = change_of(model)
    setattr(row, column, value)
    row.save()
    row.delete()
    assert labels(model, pk) == ["insert", "update", "delete"]


@pytest.mark.parametrize("model", ENTITIES, ids=lambda model: model.__name__)
def test_bulk_writing_is_kept(model: type[models.Model]) -> None:
    row = unsaved(model)
    model._default_manager.bulk_create([row])
    column, value = change_of(model)
    model._default_manager.filter(pk=row.pk).update(**{column: value})
    setattr(row, column, "8" if value == "7" else "third")
    model._default_manager.bulk_update([row], [column])
    model._default_manager.filter(pk=row.pk).delete()
    assert labels(model, row.pk) == ["insert", "update", "update", "delete"]


@pytest.mark.parametrize("model", ENTITIES, ids=lambda model: model.__name__)
def test_raw_sql_is_kept_with_every_column(model: type[models.Model]) -> None:
    row = unsaved(model)
    row.save()
    column, value = change_of(model)
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {model._meta.db_table} SET "{column}" = %s WHERE id = %s', [value, row.pk])
    newest = events_of(model)._default_manager.filter(pgh_obj_id=row.pk).latest("pgh_id")
    assert (newest.pgh_label, str(getattr(newest, column))) == ("update", value)
    kept = {field.name for field in events_of(model)._meta.get_fields()}
    assert {field.name for field in model._meta.concrete_fields if not field.generated} <= kept


@pytest.mark.parametrize("model", ENTITIES, ids=lambda model: model.__name__)
def test_saving_without_a_change_keeps_nothing(model: type[models.Model]) -> None:
    row = unsaved(model)
    row.save()
    row.save()
    assert labels(model, row.pk) == ["insert"]


def test_a_changed_key_is_kept() -> None:
    actor = make_actor()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE actors_actor SET id = -5 WHERE id = %s", [actor.pk])
    assert labels(Actor, -5) == ["update"]


def test_the_context_says_who() -> None:
    with pghistory.context(user=7):
        actor = make_actor()
    event = events_of(Actor)._default_manager.get(pgh_obj_id=actor.pk)
    assert event.pgh_context.metadata == {"user": 7}
