"""A large import looks rows up by their keys, whatever the database believes of the size of its tables."""

import pytest
from django.db import connection

from apps.claims.models import Claim
from apps.ingest.long_form.importing import import_claims
from benchmarks.importing.compare import forecasts

pytestmark = pytest.mark.django_db
READ = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = %s"
#: What a vacuum says of a table whose rows are all dead or not committed yet.
SEEN_EMPTY = """
SELECT pg_restore_relation_stats(
    'schemaname', 'public', 'relname', 'claims_claim', 'relpages', 500, 'reltuples', 0.0::real, 'version', 180000
)
"""
ROWS = 4_000


def test_a_table_that_was_seen_empty_is_not_read_whole_for_each_row() -> None:
    """As after a dry run, whose dead rows are cleared away while the real one is under way."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN_EMPTY)
        import_claims(*forecasts(ROWS))
        cursor.execute(READ, ["claims_claim"])
        (rows_read,) = cursor.fetchone()
    revisions = Claim.objects.exclude(supersedes=None).count()
    assert revisions > 500
    assert ROWS < rows_read < 40 * ROWS
