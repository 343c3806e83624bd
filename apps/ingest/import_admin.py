"""The list of what was imported, and undoing one import as a whole."""

from typing import Any, override

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from apps.domain.wording import counted
from apps.ingest.models import Import
from apps.ingest.undoing import reasons_against, undo_import

MAY_UNDO = "ingest.undo_import"
#: Claims of an import that is undone while somebody waits; more take the command, which may take its time.
MOST_ON_A_PAGE = 20_000


class ImportAdmin(admin.ModelAdmin):
    """Imports are records of what happened: nobody adds, changes or deletes one here."""

    list_display = ("id", "file_name", "imported_at", "undone_at")
    list_display_links = ("file_name",)
    list_filter = (("undone_at", admin.EmptyFieldListFilter),)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("file_name",)
    fields = ("file_name", "sha256", "imported_at", "options", "counts", "undone_at", "undone_by")
    change_form_template = "admin/ingest/import.html"

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @override
    def get_urls(self) -> Any:
        undo = path("<int:pk>/undo/", self.admin_site.admin_view(self.undo), name="ingest_import_undo")
        return [undo, *super().get_urls()]

    @override
    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context["may_undo"] = request.user.has_perm(MAY_UNDO)
        return super().render_change_form(request, context, *args, **kwargs)

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would go and what stands against it; a POST does it."""
        if not request.user.has_perm(MAY_UNDO):
            raise PermissionDenied
        record = Import.objects.filter(pk=pk).first()
        if record is None:
            raise Http404(f"There is no import {pk}.")
        if request.method == "POST" and self._undo(request, record):
            return HttpResponseRedirect(reverse("admin:ingest_import_change", args=[pk]))
        claims = record.claims.count()
        context = self.admin_site.each_context(request) | {
            "title": f"Undo {record.file_name}",
            "subtitle": None,
            "opts": self.opts,
            "record": record,
            "claims": claims,
            "made": [counted(len(slugs), kind) for kind, slugs in record.made.items()],
            "is_large": claims > MOST_ON_A_PAGE,
            "reasons": reasons_against(record),
        }
        return TemplateResponse(request, "admin/ingest/undo.html", context)

    def _undo(self, request: HttpRequest, record: Import) -> bool:
        if record.claims.count() > MOST_ON_A_PAGE:
            return False
        try:
            undone = undo_import(record=record, by=request.user, waits=False)
        except ValidationError as error:
            if getattr(error, "code", None) == "busy":  # a list of reasons has none
                messages.warning(request, " ".join(error.messages))
            return False  # for all else the page says why
        messages.success(request, undone.sentence())
        return True
