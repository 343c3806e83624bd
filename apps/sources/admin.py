"""Editing pages of sources."""

from django.contrib import admin

from apps.sources.models import Source
from apps.web.editing import EditAdmin


@admin.register(Source)
class SourceAdmin(EditAdmin):
    fieldsets = (
        (None, {"fields": ("slug", "publisher", "title", "url", "published_on", "language", "kind", "author", "note")}),
        ("Archived copy", {"fields": ("accessed_on", "archive_url", "archive_file", "archive_sha256")}),
    )
    list_display = ("title", "publisher", "published_on", "kind", "language", "slug")
    list_filter = ("kind", "language")
    list_select_related = ("publisher",)
    search_fields = ("title", "slug", "url", "author", "publisher__name", "publisher__short_name")
    autocomplete_fields = ("publisher",)
    prepopulated_fields = {"slug": ("title",)}
    ordering = ("-published_on", "slug")
