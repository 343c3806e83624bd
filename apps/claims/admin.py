"""Editing pages of topics, questions, places and claims."""

from typing import Any, override

from django import forms
from django.contrib import admin
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from apps.actors.models import Actor
from apps.claims.figure_forms import READ, USE
from apps.claims.forms import BasisFormSet, CitationForm, CitationFormSet, ClaimForm, InlineCitationForm
from apps.claims.merging import MergingActorAdmin
from apps.claims.models import (
    ActorReliability,
    Basis,
    Citation,
    Claim,
    ClaimCredibility,
    ClaimStatus,
    Correction,
    JointClaimant,
    Place,
    Question,
    Relay,
    Stance,
    Topic,
)
from apps.claims.views import read_words
from apps.web.editing import EditAdmin, EditStacked, EditTabular, with_version

FIGURE_FIELDS = (
    "stated_value",
    ("qualifier", "hedged"),
    ("lower", "lower_inclusive"),
    ("upper", "upper_inclusive"),
    "point",
    "override_reason",
)


admin.site.unregister(Actor)
admin.site.register(Actor, MergingActorAdmin)


@admin.register(Topic)
class TopicAdmin(EditAdmin):
    fields = ("slug", "title", "summary")
    list_display = ("title", "slug")
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
    ordering = ("title",)


@admin.register(Question)
class QuestionAdmin(EditAdmin):
    fieldsets = (
        (
            None,
            {"fields": ("slug", "topic", "title", "definition", "unit", "measure", "since", "population", "broader")},
        ),
        ("Comparing", {"fields": ("floor", "window_days", "tolerance", "note")}),
    )
    list_display = ("title", "topic", "unit", "measure", "broader", "slug")
    list_filter = ("topic", "measure", "unit")
    list_select_related = ("topic", "broader")
    search_fields = ("title", "slug", "definition")
    autocomplete_fields = ("topic", "broader")
    ordering = ("title",)


@admin.register(Place)
class PlaceAdmin(EditAdmin):
    fields = ("slug", "name", "parent", "country", "wikidata", ("latitude", "longitude"), "note")
    list_display = ("name", "parent", "country", "slug")
    list_filter = ("country",)
    list_select_related = ("parent",)
    search_fields = ("name", "slug")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("name",)}
    ordering = ("name",)


class FigureAdmin(EditAdmin):
    """An editing page with figures on it: it reads their words while one types, and without scripts when asked."""

    class Media:
        js = (forms.Script("vendor/htmx-4.0.1.min.js", defer=True), forms.Script("js/admin-figures.js", defer=True))

    @override
    def only_shows(self, request: HttpRequest) -> bool:
        return request.method == "POST" and bool({READ, USE} & request.POST.keys())

    @override
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.only_shows(request):
            # Without the name of a button that saves, Django would look for an action to run.
            sent = request.POST.copy()
            sent["_continue"] = ""
            request.POST = sent  # type: ignore[assignment]  # Django's own setter takes any
        return super().changeform_view(request, *args, **kwargs)


class CitationInline(EditStacked):
    model = Citation
    form = InlineCitationForm
    formset = CitationFormSet
    extra = 0
    show_change_link = True
    verbose_name = "citation (relays: on its own page)"
    verbose_name_plural = "citations"
    fieldsets = (
        (
            None,
            {"fields": (("source", "is_primary"), "quote", ("locator", "language", "is_translated"), "translation")},
        ),
        ("Figure as printed", {"fields": FIGURE_FIELDS}),
        (
            "Where the source differs",
            {
                "fields": (
                    ("question_as_printed", "place_as_printed"),
                    ("claimant_as_printed", "speaker_as_printed"),
                    "note",
                )
            },
        ),
    )
    autocomplete_fields = ("source", "question_as_printed", "place_as_printed", "claimant_as_printed")

    @override
    def get_extra(self, request: HttpRequest, obj: Claim | None = None, **kwargs: Any) -> int:
        return 1 if obj is None else 0

    @override
    def get_queryset(self, request: HttpRequest) -> Any:
        """The primary one first: where its mark moves, it is taken off before the other row is saved."""
        return super().get_queryset(request).order_by("-is_primary", "public_id")


