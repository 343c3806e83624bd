"""Numbers that an editor gave against the words are told to readers, with the reason."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db

REASON = "The outlet corrected the number the next day."


def test_a_claim_says_why_its_numbers_are_not_those_of_its_words(client: Client) -> None:
    claim = factories.make_published_claim(override_reason=REASON)
    assert REASON in client.get(f"/claims/{claim.public_id}/").text
    assert client.get(f"/claims/{claim.public_id}.json").json()["override_reason"] == REASON


def test_so_does_a_citation(client: Client) -> None:
    claim = factories.make_published_claim()
    factories.make_citation(claim, override_reason=REASON)
    assert REASON in client.get(f"/claims/{claim.public_id}/").text
    printed = [
        one["as_printed"]["override_reason"]
        for one in client.get(f"/claims/{claim.public_id}.json").json()["citations"]
    ]
    assert printed == [None, REASON]


def test_a_claim_without_one_says_nothing(client: Client) -> None:
    claim = factories.make_published_claim()
    assert "given by an editor" not in client.get(f"/claims/{claim.public_id}/").text
    assert client.get(f"/claims/{claim.public_id}.json").json()["override_reason"] is None
