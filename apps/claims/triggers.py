"""Rules that hold between rows, kept by the database; forms say the same before (`apps.claims.admin`)."""

from typing import override

import pgtrigger
from django.db import models

from apps.actors.model_triggers import ModelTrigger

#: Deferred to the end of the transaction, so that a claim and its citations may be saved in any order.
_HAS_PRIMARY = """
    IF EXISTS (
        SELECT 1 FROM claims_claim claim WHERE claim.id = {claim} AND claim.status = 'published'
        AND NOT EXISTS (
            SELECT 1 FROM claims_citation citation WHERE citation.claim_id = claim.id AND citation.is_primary
            AND (citation.quote ~ '\\S' OR citation.locator ~ '\\S')
        )
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_published_is_cited', MESSAGE =
            'claim_published_is_cited: a published claim needs a primary citation with a quote or a locator.';
    END IF;
    RETURN NULL;
"""


def published_claim_is_cited() -> pgtrigger.Trigger:
    """On Claim: a published claim has a primary citation with a quote or a locator."""
    return pgtrigger.Trigger(
        name="published_is_cited",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__status="published"),
        func=_HAS_PRIMARY.format(claim="NEW.id"),
    )


def citation_leaves_claim_cited() -> pgtrigger.Trigger:
    """On Citation: the same rule, when a primary citation is taken away or emptied.

    It locks the claim, so that a publication at the same moment waits and then sees what happened.
    """
    return pgtrigger.Trigger(
        name="leaves_claim_cited",
        when=pgtrigger.After,
        operation=pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(old__is_primary=True),
        func="PERFORM 1 FROM claims_claim WHERE id = OLD.claim_id FOR SHARE;"
        + _HAS_PRIMARY.format(claim="OLD.claim_id"),
    )


_SAME_LINE = """
    IF EXISTS (
        WITH RECURSIVE pair(a, b) AS (
            SELECT NEW.claimant_id, earlier.claimant_id FROM claims_claim earlier WHERE earlier.id = NEW.supersedes_id
            UNION
            SELECT later.claimant_id, NEW.claimant_id FROM claims_claim later WHERE later.supersedes_id = NEW.id
        )
        SELECT 1 FROM pair WHERE NOT EXISTS (
            WITH RECURSIVE line(start, id) AS (
                VALUES (pair.a, pair.a), (pair.b, pair.b)
                UNION
                SELECT line.start, (SELECT actor.parent_id FROM actors_actor actor WHERE actor.id = line.id)
                FROM line WHERE line.id IS NOT NULL
            )
            SELECT 1 FROM line WHERE (line.start = pair.a AND line.id = pair.b)
                OR (line.start = pair.b AND line.id = pair.a)
        )
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_supersedes_own', MESSAGE =
            'claim_supersedes_own: a claim supersedes only one of the same claimant, or of a body above or below it.';
    END IF;
    RETURN NULL;
"""


def supersedes_own() -> list[pgtrigger.Trigger]:
    """On Claim: what it supersedes was said by the same claimant, or by one above or below it.

    Deferred, so that a whole bundle may be saved in any order. Two triggers: bulk inserts without
    revisions, the usual ones, then pay nothing.
    """
    return [
        pgtrigger.Trigger(
            name="inserted_supersedes_own",
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            timing=pgtrigger.Deferred,
            condition=pgtrigger.Q(new__supersedes__isnull=False),
            func=_SAME_LINE,
        ),
        pgtrigger.Trigger(
            name="updated_supersedes_own",
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf("claimant_id", "supersedes_id"),
            timing=pgtrigger.Deferred,
            func=_SAME_LINE,
        ),
    ]


_ONE_WAY = """
    IF NEW.status = 'removed' AND parallax_is_removing() THEN RETURN NEW; END IF;
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_status_one_way', MESSAGE = format(
        'claim_status_one_way: a claim that is %s cannot become %s; drafts are published, what was published is '
        'retracted, and a retraction stays.', OLD.status, NEW.status);
"""


def status_goes_one_way() -> pgtrigger.Trigger:
    """On Claim: draft or in review, then published, then retracted; never back, and nothing is left out.

    Retracting a draft would show it, and a retraction that is undone would change what readers were told. A row
    that is inserted may have any status, so that an export is restored as it was. A removal by law alone comes from
    anywhere, and nothing leads back from it.
    """
    is_changed = pgtrigger.Q(old__status__df=pgtrigger.F("new__status"))
    is_allowed = pgtrigger.Q(
        old__status__in=["draft", "in_review"], new__status__in=["draft", "in_review", "published"]
    )
    is_allowed |= pgtrigger.Q(old__status="published", new__status="retracted")
    return pgtrigger.Trigger(
        name="status_goes_one_way",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=is_changed & ~is_allowed,
        func=_ONE_WAY,
    )


def keep_published() -> pgtrigger.Trigger:
    """On Claim: what was public is retracted, never deleted, so that its id is never free again."""
    return pgtrigger.Protect(
        name="published_is_kept",
        operation=pgtrigger.Delete,
        condition=pgtrigger.Q(old__status__in=["published", "retracted", "removed"]),
    )


_HAS_TOMBSTONE = """
    IF NOT EXISTS (SELECT 1 FROM actors_tombstone WHERE kind = 'claim' AND public_id = NEW.public_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_removed_has_tombstone', MESSAGE = format(
            'claim_removed_has_tombstone: nothing says why the claim %s was removed.', NEW.public_id);
    END IF;
    RETURN NULL;
"""


def removed_has_tombstone() -> pgtrigger.Trigger:
    """On Claim: one that a law removed has a tombstone that says why."""
    return pgtrigger.Trigger(
        name="removed_has_tombstone",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__status="removed"),
        func=_HAS_TOMBSTONE,
    )


class RefuseRemovedId(ModelTrigger):
    """Refuses an id under which something was removed by law: it is never given away again."""

    name = "refuse_removed_id"
    when = pgtrigger.Before
    operation = pgtrigger.Insert

    @override
    def func_for(self, model: type[models.Model]) -> str:
        return _REMOVED_ID.format(kind=model._meta.model_name)


_REMOVED_ID = """
    IF EXISTS (SELECT 1 FROM actors_tombstone WHERE kind = '{kind}' AND public_id = NEW.public_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = '{kind}_removed_by_law', MESSAGE =
            '{kind}_removed_by_law: the {kind} ' || NEW.public_id || ' was removed by law and does not come back.';
    END IF;
    RETURN NEW;
"""


def keep_public_id() -> pgtrigger.Trigger:
    """A public id never changes."""
    return pgtrigger.ReadOnly(name="public_id_is_kept", fields=["public_id"])
