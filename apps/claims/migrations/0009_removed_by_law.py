"""A claim that a law had removed: an emptied row, a tombstone that says why, and an id that is not given away again."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0005_redirects_lead_on"),
        ("claims", "0008_redirects_lead_on"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="claim",
            name="published_is_kept",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="claim",
            name="status_goes_one_way",
        ),
        migrations.RemoveConstraint(
            model_name="claim",
            name="claim_status_known",
        ),
        migrations.AlterField(
            model_name="claim",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("in_review", "In Review"),
                    ("published", "Published"),
                    ("retracted", "Retracted"),
                    ("removed", "removed by law"),
                ],
                default="draft",
                help_text="Readers see published claims. What was published is retracted, never deleted.",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="claimevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("in_review", "In Review"),
                    ("published", "Published"),
                    ("retracted", "Retracted"),
                    ("removed", "removed by law"),
                ],
                default="draft",
                help_text="Readers see published claims. What was published is retracted, never deleted.",
                max_length=10,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="citation",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_removed_id",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM actors_tombstone WHERE kind = 'citation' AND public_id = NEW.public_id) THEN\n        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'citation_removed_by_law', MESSAGE =\n            'citation_removed_by_law: the citation ' || NEW.public_id || ' was removed by law and does not come back.';\n    END IF;\n    RETURN NEW;\n",
                    hash="0effb640e27bbd0b80ae20527059962abc324260",
                    operation="INSERT",
                    pgid="pgtrigger_refuse_removed_id_0dc6a",
                    table="claims_citation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted', 'removed'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="2e1da6cae1d36d8fc452b2196525b38b891c3130",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_kept_fab21",
                    table="claims_claim",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="status_goes_one_way",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IS DISTINCT FROM (NEW.\"status\") AND NOT ((NEW.\"status\" IN ('draft', 'in_review', 'published') AND OLD.\"status\" IN ('draft', 'in_review')) OR (NEW.\"status\" = 'retracted' AND OLD.\"status\" = 'published')))",
                    func="\n    IF NEW.status = 'removed' AND parallax_is_removing() THEN RETURN NEW; END IF;\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_status_one_way', MESSAGE = format(\n        'claim_status_one_way: a claim that is %s cannot become %s; drafts are published, what was published is '\n        'retracted, and a retraction stays.', OLD.status, NEW.status);\n",
                    hash="40a9fc5e4f29e586c8b41df10305f02bb2892218",
                    operation="UPDATE",
                    pgid="pgtrigger_status_goes_one_way_33300",
                    table="claims_claim",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_has_tombstone",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'removed')",
                    constraint="CONSTRAINT",
                    func="\n    IF NOT EXISTS (SELECT 1 FROM actors_tombstone WHERE kind = 'claim' AND public_id = NEW.public_id) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_removed_has_tombstone', MESSAGE = format(\n            'claim_removed_has_tombstone: nothing says why the claim %s was removed.', NEW.public_id);\n    END IF;\n    RETURN NULL;\n",
                    hash="bcdab760e123e73465ae698c0d18436f935e3468",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_removed_has_tombstone_8f5ab",
                    table="claims_claim",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_removed_id",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (NEW.\"status\" = 'removed'))",
                    func="\n    IF EXISTS (SELECT 1 FROM actors_tombstone WHERE kind = 'claim' AND public_id = NEW.public_id) THEN\n        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'claim_removed_by_law', MESSAGE =\n            'claim_removed_by_law: the claim ' || NEW.public_id || ' was removed by law and does not come back.';\n    END IF;\n    RETURN NEW;\n",
                    hash="117aa6aebb74512f411316fc730eea85af270c11",
                    operation="INSERT",
                    pgid="pgtrigger_refuse_removed_id_f5bee",
                    table="claims_claim",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_removed_id",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM actors_tombstone WHERE kind = 'stance' AND public_id = NEW.public_id) THEN\n        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'stance_removed_by_law', MESSAGE =\n            'stance_removed_by_law: the stance ' || NEW.public_id || ' was removed by law and does not come back.';\n    END IF;\n    RETURN NEW;\n",
                    hash="4f00a71cf51bf919e78eeb0f49ee6253b3b4f085",
                    operation="INSERT",
                    pgid="pgtrigger_refuse_removed_id_fea11",
                    table="claims_stance",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "in_review", "published", "retracted", "removed"])),
                name="claim_status_known",
                violation_error_code="status_known",
                violation_error_message="Choose one of: draft, in_review, published, retracted, removed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "removed"), _negated=True),
                    models.Q(
                        ("as_of_end__isnull", True),
                        ("as_of_start__isnull", True),
                        ("attributes", {}),
                        ("basis_note", ""),
                        ("hedged", False),
                        ("interval_kind", ""),
                        ("interval_level__isnull", True),
                        ("is_core", False),
                        ("lower__isnull", True),
                        ("lower_inclusive__isnull", True),
                        ("nature", "estimate"),
                        ("note", ""),
                        ("override_reason", ""),
                        ("point__isnull", True),
                        ("population", ""),
                        ("qualifier", "unquantified"),
                        ("retracted_at__isnull", True),
                        ("retracted_by", ""),
                        ("retracted_why", ""),
                        ("speaker", ""),
                        ("stated_at__isnull", True),
                        ("stated_on__isnull", True),
                        ("stated_value", "removed"),
                        ("status", "removed"),
                        ("upper__isnull", True),
                        ("upper_inclusive__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="claim_removed_is_empty",
                violation_error_code="removed_is_empty",
                violation_error_message="Nothing is left of a claim that a law removed.",
            ),
        ),
    ]
