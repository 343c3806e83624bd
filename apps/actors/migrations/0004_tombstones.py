"""What was removed by law leaves a tombstone, and only together with one is anything erased from a history.

`parallax_keep` guards a table: no row of it is changed, deleted or truncated. Its one door is `parallax.removing`, the
key of a tombstone that was made in the same transaction (`apps.actors.actions.removing`); with an argument, as on the
tombstones themselves, it has none. Unlike a trigger of pgtrigger it cannot be switched off by a setting alone.
"""

import django.contrib.postgres.functions
import django.core.validators
import pgtrigger.migrations
from django.db import migrations, models

# A tombstone of this transaction bears the moment at which it began; one that was imported or made earlier does not.
IS_REMOVING = """
CREATE FUNCTION parallax_is_removing() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM public.actors_tombstone WHERE removed_at = transaction_timestamp()
        AND id::text = current_setting('parallax.removing', true)
    )
$$
"""
KEEP = """
CREATE FUNCTION parallax_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND TG_NARGS = 0 AND public.parallax_is_removing() THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'kept_for_ever', MESSAGE = format(
        'kept_for_ever: Cannot %s %s: what is recorded there stays.', lower(TG_OP), TG_TABLE_NAME);
END
$$
"""
KEEP_TOMBSTONES = """
CREATE TRIGGER parallax_keep BEFORE UPDATE OR DELETE ON actors_tombstone
    FOR EACH ROW EXECUTE FUNCTION parallax_keep('without a door');
CREATE TRIGGER parallax_keep_all BEFORE TRUNCATE ON actors_tombstone
    FOR EACH STATEMENT EXECUTE FUNCTION parallax_keep('without a door');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0003_history_by_row"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("claim", "Claim"),
                            ("citation", "Citation"),
                            ("stance", "Stance"),
                            ("frozen", "frozen comparison"),
                        ],
                        max_length=10,
                    ),
                ),
                ("public_id", models.CharField(max_length=100, verbose_name="id")),
                (
                    "sha256",
                    models.CharField(
                        help_text="Of its canonical JSON, so that whoever holds a copy can prove that it is one.",
                        max_length=64,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9a-f]{64}\\Z", "Give a SHA-256 as 64 digits and letters a to f."
                            )
                        ],
                        verbose_name="SHA-256 of what was removed",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        help_text="For readers, for example “Judgment of the Hamburg Regional Court, 324 O 1/26”."
                    ),
                ),
                ("removed_by", models.CharField(help_text="Who removed it, for example “M. Okafor”.", max_length=150)),
                ("removed_at", models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="actorevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="aliasevent",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="redirectevent",
            name="append_only",
        ),
        migrations.AddConstraint(
            model_name="tombstone",
            constraint=models.UniqueConstraint(
                fields=("kind", "public_id"), name="tombstone_once", violation_error_message="This was removed already."
            ),
        ),
        migrations.AddConstraint(
            model_name="tombstone",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["claim", "citation", "stance", "frozen"])),
                name="tombstone_kind_known",
                violation_error_code="kind_known",
                violation_error_message="Choose one of: claim, citation, stance, frozen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tombstone",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="tombstone_sha256_shape",
                violation_error_code="sha256_shape",
                violation_error_message="Give a SHA-256 as 64 digits and letters a to f.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tombstone",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "\\S"), ("removed_by__regex", "\\S")),
                name="tombstone_says_why",
                violation_error_code="says_why",
                violation_error_message="Say why it was removed, and by whom.",
            ),
        ),
        migrations.RunSQL(IS_REMOVING, "DROP FUNCTION parallax_is_removing()"),
        migrations.RunSQL(KEEP, "DROP FUNCTION parallax_keep() CASCADE"),
        migrations.RunSQL(KEEP_TOMBSTONES, migrations.RunSQL.noop),
    ]
