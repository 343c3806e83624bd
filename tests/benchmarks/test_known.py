"""What the benchmark of past comparisons asks for; its times are for people to judge."""

from datetime import UTC, datetime

import pytest

from apps.claims.models import Citation, Claim
from benchmarks.known.compare import edit_all, works
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_asks_live_and_as_known_before_and_after_changes() -> None:
    claim = factories.make_published_claim()
    before = datetime.now(UTC)
    edit_all()
    assert (Claim.objects.get().note, Citation.objects.get().note) == ("!", "!")

    asked = works(claim.question.get_absolute_url(), {"then": before, "now": datetime.now(UTC)})
    assert list(asked) == ["page", "page, known then", "page, known now", "json", "json, known then", "json, known now"]
    answers = {name: work() for name, work in asked.items()}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert "As known on" not in answers["page"].text
    assert "1 claim was added or changed since" not in answers["page, known then"].text  # a note is no figure
    assert answers["json, known then"].json()["known"] is not None
