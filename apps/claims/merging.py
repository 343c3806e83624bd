"""The editing page on which an actor is merged into another: an action of the list, and a page that asks into which."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from apps.actors.admin import ActorAdmin
from apps.actors.models import Actor
from apps.actors.references import references
from apps.claims.actions import merge_actors


class MergeForm(forms.Form):
    """Into which actor; a plain list, so that it works without scripts."""

    into = forms.ModelChoiceField(
        Actor.objects.none(), label="Merge into", help_text="The actor that stays, for example “ROK MND”."
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Actor.objects.exclude(pk=actor.pk).order_by("name", "slug")


@admin.action(description="Merge into another actor…", permissions=["merge"])
def merge(modeladmin: "MergingActorAdmin", request: HttpRequest, queryset: QuerySet[Actor]) -> HttpResponse | None:
    """Asks into which, then merges."""
    if queryset.count() != 1:
        modeladmin.message_user(request, "Choose one actor, the one that is to go.", messages.ERROR)
        return None
    actor = queryset.get()
    form = MergeForm(request.POST if "merge" in request.POST else None, actor=actor)
    if form.is_valid() and _merged(request, form, actor):
        modeladmin.message_user(request, f"{actor} is now part of {form.cleaned_data['into']}.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:actors_actor_change", args=[form.cleaned_data["into"].pk]))
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": f"Merge {actor}",
        "actor": actor,
        "form": form,
        "moving": list(_moving(actor)),
        "opts": modeladmin.opts,
    }
    return render(request, "admin/claims/merge.html", context)


def _merged(request: HttpRequest, form: MergeForm, actor: Actor) -> bool:
    by = request.user.get_full_name() if isinstance(request.user, AbstractUser) else ""
    try:
        merge_actors(actor=actor, into=form.cleaned_data["into"], by=by)
    except ValidationError as refused:
        form.add_error("into", refused)
        return False
    return True


def _moving(actor: Actor) -> list[tuple[str, int]]:
    """What leads to it, in words, and how much of it: "claims (claimant)", 5."""
    counted = [
        (model, field, model._default_manager.filter(**{field: actor}).count()) for model, field in references(Actor)
    ]
    return sorted((_words(model, field, number), number) for model, field, number in counted if number)


def _words(model: type[models.Model], field: str, number: int) -> str:
    """Rows of a model, and as what they name the actor where that says more than "actor"."""
    rows = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    return f"{rows}" if field == "actor" else f"{rows} ({field.replace('_', ' ')})"


class MergingActorAdmin(ActorAdmin):
    """The editing pages of actors, with merging: here, since it is claims that move."""

    actions = (merge,)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Who merges changes what leads to an actor, and takes the actor away."""
        return (
            self.has_change_permission(request)
            and self.has_delete_permission(request)
            and request.user.has_perm("claims.change_claim")
        )
