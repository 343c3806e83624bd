"""The demo through a day of editing: `known=` gives what each page and document showed between the edits."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client

from apps.actors.models import Actor
from apps.claims.actions import merge_actors, rename, retract_claim
from apps.claims.models import Citation, Claim, Correction, Place, Question, Stance
from apps.sources.models import Source
from apps.web.queries import moment_iso
from tests.comparisons.test_known import now

in_moments = pytest.mark.django_db(transaction=True)

#: What the edits below reach; an old and a new slug where one was given up. The day of a comparison is given, because
#: `known` alone would choose its own.
ON = "on=2024-11-05"
ADDRESSES = (
    *(f"/questions/troops-present{form}?{ON}" for form in ("/", ".json", ".csv")),
    *(f"/questions/troops-there{form}?{ON}" for form in ("/", ".json", ".csv")),
    f"/questions/troops-present.json?{ON}&rollup=1",
    "/questions/killed.json?on=2025-02-01&strict=1",
    *(f"/claims/{id_}{form}" for id_ in ("c002", "c012", "c064") for form in ("/", ".json", ".csv")),
    *(f"/actors/{slug}{form}" for slug in ("us-state", "us-dod", "ua-president") for form in ("/", ".json", ".csv")),
    *(f"/sources/aj-20241105{form}" for form in ("/", ".json", ".csv")),
    "/places/kursk-oblast/",
    "/places/russia/",
    "/topics/dprk-troops-russia/",
    "/",
    "/questions/",
    "/actors/",
    "/corrections/",
    "/corrections.json",
    "/corrections.csv",
    "/feeds/all.atom",
    "/feeds/corrections.atom",
    "/feeds/topics/dprk-troops-russia.atom",
    "/feeds/questions/troops-present.atom",
    "/feeds/questions/troops-there.atom",
    "/feeds/actors/us-state.atom",
    "/feeds/actors/us-dod.atom",
)


def claims(*ids: str) -> list[Claim]:
    return [Claim.objects.get(public_id=id_) for id_ in ids]


def change_ten_claims() -> None:
    """Ten claims, each in another way, each in a transaction of its own."""
    words, numbers, place, day, speaker, population, stance, note, retracted, other = claims(
        "c002", "c064", "c012", "c013", "c014", "c020", "c039", "c042", "c008", "c001"
    )
    words.stated_value = "Over 10,000"
    numbers.stated_value, numbers.qualifier, numbers.lower = "at least 11,000", "at_least", Decimal(11000)
    numbers.lower_inclusive, numbers.upper, numbers.upper_inclusive = True, None, None
    place.place = Place.objects.get(slug="russia")
    day.as_of_start = day.as_of_end = day.stated_on
    speaker.speaker = "Somebody else"
    population.population = "Officers"
    note.note = "Changed"
    other.claimant = Actor.objects.get(slug="us-dod")
    for claim in (words, numbers, place, day, speaker, population, note, other):
        claim.save()
    Stance.objects.create(claim=stance, actor=Actor.objects.get(slug="us-state"), kind="disputes")
    retract_claim(claim=retracted, by="Ada", why="A parody.", at=datetime.now(UTC))


def rename_the_question_and_more() -> None:
    rename(entity=Question.objects.get(slug="troops-present"), new_slug="troops-there")
    Question.objects.filter(slug="troops-there").update(title="How many are there?")
    Actor.objects.filter(slug="ua-president").update(name="Head of state of Ukraine")
    Place.objects.filter(slug="kursk-oblast").update(name="Kursk", parent=None)
    Source.objects.filter(slug="aj-20241105").update(title="Another title")


def delete_a_citation() -> None:
    Citation.objects.filter(public_id="z011").delete()
    Citation.objects.filter(claim__public_id="c064", is_primary=False).delete()
    Correction.objects.create(
        public_id="k001",
        claim=Claim.objects.get(public_id="c064"),
        what_was_wrong="A citation too many.",
        what_was_done="Deleted.",
        corrected_on="2025-01-01",
    )


def merge_two_actors() -> None:
    merge_actors(actor=Actor.objects.get(slug="us-state"), into=Actor.objects.get(slug="us-dod"), by="Ada")


EDITS: tuple[Callable[[], None], ...] = (
    change_ten_claims,
    rename_the_question_and_more,
    delete_a_citation,
    merge_two_actors,
)


#: What says when a page was asked: the bar, the references, and the fields and links that keep the moment.
STAMPS = re.compile(
    r"""<div\ class="flash\ info"\ role="status">.*?</div>
    | <section\ (class="sec"\ )?id="cite">.*?</section>
    | <script\ type="application/ld\+json">.*?</script>
    | <link\ rel="alternate"\ type="application/json\+oembed"[^>]*>
    | <input\ type="hidden"\ name="known"\ value="[^"]*">
    | (?<=>)As\ known\ on\ [^<]*?\ UTC\.[ ]
    | known=[^&"<]*&amp;
    | (\?|&amp;)known(_since)?=[^&"<]*(?=["<])""",
    re.DOTALL | re.VERBOSE,
)


def unstamped(text: str, known: datetime | None) -> str:
    """A page or document less what says when it was asked; lines that are empty then are as good as none."""
    if known:
        iso = moment_iso(known)
        text = text.replace(f'"known": "{iso}"', '"known": null').replace(f",{iso}\r\n", ",\r\n")
    return re.sub(r"\n\s*\n", "\n", STAMPS.sub("", text))


def shown(client: Client, known: datetime | None = None) -> dict[str, str]:
    """Address → what it shows, without stamps; for a redirect and for what is not there the status."""
    asked = {"known": moment_iso(known)} if known else {}
    found = {}
    for address in ADDRESSES:
        path, _, query = address.partition("?")
        response = client.get(path, QueryDict(query).dict() | asked)
        text = response.getvalue().decode()
        found[address] = unstamped(text, known) if response.status_code == 200 else str(response.status_code)
    return found


@in_moments
def test_each_moment_between_the_edits_is_shown_again(client: Client) -> None:
    call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    moments = [(now(), shown(client))]
    for edit in EDITS:
        edit()
        moments.append((now(), shown(client)))
    assert [address for address in ADDRESSES if len({then[address] for _, then in moments}) == 1] == []
    assert moments[-1][1]["/actors/us-state.json"] == "301"
    for number, (moment, then) in enumerate(moments):
        known = shown(client, moment)
        # An address that something has only since then opens what it was called before: see test_known.py.
        differ = [address for address in ADDRESSES if then[address] not in ("404", known[address])]
        assert differ == [], f"after {number} edits"
