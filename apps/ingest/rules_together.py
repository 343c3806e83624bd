"""Rules between rows, asked before the database does: it would refuse without saying which row of which file it is."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import Exists, F, OuterRef, Q

from apps.actors.models import Actor, Redirect, Slugged, a_kind, slugged
from apps.actors.redirects import name_of
from apps.claims.bundle import BundleFile
from apps.claims.models import Citation, Claim, Stance
from apps.domain.claims import Tree
from apps.ingest.bundle_rows import GivenRow
from apps.ingest.problems import Problem, quoted
from apps.web.lookups import AnyOf


def uncited(file: BundleFile, rows: Mapping[int, GivenRow]) -> Iterator[Problem]:
    """Published claims, written already, without a primary citation that shows where the figure stands."""
    primary = Citation.objects.filter(claim=OuterRef("pk"), is_primary=True)
    cited = primary.filter(Q(quote__regex=r"\S") | Q(locator__regex=r"\S"))
    found = Claim._base_manager.filter(AnyOf(F("pk"), rows), ~Exists(cited), status="published").order_by("pk")
    for pk in found.values_list("pk", flat=True):
        wanted = "given “published”; a published claim needs a primary citation with a quote or a locator."
        yield Problem(file.file_name, wanted, rows[pk].line, "status")


def superseding_others(file: BundleFile, rows: Mapping[int, GivenRow]) -> Iterator[Problem]:
    """Claims, written already, that supersede what somebody else said."""
    tree = Tree(dict(Actor.objects.values_list("slug", "parent__slug")))
    revisions = Claim._base_manager.filter(AnyOf(F("pk"), rows), supersedes__isnull=False).order_by("pk")
    for pk, claimant, earlier in revisions.values_list("pk", "claimant__slug", "supersedes__claimant__slug"):
        if not tree.holds(claimant, earlier) and not tree.holds(earlier, claimant):
            given = f"given {quoted(rows[pk].cells['supersedes'])}, which {earlier} said and not {claimant}"
            wanted = "wanted a claim of the same claimant, or of a body above or below it."
            yield Problem(file.file_name, f"{given}; {wanted}", rows[pk].line, "supersedes")


def taken(file: BundleFile, rows: Collection[GivenRow]) -> Iterator[Problem]:
    """New entities with a slug that leads to another one since a rename."""
    if not rows or not issubclass(file.model, Slugged):
        return
    lines = {row.key[0]: row.line for row in rows}
    left = Redirect.objects.filter(kind=name_of(file.model), old_slug__in=lines)
    for slug, target in left.order_by("old_slug").values_list("old_slug", "target_slug"):
        message = f"given {quoted(slug)}, which already leads to the renamed {quoted(target)}; wanted another slug."
        yield Problem(file.file_name, message, lines[slug], file.key[0])


def buried_alive(file: BundleFile, rows: Iterable[GivenRow]) -> Iterator[Problem]:
    """Tombstones, written already, of what is still there."""
    lines = {row.key: row.line for row in rows}
    ids = [public_id for _, public_id in lines]
    alive = {
        "claim": Claim.objects.filter(public_id__in=ids).exclude(status="removed").values_list("public_id", flat=True),
        "citation": Citation.objects.filter(public_id__in=ids).values_list("public_id", flat=True),
        "stance": Stance.objects.filter(public_id__in=ids).values_list("public_id", flat=True),
    }
    for kind, public_id in sorted((kind, one) for kind, found in alive.items() for one in found):
        if (kind, public_id) in lines:
            wanted = f"wanted the id of what is no longer there; remove the {kind} with remove_for_law first."
            yield Problem(file.file_name, f"given {quoted(public_id)}; {wanted}", lines[kind, public_id], "id")


def astray(file: BundleFile, rows: Iterable[GivenRow]) -> Iterator[Problem]:
    """Redirects, written already, whose old slug is in use, and those that lead round or to nothing."""
    given = list(rows)
    if not given:
        return
    leads = {
        (kind, old): target for kind, old, target in Redirect.objects.values_list("kind", "old_slug", "target_slug")
    }
    ends = {row.key: _end(leads, *row.key) for row in given}
    live = _live({(row.key[0], slug) for row in given for slug in (row.key[1], ends[row.key]) if slug})
    for row in given:
        kind, old = row.key
        target, end = quoted(row.cells["target_slug"]), ends[row.key]
        if (kind, old) in live:
            message = f"given {quoted(old)}; wanted a slug of before, and {a_kind(kind)} has this one now."
            yield Problem(file.file_name, message, row.line, "old_slug")
        elif end is None:
            message = f"given {target}; wanted no circle, and this leads back to {quoted(old)}."
            yield Problem(file.file_name, message, row.line, "target_slug")
        elif (kind, end) not in live:
            message = f"given {target}; wanted the slug of {a_kind(kind)}, and none is called {quoted(end)}."
            yield Problem(file.file_name, message, row.line, "target_slug")


def _end(leads: Mapping[tuple[str, str], str], kind: str, slug: str) -> str | None:
    """Where a chain of renames ends; None where it goes round."""
    seen = set()
    while (kind, slug) in leads:
        if slug in seen:
            return None
        seen.add(slug)
        slug = leads[kind, slug]
    return slug


def _live(slugs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these kinds and slugs that entities have now."""
    by_kind: dict[str, list[str]] = {}
    for kind, slug in slugs:
        by_kind.setdefault(kind, []).append(slug)
    found: set[tuple[str, str]] = set()
    for kind, wanted in by_kind.items():
        entity = slugged(kind)
        assert entity is not None  # the cells were checked
        found |= {
            (kind, slug) for slug in entity._default_manager.filter(slug__in=wanted).values_list("slug", flat=True)
        }
    return found
