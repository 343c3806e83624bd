"""A second set of tables, seen at a past moment: views over the histories, of the same names and columns.

A query that runs with `search_path = as_known, public` and `parallax.known` set to a moment sees every tracked table as it
was then (`apps.actors.as_known`). The views are made by a function that reads the present tables, so that a later migration
which changes a tracked table begins with `DROP_VIEWS` and ends with `MAKE_VIEWS`.
"""

from django.db import migrations

# The moment is a setting of the transaction. Written so that a query plan sees one constant.
KNOWN = """
CREATE FUNCTION parallax_known() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT current_setting('parallax.known')::timestamptz
$$
"""

# The last event of a row up to the moment is the one without a later one; that question is answered by the index on
# (pgh_obj_id, pgh_id), and what a page asks for (a question's claims) by the indexes that the history has. The id is that of
# the tracked row, because that column is indexed; joins would read whole histories otherwise.
MAKE = r"""
CREATE FUNCTION parallax_make_known_views() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    tracked record;
    columns text;
BEGIN
    CREATE SCHEMA IF NOT EXISTS as_known;
    FOR tracked IN
        SELECT base.table_name AS name, events.table_name AS history
        FROM information_schema.tables base
        JOIN information_schema.tables events
            ON events.table_schema = 'public' AND events.table_name = base.table_name || 'event'
        WHERE base.table_schema = 'public' AND base.table_type = 'BASE TABLE'
    LOOP
        SELECT string_agg(
            CASE WHEN is_generated = 'ALWAYS' THEN generation_expression || ' AS ' || quote_ident(column_name)
            WHEN column_name = 'id' THEN 'event.pgh_obj_id AS id'
            ELSE 'event.' || quote_ident(column_name) END, ', ' ORDER BY ordinal_position
        ) INTO columns
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name = tracked.name;
        EXECUTE format(
            'CREATE VIEW as_known.%1$I AS SELECT %3$s FROM public.%2$I event
            WHERE event.pgh_label <> ''delete'' AND event.pgh_created_at <= public.parallax_known()
            AND NOT EXISTS (
                SELECT FROM public.%2$I later WHERE later.pgh_obj_id = event.pgh_obj_id
                AND later.pgh_id > event.pgh_id AND later.pgh_created_at <= public.parallax_known()
            )', tracked.name, tracked.history, columns);
        EXECUTE format(
            'CREATE VIEW as_known.%1$I AS SELECT * FROM public.%1$I WHERE pgh_created_at <= public.parallax_known()',
            tracked.history);
    END LOOP;
END
$$
"""

MAKE_VIEWS = migrations.RunSQL("SELECT parallax_make_known_views()", "DROP SCHEMA as_known CASCADE")
DROP_VIEWS = migrations.RunSQL("DROP SCHEMA as_known CASCADE", "SELECT parallax_make_known_views()")


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_why_numbers_differ_from_words")]
    operations = [
        migrations.RunSQL(KNOWN, "DROP FUNCTION parallax_known()"),
        migrations.RunSQL(MAKE, "DROP FUNCTION parallax_make_known_views()"),
        MAKE_VIEWS,
    ]