class StanceInline(EditStacked):
    model = Stance
    extra = 0
    fields = (("actor", "kind", "stated_on"), "source", "quote")
    autocomplete_fields = ("actor", "source")


class BasisInline(EditStacked):
    model = Basis
    formset = BasisFormSet
    fk_name = "claim"
    extra = 0
    fields = ("kind", ("target_claim", "target_actor"), "note")
    autocomplete_fields = ("target_claim", "target_actor")


class JointClaimantInline(EditTabular):
    model = JointClaimant
    extra = 0
    autocomplete_fields = ("actor",)


@admin.register(Claim)
class ClaimAdmin(FigureAdmin):
    form = ClaimForm
    inlines = (CitationInline, StanceInline, BasisInline, JointClaimantInline)
    list_display = ("public_id", "stated_value", "claimant", "place", "as_of_start", "stated_on", "status", "question")
    list_filter = ("status", "question__topic", "qualifier", "nature", "is_core")
    list_select_related = ("question", "place", "claimant")
    search_fields = (
        "public_id",
        "stated_value",
        "speaker",
        "claimant__name",
        "claimant__short_name",
        "question__title",
    )
    autocomplete_fields = ("question", "place", "claimant", "part_of", "supersedes")
    ordering = ("-recorded_at", "-id")
    readonly_fields = ("public_id", "recorded_at", "retracted_at", "retracted_by")

    @override
    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """The report of an import leads to the claims that came with it."""
        return lookup == "imported__came_with" or super().lookup_allowed(lookup, value, request)

    @override
    def get_urls(self) -> Any:
        return [path("read-words/", read_words, name="claims_claim_read_words"), *super().get_urls()]

    @override
    def get_fieldsets(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        self_knowledge = () if obj is None else (("public_id", "recorded_at"),)
        retracted = () if obj is None else (("retracted_at", "retracted_by"), "retracted_why")
        groups = (
            (None, {"fields": (*self_knowledge, "question", "place", "claimant", "speaker", "basis_note")}),
            ("Figure", {"fields": FIGURE_FIELDS}),
            ("Time", {"fields": (("as_of_start", "as_of_end"), ("stated_on", "stated_at"))}),
            ("Kind", {"fields": ("nature", "population", ("interval_kind", "interval_level"), "attributes")}),
            ("Relations", {"fields": ("part_of", ("supersedes", "revision_kind"))}),
            ("For readers", {"fields": ("status", *retracted, "is_core", "note")}),
        )
        return with_version(groups)

    @override
    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        if obj.status != ClaimStatus.RETRACTED:
            obj.retracted_at, obj.retracted_by = None, ""
        elif obj.retracted_at is None:
            obj.retracted_at, obj.retracted_by = timezone.now(), _name_for_readers(request)
        super().save_model(request, obj, form, change)

    @override
    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """No editor removes by law: that is a command."""
        if db_field.name == "status":
            kwargs["choices"] = [choice for choice in ClaimStatus.choices if choice[0] != ClaimStatus.REMOVED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @override
    def has_change_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """What a law removed stays empty."""
        return super().has_change_permission(request, obj) and not (obj is not None and obj.is_removed)

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """What readers have seen is retracted, never deleted."""
        kept = obj is not None and (obj.was_public or obj.is_removed)
        return super().has_delete_permission(request, obj) and not kept


def _name_for_readers(request: HttpRequest) -> str:
    """The full name of whoever is signed in; a login name is nobody else's business."""
    return (request.user.get_full_name() if isinstance(request.user, AbstractUser) else "") or "An editor"


class RelayInline(EditTabular):
    model = Relay
    extra = 0
    autocomplete_fields = ("actor",)


@admin.register(Citation)
class CitationAdmin(FigureAdmin):
    form = CitationForm
    inlines = (RelayInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "claim",
                    ("source", "is_primary"),
                    "quote",
                    ("locator", "language", "is_translated"),
                    "translation",
                )
            },
        ),
        ("Figure as printed", {"fields": FIGURE_FIELDS}),
        (
            "Where the source differs",
            {
                "fields": (
                    "question_as_printed",
                    "place_as_printed",
                    "claimant_as_printed",
                    "speaker_as_printed",
                    "note",
                )
            },
        ),
    )
    list_display = ("public_id", "stated_value", "claim", "source", "is_primary", "language")
    list_filter = ("is_primary", "language", "is_translated", "qualifier")
    list_select_related = ("claim", "source")
    search_fields = ("public_id", "stated_value", "claim__public_id", "source__slug", "source__title", "quote")
    autocomplete_fields = ("claim", "source", "question_as_printed", "place_as_printed", "claimant_as_printed")
    ordering = ("-id",)

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Citation | None = None) -> Any:
        return () if obj is None else ("claim",)  # a citation of another claim is another citation

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Citation | None = None) -> bool:
        """A published claim keeps its primary citation; make another one primary first."""
        is_needed = obj is not None and obj.is_primary and obj.claim.is_published
        return super().has_delete_permission(request, obj) and not is_needed


