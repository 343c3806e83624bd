"""Triggers that follow redirects (actors migration 0005)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0005_redirects_lead_on"),
        ("sources", "0003_history_is_guarded"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="record_rename",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="refuse_taken_slug",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="record_rename",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                    func="\n    DELETE FROM actors_redirect\n        WHERE kind = 'source' AND old_slug = NEW.slug AND parallax_redirected('source', NEW.slug) = OLD.slug;\n    INSERT INTO actors_redirect (kind, old_slug, target_slug) VALUES ('source', OLD.slug, NEW.slug);\n    RETURN NULL;\n",
                    hash="7b1575a39ca69b01bce7b3defe6f9c7f42f94fca",
                    operation="UPDATE",
                    pgid="pgtrigger_record_rename_d5259",
                    table="sources_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_taken_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'INSERT' THEN PERFORM pg_advisory_xact_lock_shared(hashtextextended('redirect source', 0)); ELSE PERFORM pg_advisory_xact_lock(hashtextextended('redirect source', 0)); END IF;\n    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = 'source' AND old_slug = NEW.slug)\n        AND (TG_OP = 'INSERT' OR parallax_redirected('source', NEW.slug) IS DISTINCT FROM OLD.slug)\n    THEN\n        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'source_slug_taken',\n            MESSAGE = 'source_slug_taken: the slug ' || NEW.slug || ' leads to a renamed source.';\n    END IF;\n    RETURN NEW;\n",
                    hash="0fd14b67ce601ff9fccea55e405650647394b761",
                    operation='INSERT OR UPDATE OF "slug"',
                    pgid="pgtrigger_refuse_taken_slug_21a57",
                    table="sources_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="forget_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = 'source' AND old_slug = OLD.slug) THEN RETURN NULL; END IF;\n    WITH RECURSIVE line(slug) AS (\n        SELECT OLD.slug::text\n        UNION\n        SELECT older.old_slug FROM actors_redirect older JOIN line ON older.target_slug = line.slug\n        WHERE older.kind = 'source'\n    )\n    DELETE FROM actors_redirect WHERE kind = 'source' AND old_slug IN (SELECT slug FROM line);\n    RETURN NULL;\n",
                    hash="21bdebe6b29222cc46a66358917836a1a5090b55",
                    operation="DELETE",
                    pgid="pgtrigger_forget_deleted_c0ecd",
                    table="sources_source",
                    when="AFTER",
                ),
            ),
        ),
    ]
