"""What an actor must satisfy, in the database and in words."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.actors.models import Actor, Alias
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("actor_slug_shape", {"slug": "Not a slug"}),
        ("actor_kind_known", {"kind": "band"}),
        ("actor_country_shape", {"country": "kr"}),
        ("actor_wikidata_shape", {"wikidata": "884"}),
    ],
)
def test_a_bad_actor_is_refused_by_the_database_and_in_words(name: str, columns: dict[str, Any]) -> None:
    given = {"slug": "a", "name": "a", "kind": "state", **columns}
    with pytest.raises(ValidationError) as refused:
        Actor(**given).full_clean()
    assert list(refused.value.message_dict) == list(columns)
    with pytest.raises(IntegrityError, match=f'"{name}"'):
        Actor.objects.create(**given)


def test_other_names_keep_their_order_and_stand_once() -> None:
    actor = make_actor()
    for position, name in enumerate(["ROK MND", "국방부", "Defence Ministry"]):
        Alias.objects.create(actor=actor, name=name, position=position)
    assert [alias.name for alias in actor.aliases.all()] == ["ROK MND", "국방부", "Defence Ministry"]
    with pytest.raises(IntegrityError, match="alias_once_per_actor"):
        Alias.objects.create(actor=actor, name="국방부")
