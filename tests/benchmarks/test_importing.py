"""What the benchmark of imports does; its times are for people to judge."""

import pytest

from apps.claims.models import Claim
from benchmarks.importing.compare import forecasts, measured

pytestmark = pytest.mark.django_db


def test_it_brings_in_what_it_makes_up_and_nothing_the_second_time() -> None:
    found = measured(*forecasts(5_000))
    assert found["claims"] == Claim.objects.count() == 5_000
    assert Claim.objects.exclude(supersedes=None).count() > 1_000
    assert found["import / COPY"] > 1
    assert found["the same again / import"] < 1
