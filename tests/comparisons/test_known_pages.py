"""What a page of the past says of itself, and where its links lead."""

from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from apps.web.queries import moment_iso
from tests.comparisons.public_addresses import public_addresses
from tests.comparisons.test_known import now

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "address"), public_addresses().items())
def test_every_page_says_when_it_is_from_and_links_to_the_present(
    client: Client, demo: None, name: str, address: str
) -> None:
    page = client.get(address, {"known": moment_iso(now()), "on": "2024-11-05"})
    is_page = page.status_code == 200 and page["Content-Type"].startswith("text/html")
    if not is_page or name == "question-changes" or name.startswith("embed-"):  # cards say it in their stamp
        return
    bar = page.text.partition('role="status"')[2].partition("</div>")[0]
    assert "As known on" in bar
    assert f'href="{address}?on=2024-11-05"' in bar
    assert "As known on" not in client.get(address).text


@pytest.mark.parametrize("address", ["/claims/c064/", "/actors/ua-president/", "/sources/aj-20241105/"])
def test_the_documents_of_a_page_of_the_past_are_of_the_same_moment(client: Client, demo: None, address: str) -> None:
    known = moment_iso(now())
    text = unescape(client.get(address, {"known": known}).text)
    asked = f"{address.rstrip('/')}.csv?{urlencode({'known': known})}"
    assert f'href="{asked}"' in text
    assert f'href="{asked.replace(".csv", ".json")}"' in text
    assert client.get(asked).getvalue().decode().splitlines()[1].endswith(f",{known}")


@pytest.mark.parametrize("address", ["/questions/", "/actors/", "/questions/troops-present/"])
def test_filters_stay_in_the_past(client: Client, demo: None, address: str) -> None:
    known = moment_iso(now())
    assert f'<input type="hidden" name="known" value="{known}">' in client.get(address, {"known": known}).text


@pytest.mark.parametrize("address", ["/actors/", "/sources/"])
def test_the_next_page_stays_in_the_past(client: Client, demo: None, address: str) -> None:
    known = moment_iso(now())
    text = unescape(client.get(address, {"known": known}).text)
    assert f'rel="next" href="?{urlencode({"known": known})}&page=2"' in text


@pytest.mark.parametrize("known", ["2024-11-05", "never"])
def test_no_page_leads_to_the_host_that_an_address_looks_like(client: Client, known: str) -> None:
    """A link that begins with two slashes names a host."""
    page = client.get(f"http://testserver//elsewhere.example/x?known={known}&a=1")
    assert page.status_code in (400, 404)
    assert '"//elsewhere.example' not in page.text
    assert '"/%2Felsewhere.example/x?a=1"' in page.text
