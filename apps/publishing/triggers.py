"""Rules between frozen comparisons, kept by the database; that no row changes is kept by `parallax_keep`."""

import pgtrigger

# One after the other, so that two of the same first digits see each other.
_CLEAR_ID = """
    PERFORM pg_advisory_xact_lock(hashtextextended('frozen comparison', 0));
    IF EXISTS (
        SELECT 1 FROM actors_tombstone
        WHERE kind = 'frozen' AND (sha256 = NEW.sha256 OR starts_with(sha256, NEW.public_id))
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'frozencomparison_removed_by_law', MESSAGE =
            'frozencomparison_removed_by_law: ' || NEW.public_id || ' was removed by law and does not come back.';
    END IF;
    IF EXISTS (
        SELECT 1 FROM publishing_frozencomparison
        WHERE starts_with(sha256, NEW.public_id) AND sha256 <> NEW.sha256
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'frozencomparison_id_is_clear', MESSAGE =
            'frozencomparison_id_is_clear: another hash begins with ' || NEW.public_id || '; give more digits.';
    END IF;
    RETURN NEW;
"""


def id_is_clear() -> pgtrigger.Trigger:
    """On FrozenComparison: when an id is given, no other hash begins with it, be it of what was removed by law.

    A later hash may begin with a shorter, older id and then has more digits; the whole id counts before a beginning.
    """
    return pgtrigger.Trigger(name="id_is_clear", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_CLEAR_ID)
