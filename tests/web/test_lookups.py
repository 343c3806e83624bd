"""Asking for many keys with one parameter finds what a list of keys finds."""

from typing import Any

import pytest
from django.db import connection, models
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from apps.actors.models import Actor
from apps.claims.models import Claim
from apps.web.lookups import AnyOf
from tests.factories import make_actor, make_claim

pytestmark = pytest.mark.django_db


def found(model: type[models.Model], path: str, keys: Any) -> set[Any]:
    with CaptureQueriesContext(connection) as captured:
        rows = set(model._default_manager.filter(AnyOf(F(path), keys)).values_list(path, flat=True))
    assert rows == set(model._default_manager.filter(**{f"{path}__in": list(keys)}).values_list(path, flat=True))
    assert len(captured) == 1
    return rows


def test_what_is_asked_for_is_found_and_no_more() -> None:
    for slug in ("iran", "iraq", "oman"):
        make_actor(slug)
    assert found(Actor, "slug", {"iran", "iraq", "nobody"}) == {"iran", "iraq"}
    assert found(Actor, "slug", ()) == set()
    assert found(Actor, "pk", dict.fromkeys(Actor.objects.values_list("pk", flat=True)))


def test_keys_may_lie_behind_a_relation() -> None:
    claim = make_claim()
    assert found(Claim, "claimant__slug", [claim.claimant.slug, "nobody"]) == {claim.claimant.slug}


def test_many_keys_are_one_parameter_of_the_type_of_the_column() -> None:
    statement, params = Actor.objects.filter(AnyOf(F("slug"), [f"a{n}" for n in range(5_000)])).query.sql_with_params()
    assert statement.endswith('WHERE "actors_actor"."slug" = ANY(%s::varchar[])')
    assert len(params) == 1
