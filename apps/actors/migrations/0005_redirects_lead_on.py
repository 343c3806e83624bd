"""A rename adds one redirect and changes none; chains are followed when they are asked for, and never go round."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Null where a chain goes round: it then comes back to a slug at which it was 1, 2, 4, 8 … steps after the start. The table
# is that of the search path, so that the past has its own redirects (`as_known`). Planned while the table is small, it would be
# read whole for every step ever after.
REDIRECTED = """
CREATE FUNCTION parallax_redirected(given_kind text, given_slug text) RETURNS text LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
DECLARE
    present text := given_slug;
    earlier text := given_slug;
    later text;
    steps integer := 0;
BEGIN
    LOOP
        SELECT target_slug INTO later FROM actors_redirect WHERE kind = given_kind AND old_slug = present;
        IF NOT FOUND THEN RETURN present; END IF;
        IF later = earlier THEN RETURN NULL; END IF;
        present := later;
        steps := steps + 1;
        IF steps & (steps - 1) = 0 THEN earlier := present; END IF;
    END LOOP;
END
$$
"""
HAS_SLUG = """
CREATE FUNCTION parallax_has_slug(given_kind text, given_slug text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    CASE given_kind
        WHEN 'actor' THEN RETURN EXISTS (SELECT FROM actors_actor WHERE slug = given_slug);
        WHEN 'source' THEN RETURN EXISTS (SELECT FROM sources_source WHERE slug = given_slug);
        WHEN 'topic' THEN RETURN EXISTS (SELECT FROM claims_topic WHERE slug = given_slug);
        WHEN 'question' THEN RETURN EXISTS (SELECT FROM claims_question WHERE slug = given_slug);
        WHEN 'place' THEN RETURN EXISTS (SELECT FROM claims_place WHERE slug = given_slug);
    END CASE;
END
$$
"""
CHECK_REDIRECT = """
CREATE FUNCTION parallax_check_redirect(given_kind text, given_slug text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    present text := parallax_redirected(given_kind, given_slug);
BEGIN
    IF parallax_has_slug(given_kind, given_slug) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'redirect_slug_is_live', MESSAGE = format(
            'redirect_slug_is_live: the slug %s is that of a present %s, so it cannot lead elsewhere.',
            given_slug, given_kind);
    ELSIF present IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'redirect_leads_round', MESSAGE = format(
            'redirect_leads_round: the %s slug %s leads back to itself.', given_kind, given_slug);
    ELSIF NOT parallax_has_slug(given_kind, present) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'redirect_leads_nowhere', MESSAGE = format(
            'redirect_leads_nowhere: the slug %s leads to %s, and no %s is called so.', given_slug, present, given_kind);
    END IF;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0004_tombstones"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="redirect", name="redirect_target"),
        migrations.AddIndex(
            model_name="redirect", index=models.Index(fields=["target_slug", "kind"], name="redirect_target")
        ),
        migrations.RunSQL(REDIRECTED, "DROP FUNCTION parallax_redirected(text, text)"),
        migrations.RunSQL(HAS_SLUG, "DROP FUNCTION parallax_has_slug(text, text)"),
        migrations.RunSQL(CHECK_REDIRECT, "DROP FUNCTION parallax_check_redirect(text, text)"),
        pgtrigger.migrations.RemoveTrigger(
            model_name="actor",
            name="record_rename",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="actor",
            name="refuse_taken_slug",
        ),
        migrations.AlterField(
            model_name="redirect",
            name="target_slug",
            field=models.CharField(
                help_text="The slug that took its place, for example “rok-mnd”; it may lead on itself.", max_length=100
            ),
        ),
        migrations.AlterField(
            model_name="redirectevent",
            name="target_slug",
            field=models.CharField(
                help_text="The slug that took its place, for example “rok-mnd”; it may lead on itself.", max_length=100
            ),
        ),
        migrations.AddIndex(
            model_name="redirectevent",
            index=models.Index(fields=["kind", "old_slug"], name="actors_redi_kind_de1d01_idx"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="record_rename",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                    func="\n    DELETE FROM actors_redirect\n        WHERE kind = 'actor' AND old_slug = NEW.slug AND parallax_redirected('actor', NEW.slug) = OLD.slug;\n    INSERT INTO actors_redirect (kind, old_slug, target_slug) VALUES ('actor', OLD.slug, NEW.slug);\n    RETURN NULL;\n",
                    hash="50dfb8b407225e3d6f5c0b75e3399c00f412498a",
                    operation="UPDATE",
                    pgid="pgtrigger_record_rename_16c4f",
                    table="actors_actor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_taken_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'INSERT' THEN PERFORM pg_advisory_xact_lock_shared(hashtextextended('redirect actor', 0)); ELSE PERFORM pg_advisory_xact_lock(hashtextextended('redirect actor', 0)); END IF;\n    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = 'actor' AND old_slug = NEW.slug)\n        AND (TG_OP = 'INSERT' OR parallax_redirected('actor', NEW.slug) IS DISTINCT FROM OLD.slug)\n    THEN\n        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'actor_slug_taken',\n            MESSAGE = 'actor_slug_taken: the slug ' || NEW.slug || ' leads to a renamed actor.';\n    END IF;\n    RETURN NEW;\n",
                    hash="143cc16edc68ee72b644f673cf145690b20c8c61",
                    operation='INSERT OR UPDATE OF "slug"',
                    pgid="pgtrigger_refuse_taken_slug_f0044",
                    table="actors_actor",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="forget_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = 'actor' AND old_slug = OLD.slug) THEN RETURN NULL; END IF;\n    WITH RECURSIVE line(slug) AS (\n        SELECT OLD.slug::text\n        UNION\n        SELECT older.old_slug FROM actors_redirect older JOIN line ON older.target_slug = line.slug\n        WHERE older.kind = 'actor'\n    )\n    DELETE FROM actors_redirect WHERE kind = 'actor' AND old_slug IN (SELECT slug FROM line);\n    RETURN NULL;\n",
                    hash="e5607418860ba33cb81587049bf1daefaa5b393c",
                    operation="DELETE",
                    pgid="pgtrigger_forget_deleted_efac0",
                    table="actors_actor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="redirect",
            trigger=pgtrigger.compiler.Trigger(
                name="leads_somewhere",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF NOT EXISTS (SELECT 1 FROM actors_redirect WHERE id = NEW.id AND old_slug = NEW.old_slug) THEN\n        RETURN NULL;  -- taken back before the transaction ended\n    END IF;\n    PERFORM pg_advisory_xact_lock(hashtextextended('redirect ' || NEW.kind, 0));\n    PERFORM parallax_check_redirect(NEW.kind, NEW.old_slug);\n    RETURN NULL;\n",
                    hash="90817e51c581fe9144dc96177f4ded2888af6831",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_leads_somewhere_24605",
                    table="actors_redirect",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="redirect",
            trigger=pgtrigger.compiler.Trigger(
                name="leaves_none_behind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    PERFORM pg_advisory_xact_lock(hashtextextended('redirect ' || OLD.kind, 0));\n    PERFORM parallax_check_redirect(kind, old_slug) FROM actors_redirect\n        WHERE kind = OLD.kind AND target_slug = OLD.old_slug;\n    RETURN NULL;\n",
                    hash="7254180afa563261d45f0525f5073cd112062016",
                    operation='DELETE OR UPDATE OF "kind", "old_slug"',
                    pgid="pgtrigger_leaves_none_behind_40c67",
                    table="actors_redirect",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]
