"""Frozen comparisons: rows that are added and never changed (decision 7)."""

import django.contrib.postgres.functions
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE TRIGGER parallax_keep BEFORE UPDATE OR DELETE ON publishing_frozencomparison
    FOR EACH ROW EXECUTE FUNCTION parallax_keep();
CREATE TRIGGER parallax_keep_all BEFORE TRUNCATE ON publishing_frozencomparison
    FOR EACH STATEMENT EXECUTE FUNCTION parallax_keep();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actors", "0004_tombstones"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenComparison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        error_messages={"unique": "Another one has this id already."},
                        help_text="The first digits of the hash, as many as it takes to be told from others.",
                        max_length=64,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9a-f]{12,64}\\Z",
                                "Give 12 to 64 digits and letters a to f, the first ones of the hash.",
                            )
                        ],
                        verbose_name="id",
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        error_messages={"unique": "This was frozen already."},
                        help_text="In hexadecimal digits.",
                        max_length=64,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9a-f]{64}\\Z", "Give a SHA-256 as 64 digits and letters a to f."
                            )
                        ],
                        verbose_name="SHA-256 of the document",
                    ),
                ),
                (
                    "document",
                    models.BinaryField(help_text="Canonical JSON (RFC 8785) in the format that it names itself."),
                ),
                (
                    "question_slug",
                    models.CharField(
                        help_text="The slug that the question had; where it was renamed, that leads to the present one.",
                        max_length=100,
                    ),
                ),
                ("frozen_at", models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
                (
                    "frozen_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who froze it; empty when a program did.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("public_id__regex", "^[0-9a-f]{12,64}$")),
                        name="frozencomparison_public_id_shape",
                        violation_error_code="public_id_shape",
                        violation_error_message="Give 12 to 64 digits and letters a to f, the first ones of the hash.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__startswith", models.F("public_id"))),
                        name="frozencomparison_id_begins_hash",
                        violation_error_code="id_begins_hash",
                        violation_error_message="The id is the beginning of the hash.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sha256",
                                models.Func(
                                    models.Func(models.F("document"), function="sha256"),
                                    models.Value("hex"),
                                    function="encode",
                                    output_field=models.CharField(),
                                ),
                            )
                        ),
                        name="frozencomparison_is_hashed",
                        violation_error_code="is_hashed",
                        violation_error_message="The hash is that of the document.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="frozencomparison",
            trigger=pgtrigger.compiler.Trigger(
                name="id_is_clear",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM pg_advisory_xact_lock(hashtextextended('frozen comparison', 0));\n    IF EXISTS (\n        SELECT 1 FROM actors_tombstone\n        WHERE kind = 'frozen' AND (sha256 = NEW.sha256 OR starts_with(sha256, NEW.public_id))\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'frozencomparison_removed_by_law', MESSAGE =\n            'frozencomparison_removed_by_law: ' || NEW.public_id || ' was removed by law and does not come back.';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM publishing_frozencomparison\n        WHERE starts_with(sha256, NEW.public_id) AND sha256 <> NEW.sha256\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'frozencomparison_id_is_clear', MESSAGE =\n            'frozencomparison_id_is_clear: another hash begins with ' || NEW.public_id || '; give more digits.';\n    END IF;\n    RETURN NEW;\n",
                    hash="526efdeb95bf23f39e04624190819cba3a72db7a",
                    operation="INSERT",
                    pgid="pgtrigger_id_is_clear_af66f",
                    table="publishing_frozencomparison",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
