"""`remove_for_law`: the command, and the address that answers 410 with a note ever after."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from apps.actors.models import Tombstone
from apps.claims.models import Claim
from apps.ingest.bundle import import_bundle
from apps.publishing.bundle import export_bundle
from apps.web.queries import moment_iso
from tests.comparisons.test_known import in_moments, now
from tests.factories import make_published_claim
from tests.publishing.test_export_bundle import contents, empty

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db: None) -> None:
    import_bundle(settings.PARALLAX_DEMO_BUNDLE)


def remove(public_id: str, *options: str) -> str:
    output = StringIO()
    given = ["--reason", "324 O 1/26", "--by", "M. Okafor", *(options or ["--yes"])]
    call_command("remove_for_law", "claim", public_id, *given, stdout=output)
    return output.getvalue()


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("builtins.input", lambda question: text)


def test_it_asks_for_the_id(monkeypatch: pytest.MonkeyPatch) -> None:
    make_published_claim(public_id="c1")
    answer(monkeypatch, "yes")
    with pytest.raises(CommandError, match="Nothing was removed"):
        remove("c1", "--verbosity=1")
    assert Claim.objects.get().status == "published"
    answer(monkeypatch, " c1\n")
    remove("c1", "--verbosity=1")
    assert Claim.objects.get().status == "removed"


def test_it_says_what_is_left(demo: None) -> None:
    lines = remove("c161").splitlines()
    assert lines[0].startswith("Removed the claim c161; SHA-256 of what it said: ")
    assert lines[1] == "Part of it, superseding it or resting on it: c162, c188. They stay as they are."
    assert lines[2].startswith("Its sources stay, with titles and archived copies: ")
    assert lines[3] == "Frozen documents that hold it: none."


def test_an_unknown_id_is_a_sentence() -> None:
    with pytest.raises(CommandError, match="Nothing was removed: There is no claim “c1” to remove"):
        remove("c1")


def test_its_address_says_that_it_is_gone_and_why(client: Client) -> None:
    make_published_claim(public_id="c1", stated_value="about 4,711")
    remove("c1")
    sha256 = Tombstone.objects.get(kind="claim").sha256
    for suffix, kind in (
        ("/", "text/html"),
        (".json", "application/json"),
        (".csv", "text/plain"),
        (".bib", "text/plain"),
    ):
        response = client.get(f"/claims/c1{suffix}")
        assert response.status_code == 410
        assert response["Content-Type"].startswith(kind)
        assert "324 O 1/26" in response.text
        assert sha256 in response.text
        assert "4,711" not in response.text
    assert client.get("/claims/c2/").status_code == 404
    assert "As known on" not in client.get("/claims/c1/", {"known": moment_iso(now())}).text, "no moment brings it back"


#: Pages and documents of the demo on which c161 stood.
AROUND = (
    "/questions/killed-or-wounded/?on=2025-01-31",
    "/questions/killed-or-wounded.json?on=2025-01-31",
    "/questions/killed-or-wounded.csv?on=2025-01-31",
    "/claims/c162/",
    "/claims/c188.json",
    "/claims/c188/",
    "/corrections/",
    "/",
    "/questions/",
)


@in_moments
def test_it_is_gone_from_every_page_of_today_and_of_the_past(client: Client) -> None:
    call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE), verbosity=0)
    before = now()
    claim = Claim.objects.select_related("claimant").get(public_id="c161")
    around = [*AROUND, claim.claimant.get_absolute_url(), f"/actors/{claim.claimant.slug}.json"]
    assert any("/claims/c161/" in client.get(address).getvalue().decode() for address in around)
    remove("c161")
    for address in around:
        for known in ("", f"known={moment_iso(before)}", f"known={moment_iso(now())}"):
            response = client.get(f"{address}{'&' if '?' in address else '?'}{known}")
            assert response.status_code == 200, address
            assert "/claims/c161/" not in response.getvalue().decode(), address
    assert client.get(f"/claims/c161/?known={moment_iso(before)}").status_code == 410


def test_a_removal_survives_export_and_import(demo: None, tmp_path: Path) -> None:
    remove("c161")
    export_bundle(tmp_path / "one")
    empty()
    import_bundle(tmp_path / "one")
    export_bundle(tmp_path / "two")
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    assert Tombstone.objects.get(kind="claim").reason == "324 O 1/26"


def test_a_bundle_does_not_bring_it_back(demo: None) -> None:
    remove("c161")
    with pytest.raises(CommandError) as refused:
        call_command("import_bundle", str(settings.PARALLAX_DEMO_BUNDLE))
    assert "Nothing was imported" in str(refused.value)
    assert Claim.objects.get(public_id="c161").status == "removed"


def test_a_tombstone_of_what_is_still_there_is_refused_with_its_line(demo: None, tmp_path: Path) -> None:
    row = f"claim,c161,{'0' * 64},r,me,2025-01-31T00:00:00Z\n"
    (tmp_path / "tombstones.csv").write_text("kind,id,sha256,reason,removed_by,removed_at\n" + row)
    with pytest.raises(CommandError) as refused:
        call_command("import_bundle", str(tmp_path))
    assert "tombstones.csv, line 2, column id: given “c161”; wanted the id of what is no longer there" in str(
        refused.value
    )
