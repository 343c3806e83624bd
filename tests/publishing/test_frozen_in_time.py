"""Frozen comparisons while what they are made of changes: moments between transactions, so a file of its own."""

from datetime import date
from hashlib import sha256
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db.models import F
from django.test import Client

from apps.actors.models import Actor
from apps.claims.actions import retract_claim
from apps.claims.models import Citation, Claim, Place, Question
from apps.comparisons.queries import ComparisonQuery
from apps.publishing.actions import freeze
from tests.comparisons.test_known import in_moments, now
from tests.publishing.test_frozen import freeze_now


@in_moments
def test_bytes_stay_when_what_it_is_made_of_changes(client: Client) -> None:
    call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    row = freeze_now()
    address, before = row.get_absolute_url(), bytes(row.document)
    assert sha256(before).hexdigest() == row.sha256
    claims = Claim.objects.filter(question__slug="troops-sent", status="published")
    ends = {name: F(name) - 1 for name in ("lower", "upper", "point")}
    claims.update(stated_value="another number", **ends)
    retract_claim(claim=claims[0], by="Ada", why="It was not said.", at=now())
    Citation.objects.filter(claim=claims[1], is_primary=False).delete()
    Question.objects.filter(slug="troops-sent").update(slug="soldiers-sent", title="Renamed")
    for model in (Actor, Place):
        for renamed in model._default_manager.all():
            model._default_manager.filter(pk=renamed.pk).update(slug=f"{renamed.slug}-2", name=f"{renamed.name} 2")
    response = client.get(address)
    assert response.status_code == 200
    assert response.content == before
    call_command("verify_frozen", stdout=StringIO())
    again = freeze(question="soldiers-sent", query=ComparisonQuery(), known=now(), today=date(2025, 6, 1))
    assert again.sha256 != row.sha256


@in_moments
def test_the_same_is_frozen_once_whoever_asks_and_whenever() -> None:
    call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    first = freeze_now(places=("russia", "ukraine"))
    second = freeze_now(places=("ukraine", "russia"), view="day")
    assert second.pk == first.pk
    Claim.objects.filter(public_id="c064").update(note="Changed")
    assert freeze_now(places=("russia", "ukraine")).pk != first.pk
