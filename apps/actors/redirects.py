"""Triggers by which old slugs lead to what has them no more; in SQL, because it must hold for every path that renames.

`parallax_redirected` and `parallax_check_redirect` are made by actors migration 0005.
"""

from typing import override

import pgtrigger
from django.db import models

from apps.actors.model_triggers import ModelTrigger

#: One after the other, so that two transactions cannot close a circle or take a slug together. Who only adds an
#: entity shares it: those need not wait for one another.
_LOCK = "pg_advisory_xact_lock{shared}(hashtextextended('redirect {kind}', 0))"
_RECORD_RENAME = """
    DELETE FROM actors_redirect
        WHERE kind = '{kind}' AND old_slug = NEW.slug AND parallax_redirected('{kind}', NEW.slug) = OLD.slug;
    INSERT INTO actors_redirect (kind, old_slug, target_slug) VALUES ('{kind}', OLD.slug, NEW.slug);
    RETURN NULL;
"""
_REFUSE_TAKEN = """
    IF TG_OP = 'INSERT' THEN PERFORM {shared}; ELSE PERFORM {alone}; END IF;
    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = '{kind}' AND old_slug = NEW.slug)
        AND (TG_OP = 'INSERT' OR parallax_redirected('{kind}', NEW.slug) IS DISTINCT FROM OLD.slug)
    THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = '{kind}_slug_taken',
            MESSAGE = '{kind}_slug_taken: the slug ' || NEW.slug || ' leads to a renamed {kind}.';
    END IF;
    RETURN NEW;
"""
# What was merged into another leads there; what is gone leads nowhere, and so do its older slugs.
_FORGET_DELETED = """
    IF EXISTS (SELECT 1 FROM actors_redirect WHERE kind = '{kind}' AND old_slug = OLD.slug) THEN RETURN NULL; END IF;
    WITH RECURSIVE line(slug) AS (
        SELECT OLD.slug::text
        UNION
        SELECT older.old_slug FROM actors_redirect older JOIN line ON older.target_slug = line.slug
        WHERE older.kind = '{kind}'
    )
    DELETE FROM actors_redirect WHERE kind = '{kind}' AND old_slug IN (SELECT slug FROM line);
    RETURN NULL;
"""
_LEADS_SOMEWHERE = """
    IF NOT EXISTS (SELECT 1 FROM actors_redirect WHERE id = NEW.id AND old_slug = NEW.old_slug) THEN
        RETURN NULL;  -- taken back before the transaction ended
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('redirect ' || NEW.kind, 0));
    PERFORM parallax_check_redirect(NEW.kind, NEW.old_slug);
    RETURN NULL;
"""
_LEAVES_NONE_BEHIND = """
    PERFORM pg_advisory_xact_lock(hashtextextended('redirect ' || OLD.kind, 0));
    PERFORM parallax_check_redirect(kind, old_slug) FROM actors_redirect
        WHERE kind = OLD.kind AND target_slug = OLD.old_slug;
    RETURN NULL;
"""


def name_of(model: type[models.Model]) -> str:
    """The kind of redirects that lead to rows of a model."""
    return str(model._meta.model_name)


class RecordRename(ModelTrigger):
    """Keeps the slug that a row had as a redirect; one that it had before and takes again no longer redirects."""

    name = "record_rename"
    when = pgtrigger.After
    operation = pgtrigger.Update
    condition = pgtrigger.Q(old__slug__df=pgtrigger.F("new__slug"))

    @override
    def func_for(self, model: type[models.Model]) -> str:
        return _RECORD_RENAME.format(kind=name_of(model))


class RefuseTakenSlug(ModelTrigger):
    """Refuses a slug that leads to another row since a rename."""

    name = "refuse_taken_slug"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("slug")

    @override
    def func_for(self, model: type[models.Model]) -> str:
        kind = name_of(model)
        locks = {name: _LOCK.format(kind=kind, shared=word) for name, word in (("alone", ""), ("shared", "_shared"))}
        return _REFUSE_TAKEN.format(kind=kind, **locks)


class ForgetDeleted(ModelTrigger):
    """Takes redirects away with the row to which they led, unless it was merged into another."""

    name = "forget_deleted"
    when = pgtrigger.After
    operation = pgtrigger.Delete

    @override
    def func_for(self, model: type[models.Model]) -> str:
        return _FORGET_DELETED.format(kind=name_of(model))


class LeadsSomewhere(pgtrigger.Trigger):
    """On Redirect: no present slug leads elsewhere, and every chain ends at one.

    Deferred, so that a bundle may bring entities and redirects in any order.
    """

    name = "leads_somewhere"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update
    timing = pgtrigger.Deferred
    func = _LEADS_SOMEWHERE


class LeavesNoneBehind(pgtrigger.Trigger):
    """On Redirect: none goes, or is moved, on which others lead on."""

    name = "leaves_none_behind"
    when = pgtrigger.After
    operation = pgtrigger.Delete | pgtrigger.UpdateOf("kind", "old_slug")
    timing = pgtrigger.Deferred
    func = _LEAVES_NONE_BEHIND
