"""Frozen comparisons while what they are made of changes: moments between transactions, so a file of its own."""

import re
from datetime import date
from hashlib import sha256
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db.models import F
from django.test import Client

from apps.actors.models import Actor
from apps.claims.actions import retract_claim
from apps.claims.models import Citation, Claim, Place, Question, Topic
from apps.comparisons.queries import ComparisonQuery
from apps.publishing.actions import freeze
from apps.sources.models import Source
from tests.comparisons.test_known import in_moments, now
from tests.publishing.test_frozen import freeze_now


def without_banner(page: str) -> str:
    """The page with the one element cut out that is no part of what was frozen."""
    before, banner = page.split('<aside class="note" id="banner"', 1)
    return before + banner.split("</aside>", 1)[1]


def banner_in(page: str) -> str:
    banner = page.split('<aside class="note" id="banner"', 1)[1].split("</aside>", 1)[0]
    return " ".join(banner.split())


def change_everything() -> None:
    """Changes, renames, takes back and deletes what the comparison is made of."""
    claims = Claim.objects.filter(question__slug="troops-sent", status="published")
    ends = {name: F(name) - 1 for name in ("lower", "upper", "point")}
    claims.update(stated_value="another number", **ends)
    retract_claim(claim=claims[0], by="Ada", why="It was not said.", at=now())
    Citation.objects.filter(claim=claims[1], is_primary=False).delete()
    Question.objects.filter(slug="troops-sent").update(slug="soldiers-sent", title="Renamed", definition="Redefined")
    for model in (Actor, Place, Source, Topic):
        for renamed in model._default_manager.all():
            model._default_manager.filter(pk=renamed.pk).update(slug=f"{renamed.slug}-2")
    Actor.objects.update(name="Somebody", short_name="")
    Place.objects.update(name="Somewhere")
    Source.objects.update(title="Something")
    Topic.objects.update(title="Some topic")


@in_moments
def test_bytes_and_page_stay_when_what_they_are_made_of_changes(client: Client) -> None:
    call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    row = freeze_now()
    suffixes = (".json", ".csv", ".xlsx", ".svg", ".svg?view=time", ".png", "/share.png", ".bib")
    address, before = f"/frozen/{row.public_id}", bytes(row.document)
    page, files = client.get(f"{address}/").text, [client.get(address + suffix).getvalue() for suffix in suffixes]
    assert "No claim was added or changed since." in banner_in(page)
    change_everything()
    later = client.get(f"{address}/")
    assert later.status_code == 200
    assert without_banner(later.text).encode() == without_banner(page).encode()
    assert [client.get(address + suffix).getvalue() for suffix in suffixes] == files
    assert files[0] == before
    assert sha256(before).hexdigest() == row.sha256
    call_command("verify_frozen", stdout=StringIO())
    again = freeze(question="soldiers-sent", query=ComparisonQuery(), known=now(), today=date(2025, 6, 1))
    assert again.sha256 != row.sha256


@in_moments
def test_the_banner_says_what_became_of_the_live_comparison(client: Client) -> None:
    call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    row = freeze_now()
    Claim.objects.filter(public_id__in=["c128", "c127"], question__slug="troops-sent").update(stated_value="another")
    Question.objects.filter(slug="troops-sent").update(slug="soldiers-sent", title="Renamed")
    banner = banner_in(client.get(f"/frozen/{row.public_id}/").text)
    changed = Claim.objects.filter(stated_value="another").count()
    assert changed
    assert f"{changed} claim{'s' * (changed != 1)} added or changed since" in banner
    assert "The question is called “Renamed” now." in banner
    for link in re.findall(r'href="([^"]+)"', banner):
        response = client.get(link.replace("&amp;", "&"))
        assert response.status_code == 200
        assert response.request["PATH_INFO"].startswith("/questions/soldiers-sent/")


@in_moments
def test_the_same_is_frozen_once_whoever_asks_and_whenever() -> None:
    call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    first = freeze_now(places=("russia", "ukraine"))
    second = freeze_now(places=("ukraine", "russia"), view="day")
    assert second.pk == first.pk
    Claim.objects.filter(public_id="c064").update(note="Changed")
    assert freeze_now(places=("russia", "ukraine")).pk != first.pk