@admin.register(Stance)
class StanceAdmin(EditAdmin):
    fields = ("claim", "actor", "kind", "stated_on", "source", "quote")
    list_display = ("public_id", "actor", "kind", "claim", "stated_on", "source")
    list_filter = ("kind",)
    list_select_related = ("actor", "claim", "source")
    search_fields = ("public_id", "actor__name", "claim__public_id", "quote")
    autocomplete_fields = ("claim", "actor", "source")
    ordering = ("-id",)


@admin.register(Basis)
class BasisAdmin(EditAdmin):
    fields = ("claim", "kind", "target_claim", "target_actor", "note")
    list_display = ("claim", "kind", "target_claim", "target_actor")
    list_filter = ("kind",)
    list_select_related = ("claim", "target_claim", "target_actor")
    search_fields = ("claim__public_id", "target_claim__public_id", "target_actor__name", "note")
    autocomplete_fields = ("claim", "target_claim", "target_actor")
    ordering = ("-id",)


@admin.register(Relay)
class RelayAdmin(EditAdmin):
    fields = ("citation", "actor", "position")
    list_display = ("citation", "actor", "position")
    list_select_related = ("citation", "actor")
    search_fields = ("citation__public_id", "actor__name")
    autocomplete_fields = ("citation", "actor")
    ordering = ("-id",)


@admin.register(JointClaimant)
class JointClaimantAdmin(EditAdmin):
    fields = ("claim", "actor", "position")
    list_display = ("claim", "actor", "position")
    list_select_related = ("claim", "actor")
    search_fields = ("claim__public_id", "actor__name")
    autocomplete_fields = ("claim", "actor")
    ordering = ("-id",)


@admin.register(ActorReliability)
class ActorReliabilityAdmin(EditAdmin):
    fields = ("actor", "grade", "graded_on", "graded_by", "reason")
    list_display = ("actor", "grade", "graded_on", "graded_by")
    list_filter = ("grade",)
    list_select_related = ("actor",)
    search_fields = ("actor__name", "reason")
    autocomplete_fields = ("actor",)
    ordering = ("-graded_on", "-id")


@admin.register(ClaimCredibility)
class ClaimCredibilityAdmin(EditAdmin):
    fields = ("claim", "grade", "graded_on", "graded_by", "reason")
    list_display = ("claim", "grade", "graded_on", "graded_by")
    list_filter = ("grade",)
    list_select_related = ("claim",)
    search_fields = ("claim__public_id", "reason")
    autocomplete_fields = ("claim",)
    ordering = ("-graded_on", "-id")


@admin.register(Correction)
class CorrectionAdmin(EditAdmin):
    fields = ("claim", "what_was_wrong", "what_was_done", "corrected_on")
    list_display = ("corrected_on", "claim", "what_was_wrong")
    list_select_related = ("claim",)
    search_fields = ("claim__public_id", "what_was_wrong", "what_was_done")
    autocomplete_fields = ("claim",)
    ordering = ("-corrected_on", "-id")
