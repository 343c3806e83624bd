"""The chart over time and the matrix, on a day between statement and revision, and beyond their limits."""

import pytest
from django.test import Client

from apps.comparisons.pages import timeline
from apps.domain.parsing import parse
from tests.factories import make_published_claim, make_question

pytestmark = pytest.mark.django_db


def test_a_line_does_not_end_at_a_revision_that_was_not_stated_yet(client: Client) -> None:
    question = make_question(slug="killed-there")
    figure = parse("100").figure
    first = make_published_claim(question=question, figure=figure, as_of_start="2024-11-04", stated_on="2024-11-04")
    same = {"claimant": first.claimant, "place": first.place, "as_of_start": "2024-11-04", "figure": figure}
    make_published_claim(question=question, stated_on="2024-11-20", supersedes=first, revision_kind="updated", **same)
    over_time = client.get("/questions/killed-there/?on=2024-11-10").context["page"].over_time
    (panel,) = over_time.panels
    assert 'class="hold"' in panel.plot
    assert over_time.later == 1


def test_what_stands_since_before_the_dates_shown_is_held_in_the_matrix(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "MOST_DATES", 3)
    question = make_question(slug="killed-there")
    old = make_published_claim(question=question, as_of_start="2024-01-01")
    other = make_published_claim(question=question, as_of_start="2024-02-01").claimant
    for day in range(2, 6):
        make_published_claim(question=question, claimant=other, as_of_start=f"2024-02-0{day}")
    matrix = client.get("/questions/killed-there/?on=2024-03-01").context["page"].matrix
    assert (len(matrix.rows), matrix.dates_left_out) == (3, 3)
    assert [row.iso for row in matrix.rows] == ["2024-02-05", "2024-02-04", "2024-02-03"]
    held = {cell.held for row in matrix.rows for column, cell in row.cells if column.slug == old.claimant.slug}
    assert held == {old.stated_value}
