"""Triggers that follow redirects (actors migration 0005)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0005_redirects_lead_on"),
        ("claims", "0007_history_is_guarded"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="place",
            name="record_rename",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="place",
            name="refuse_taken_slug",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="question",
            name="record_rename",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="question",
            name="refuse_taken_slug",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="topic",
            name="record_rename",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="topic",
            name="refuse_taken_slug",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="place",
            trigger=pgtrigger.compiler.Trigger(
                name="record_rename",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                    func="\n    DELETE FROM actors_redirect\n        WHERE kind = 'place' AND old_slug = NEW.slug AND parallax_redirected('place', NEW.slug) = OLD.slug;\n    INSERT INTO actors_redirect (kind, old_slug, target_slug) VALUES ('place', OLD.slug, NEW.slug);\n    RETURN NULL;\n",
                    hash="4ce90e45a2da658528ff55ab383516bde48daffa",
                    operation="UPDATE",
                    pgid="pgtrigger_record_rename_6f7b3",
                    table="claims_place",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="place",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_taken_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'INSERT' THEN PERFORM pg_advisory_xact_lock_shared(hashtextextended('redirect place', 0)); ELSE PERFORM pg_advisory_xact_lock(hashtextextended('redirect place', 0)); END IF;\n    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = 'place' AND old_slug = NEW.slug)\n        AND (TG_OP = 'INSERT' OR parallax_redirected('place', NEW.slug) IS DISTINCT FROM OLD.slug)\n    THEN\n        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'place_slug_taken',\n            MESSAGE = 'place_slug_taken: the slug ' || NEW.slug || ' leads to a renamed place.';\n    END IF;\n    RETURN NEW;\n",
                    hash="1cbed24b552f83bef3868f35081a55f5bd97e426",
                    operation='INSERT OR UPDATE OF "slug"',
                    pgid="pgtrigger_refuse_taken_slug_bfcf8",
                    table="claims_place",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="place",
            trigger=pgtrigger.compiler.Trigger(
                name="forget_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = 'place' AND old_slug = OLD.slug) THEN RETURN NULL; END IF;\n    WITH RECURSIVE line(slug) AS (\n        SELECT OLD.slug::text\n        UNION\n        SELECT older.old_slug FROM actors_redirect older JOIN line ON older.target_slug = line.slug\n        WHERE older.kind = 'place'\n    )\n    DELETE FROM actors_redirect WHERE kind = 'place' AND old_slug IN (SELECT slug FROM line);\n    RETURN NULL;\n",
                    hash="0ec6adad9af938fc73153e78b68c2f9c98e37617",
                    operation="DELETE",
                    pgid="pgtrigger_forget_deleted_38c46",
                    table="claims_place",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="record_rename",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                    func="\n    DELETE FROM actors_redirect\n        WHERE kind = 'question' AND old_slug = NEW.slug AND parallax_redirected('question', NEW.slug) = OLD.slug;\n    INSERT INTO actors_redirect (kind, old_slug, target_slug) VALUES ('question', OLD.slug, NEW.slug);\n    RETURN NULL;\n",
                    hash="4f1d0d7a2d94e3e69b43a34c4ede26741f325d5e",
                    operation="UPDATE",
                    pgid="pgtrigger_record_rename_b0e46",
                    table="claims_question",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_taken_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'INSERT' THEN PERFORM pg_advisory_xact_lock_shared(hashtextextended('redirect question', 0)); ELSE PERFORM pg_advisory_xact_lock(hashtextextended('redirect question', 0)); END IF;\n    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = 'question' AND old_slug = NEW.slug)\n        AND (TG_OP = 'INSERT' OR parallax_redirected('question', NEW.slug) IS DISTINCT FROM OLD.slug)\n    THEN\n        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'question_slug_taken',\n            MESSAGE = 'question_slug_taken: the slug ' || NEW.slug || ' leads to a renamed question.';\n    END IF;\n    RETURN NEW;\n",
                    hash="400f5912dbbdbba8f2de5cba979ef585fdf483be",
                    operation='INSERT OR UPDATE OF "slug"',
                    pgid="pgtrigger_refuse_taken_slug_9ae12",
                    table="claims_question",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="forget_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = 'question' AND old_slug = OLD.slug) THEN RETURN NULL; END IF;\n    WITH RECURSIVE line(slug) AS (\n        SELECT OLD.slug::text\n        UNION\n        SELECT older.old_slug FROM actors_redirect older JOIN line ON older.target_slug = line.slug\n        WHERE older.kind = 'question'\n    )\n    DELETE FROM actors_redirect WHERE kind = 'question' AND old_slug IN (SELECT slug FROM line);\n    RETURN NULL;\n",
                    hash="5938e7988284dbdb0b4540f7b16779e2750403bc",
                    operation="DELETE",
                    pgid="pgtrigger_forget_deleted_59906",
                    table="claims_question",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="record_rename",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                    func="\n    DELETE FROM actors_redirect\n        WHERE kind = 'topic' AND old_slug = NEW.slug AND parallax_redirected('topic', NEW.slug) = OLD.slug;\n    INSERT INTO actors_redirect (kind, old_slug, target_slug) VALUES ('topic', OLD.slug, NEW.slug);\n    RETURN NULL;\n",
                    hash="0d6a3a7bc6ea6fee62b767926e754f02f31aeae1",
                    operation="UPDATE",
                    pgid="pgtrigger_record_rename_b7dfb",
                    table="claims_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_taken_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'INSERT' THEN PERFORM pg_advisory_xact_lock_shared(hashtextextended('redirect topic', 0)); ELSE PERFORM pg_advisory_xact_lock(hashtextextended('redirect topic', 0)); END IF;\n    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = 'topic' AND old_slug = NEW.slug)\n        AND (TG_OP = 'INSERT' OR parallax_redirected('topic', NEW.slug) IS DISTINCT FROM OLD.slug)\n    THEN\n        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'topic_slug_taken',\n            MESSAGE = 'topic_slug_taken: the slug ' || NEW.slug || ' leads to a renamed topic.';\n    END IF;\n    RETURN NEW;\n",
                    hash="18a5f47a5ad8093522590b372c3ceba02b040034",
                    operation='INSERT OR UPDATE OF "slug"',
                    pgid="pgtrigger_refuse_taken_slug_19245",
                    table="claims_topic",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="forget_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = 'topic' AND old_slug = OLD.slug) THEN RETURN NULL; END IF;\n    WITH RECURSIVE line(slug) AS (\n        SELECT OLD.slug::text\n        UNION\n        SELECT older.old_slug FROM actors_redirect older JOIN line ON older.target_slug = line.slug\n        WHERE older.kind = 'topic'\n    )\n    DELETE FROM actors_redirect WHERE kind = 'topic' AND old_slug IN (SELECT slug FROM line);\n    RETURN NULL;\n",
                    hash="400370d2611e85caaa8b639264fc902c0cce9663",
                    operation="DELETE",
                    pgid="pgtrigger_forget_deleted_80de6",
                    table="claims_topic",
                    when="AFTER",
                ),
            ),
        ),
    ]
