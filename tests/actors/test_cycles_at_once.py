"""Two people who would close a circle together, at the same moment, in transactions that do not see each other."""

from threading import Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction

from apps.actors.models import Actor
from apps.claims.models import Citation, Claim
from tests.factories import make_actor, make_citation, make_claim, make_published_claim

pytestmark = pytest.mark.django_db(transaction=True)


class Other(Thread):
    """One statement in a transaction of its own; `failed` says whether the database refused it."""

    def __init__(self, sql: str, *given: object) -> None:
        super().__init__(daemon=True)
        self.sql, self.given, self.failed = sql, given, False
        self.start()

    def run(self) -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(self.sql, self.given)
        except IntegrityError:
            self.failed = True
        finally:
            connections.close_all()

    def is_waiting(self) -> bool:
        """Whether it still runs after a moment: the database makes it wait."""
        self.join(timeout=0.5)
        return self.is_alive()

    def was_refused(self) -> bool:
        self.join(timeout=120)
        return not self.is_alive() and self.failed


def test_one_of_two_halves_of_a_circle_is_refused() -> None:
    one, other = make_actor("one"), make_actor("other")
    with transaction.atomic():
        Actor.objects.filter(pk=one.pk).update(parent=other)
        second = Other("UPDATE actors_actor SET parent_id = %s WHERE id = %s", one.pk, other.pk)
        assert second.is_waiting()
    assert second.was_refused()


def test_a_claim_is_not_published_while_its_citation_goes() -> None:
    claim = make_claim()
    make_citation(claim, is_primary=True)
    with transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(status="published")
        deleting = Other("DELETE FROM claims_citation WHERE claim_id = %s", claim.pk)
        assert deleting.is_waiting()
    assert deleting.was_refused()
    assert Citation.objects.filter(claim=claim).exists()


def test_a_transaction_that_leaves_a_published_claim_uncited_is_undone() -> None:
    claim = make_published_claim()
    with pytest.raises(IntegrityError, match="claim_published_is_cited"):
        claim.citations.all().delete()
    assert claim.citations.count() == 1
