"""Editing pages of actors."""

from django.contrib import admin

from apps.actors.models import Actor, Alias, Redirect
from apps.web.editing import EditAdmin, EditForm


class ActorForm(EditForm):
    related = ("aliases",)


class AliasInline(admin.TabularInline):
    model = Alias
    extra = 0


@admin.register(Actor)
class ActorAdmin(EditAdmin):
    form = ActorForm
    fields = ("slug", "name", "short_name", "kind", "country", "parent", "wikidata", "note")
    inlines = (AliasInline,)
    list_display = ("name", "short_name", "kind", "country", "parent", "slug")
    list_filter = ("kind", "country")
    list_select_related = ("parent",)
    search_fields = ("name", "short_name", "slug", "aliases__name")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("name",)}
    ordering = ("name",)


@admin.register(Redirect)
class RedirectAdmin(EditAdmin):
    fields = ("kind", "old_slug", "target_slug")
    list_display = ("old_slug", "target_slug", "kind")
    list_filter = ("kind",)
    search_fields = ("old_slug", "target_slug")
    ordering = ("kind", "old_slug")
