"""No history is changed, deleted or truncated, but where a law demands it (`parallax_keep`, actors migration 0004).

A later migration that tracks another table ends with `GUARD_HISTORY`.
"""

import pgtrigger.migrations
from django.db import migrations

# Truncating a tracked table itself is refused too: it would be a change that its history does not have.
GUARD = """
CREATE FUNCTION parallax_guard_history() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    tracked record;
BEGIN
    FOR tracked IN
        SELECT base.table_name AS name, events.table_name AS history
        FROM information_schema.tables base
        JOIN information_schema.tables events
            ON events.table_schema = 'public' AND events.table_name = base.table_name || 'event'
        WHERE base.table_schema = 'public' AND base.table_type = 'BASE TABLE'
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER parallax_keep BEFORE UPDATE OR DELETE ON public.%2$I
                FOR EACH ROW EXECUTE FUNCTION parallax_keep();
            CREATE OR REPLACE TRIGGER parallax_keep_all BEFORE TRUNCATE ON public.%2$I
                FOR EACH STATEMENT EXECUTE FUNCTION parallax_keep();
            CREATE OR REPLACE TRIGGER parallax_keep_all BEFORE TRUNCATE ON public.%1$I
                FOR EACH STATEMENT EXECUTE FUNCTION parallax_keep()', tracked.name, tracked.history);
    END LOOP;
END
$$
"""

GUARD_HISTORY = migrations.RunSQL("SELECT parallax_guard_history()", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0006_history_by_row"),
        ("actors", "0004_tombstones"),
        ("sources", "0003_history_is_guarded"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="actorreliabilityevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="basisevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="citationevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="claimcredibilityevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="claimevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="correctionevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jointclaimantevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="placeevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="questionevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="relayevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="stanceevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="topicevent",
            name="append_only",
        ),
        migrations.RunSQL(GUARD, "DROP FUNCTION parallax_guard_history()"),
        GUARD_HISTORY,
    ]
