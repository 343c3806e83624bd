"""Functions of constraints become part of the statements that use them, which is many times faster.

PostgreSQL writes the body of an SQL function in place of its call only where the function is not STRICT, unless every
step of it is. These answer null for null as they stand.
"""

from django.db import migrations

FUNCTIONS = ("parallax_partial_first(text)", "parallax_partial_last(text)", "parallax_significant_digits(numeric)")


class Migration(migrations.Migration):
    dependencies = [("actors", "0006_who_edited_is_kept")]
    operations = [
        migrations.RunSQL(f"ALTER FUNCTION {name} CALLED ON NULL INPUT", f"ALTER FUNCTION {name} STRICT")
        for name in FUNCTIONS
    ]
