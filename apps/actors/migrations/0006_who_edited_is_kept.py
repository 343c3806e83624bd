"""Who edited, and on what occasion, is kept like the histories that point to it (`parallax_keep`, migration 0004).

pghistory writes a context with the first change that is made in it and again when more became known of it, within one
request or action. So a context may gain words, but loses none, and none is said anew.
"""

from django.db import migrations

KEEP = """
CREATE TRIGGER parallax_keep BEFORE DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION parallax_keep();
CREATE TRIGGER parallax_keep_words BEFORE UPDATE ON pghistory_context
    FOR EACH ROW WHEN (
        NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at OR NOT NEW.metadata @> OLD.metadata
    ) EXECUTE FUNCTION parallax_keep();
CREATE TRIGGER parallax_keep_all BEFORE TRUNCATE ON pghistory_context
    FOR EACH STATEMENT EXECUTE FUNCTION parallax_keep();
"""
UNGUARD = """
DROP TRIGGER parallax_keep ON pghistory_context;
DROP TRIGGER parallax_keep_words ON pghistory_context;
DROP TRIGGER parallax_keep_all ON pghistory_context;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0005_redirects_lead_on"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(KEEP, UNGUARD),
    ]
