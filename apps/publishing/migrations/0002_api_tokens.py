"""Tokens of the API, and which drafts came with them."""

import django.contrib.postgres.functions
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0001_frozen_comparisons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        error_messages={"unique": "Another token has this name already."},
                        help_text="Which program uses it, for example “reader of the ministry's briefings”. Histories name it.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        editable=False,
                        max_length=64,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9a-f]{64}\\Z", "Give a SHA-256 as 64 digits and letters a to f."
                            )
                        ],
                        verbose_name="SHA-256 of the token",
                    ),
                ),
                (
                    "may_read_drafts",
                    models.BooleanField(
                        default=True, help_text="It may read the drafts of whoever made it.", verbose_name="drafts:read"
                    ),
                ),
                (
                    "may_write_drafts",
                    models.BooleanField(
                        default=False,
                        help_text="It may record claims as drafts and change them. It never publishes.",
                        verbose_name="drafts:write",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False),
                ),
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, editable=False, help_text="To the minute.", null=True),
                ),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        help_text="Who made it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "API token",
            },
        ),
        migrations.CreateModel(
            name="ApiDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Give lower-case letters, digits and single hyphens, for example “c064”.",
                            )
                        ],
                        verbose_name="id of the claim",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=255, verbose_name="idempotency key")),
                (
                    "sha256",
                    models.CharField(
                        max_length=64,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9a-f]{64}\\Z", "Give a SHA-256 as 64 digits and letters a to f."
                            )
                        ],
                        verbose_name="SHA-256 of the request",
                    ),
                ),
                ("made_at", models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
                (
                    "token",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="publishing.apitoken"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="apitoken_sha256_shape",
                violation_error_code="sha256_shape",
                violation_error_message="Give a SHA-256 as 64 digits and letters a to f.",
            ),
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                    _connector="OR",
                ),
                name="apitoken_revoked_paired",
                violation_error_code="revoked_paired",
                violation_error_message="A revoked token says when and by whom; any other says neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="apidraft",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="apidraft_sha256_shape",
                violation_error_code="sha256_shape",
                violation_error_message="Give a SHA-256 as 64 digits and letters a to f.",
            ),
        ),
        migrations.AddConstraint(
            model_name="apidraft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("token", "key"),
                name="apidraft_key_once",
                violation_error_message="This key was used already.",
            ),
        ),
    ]
