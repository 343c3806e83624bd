"""Bringing a table in through the admin: upload, preview, run in the background, report."""

import csv
import io
from typing import Any, override

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from apps.claims.cells import guarded, unguarded
from apps.ingest.long_form.columns import REASON, key_of
from apps.ingest.long_form.sheets import read_sheet
from apps.ingest.mappings import save_mapping
from apps.ingest.problems import BundleRefused
from apps.ingest.upload_forms import ColumnsForm, MappingNameForm, UploadForm
from apps.ingest.upload_work import ask_for_check, ask_for_run, ask_once_more
from apps.ingest.uploads import WAITING, Upload

PROBLEMS_PER_PAGE = 50
MAY_PUBLISH = "ingest.publish_upload"


class UploadAdmin(admin.ModelAdmin):
    """The pages of uploads. What an upload waits for is done by the worker; pages only ask and show."""

    list_display = ("file_name", "state", "uploaded_by", "uploaded_at")
    list_filter = ("state",)
    list_select_related = ("uploaded_by",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("file_name",)

    @override
    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content")

    @override
    def get_urls(self) -> Any:
        own = [
            path("<int:pk>/check/", self._page(self.check_again), name="ingest_upload_check"),
            path("<int:pk>/run/", self._page(self.bring_in), name="ingest_upload_run"),
            path("<int:pk>/ask-again/", self._page(self.ask_again), name="ingest_upload_again"),
            path("<int:pk>/save-mapping/", self._page(self.save_mapping), name="ingest_upload_mapping"),
            path("<int:pk>/refused-rows.csv", self._page(self.refused_rows), name="ingest_upload_rows"),
        ]
        return [*own, *super().get_urls()]

    def _page(self, view: Any) -> Any:
        return self.admin_site.admin_view(transaction.atomic(view))

    # --- pages

    @override
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The form for a new table."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        data = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*data, may_publish=request.user.has_perm(MAY_PUBLISH))
        if request.method == "POST" and form.is_valid():
            upload = form.save()
            upload.uploaded_by = request.user  # type: ignore[assignment]  # somebody is signed in
            ask_for_check(upload)
            return _to(upload)
        context = self._context(request, "Bring a table in") | {"form": form}
        return TemplateResponse(request, "admin/ingest/upload_new.html", context)

    @override
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What became of an upload: its progress, its preview or its report."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        upload = self._upload(request, object_id)
        return self._shown(request, upload, self._forms(request, upload))

    def _shown(self, request: HttpRequest, upload: Upload, forms: dict[str, Any], status: int = 200) -> HttpResponse:
        problems = Paginator(upload.problems, PROBLEMS_PER_PAGE).get_page(request.GET.get("p"))
        context = self._context(request, upload.file_name) | {
            "upload": upload,
            "is_abandoned": upload.is_abandoned,
            "problems": problems,
            "refused_lines": bool(upload.header)
            and any(problem["line"] and problem["line"] > 1 for problem in upload.problems),
            "may_change": self.has_change_permission(request, upload),
            **forms,
        }
        return TemplateResponse(request, "admin/ingest/upload.html", context, status=status)

    def _forms(self, request: HttpRequest, upload: Upload) -> dict[str, Any]:
        may_publish = request.user.has_perm(MAY_PUBLISH)
        return {
            "form": UploadForm(instance=upload, may_publish=may_publish),
            "columns_form": ColumnsForm(upload=upload),
            "mapping_form": MappingNameForm(),
        }

    # --- actions

    def check_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Other columns, other options or a corrected file: checked anew."""
        upload = self._changed(request, pk)
        if not upload.may_be_checked:
            return self._too_late(request, upload)
        form = UploadForm(request.POST, request.FILES, instance=upload, may_publish=request.user.has_perm(MAY_PUBLISH))
        columns_form = ColumnsForm(request.POST, upload=upload)
        if not (form.is_valid() and columns_form.is_valid()):
            forms = {"form": form, "columns_form": columns_form, "mapping_form": MappingNameForm()}
            return self._shown(request, upload, forms)
        upload = form.save()
        if columns_form.says_otherwise:
            upload.take_columns(columns_form.chosen)
        ask_for_check(upload)
        return _to(upload)

    def bring_in(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was checked is put into the queue to be brought in."""
        upload = self._changed(request, pk)
        if upload.publishes and not request.user.has_perm(MAY_PUBLISH):
            raise PermissionDenied
        if not upload.may_be_run:
            return self._too_late(request, upload)
        ask_for_run(upload)
        return _to(upload)

    def ask_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What waits, and was perhaps lost on its way to the worker, is put into the queue once more."""
        upload = self._changed(request, pk)
        if upload.state not in WAITING:
            return self._too_late(request, upload)
        ask_once_more(upload)
        messages.success(request, "The worker was asked once more.")
        return _to(upload)

    def save_mapping(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The columns and options of this upload, kept under a name."""
        upload = self._changed(request, pk)
        if not request.user.has_perm("ingest.add_columnmapping"):
            raise PermissionDenied
        form = MappingNameForm(request.POST)
        if form.is_valid():
            try:
                columns = upload.report["columns"] or upload.columns
                name = form.cleaned_data["name"]
                save_mapping(
                    name=name, columns=columns, options=upload.options, encoding=upload.encoding, by=request.user
                )
            except ValidationError as error:
                form.add_error("name", " ".join(error.messages))
            else:
                messages.success(request, f"Saved as the mapping “{name}”.")
                return _to(upload)
        return self._shown(request, upload, self._forms(request, upload) | {"mapping_form": form})

    def refused_rows(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The rows with problems as CSV, each after what is wrong with it: to be mended and uploaded again."""
        upload = self._upload(request, str(pk))
        reasons: dict[int, list[str]] = {}
        for problem in upload.problems:
            if problem["line"]:
                where = f"{problem['column']}: " if problem["column"] else ""
                reasons.setdefault(problem["line"], []).append(where + problem["message"])
        try:
            sheet = read_sheet(upload.file_name, bytes(upload.content), encoding=upload.encoding)
        except BundleRefused as refused:
            raise Http404(str(refused)) from refused
        text = io.StringIO()
        rows = csv.writer(text)
        kept = [at for at, name in enumerate(sheet.header) if key_of(name) != key_of(REASON)]  # that of another round
        rows.writerow([REASON, *(_safe(sheet.header[at]) for at in kept)])
        for row in sheet.rows:
            if row.line in reasons:
                cells = [_safe(row.cells[at]) if at < len(row.cells) else "" for at in kept]
                rows.writerow([_safe("; ".join(reasons[row.line])), *cells])
        name = f"refused-rows-of-upload-{upload.pk}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(
            text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers
        )

    # --- who and what

    def _upload(self, request: HttpRequest, pk: str) -> Upload:
        upload = self.get_object(request, pk)
        if upload is None:
            raise Http404(f"There is no upload {pk}.")
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        return upload

    def _changed(self, request: HttpRequest, pk: int) -> Upload:
        """An upload that this request may change: sent by a form, by somebody who may. Locked until the answer."""
        if request.method != "POST":
            raise Http404("Only a form on the page of an upload leads here.")
        Upload.objects.select_for_update(no_key=True).filter(pk=pk).values("pk").first()
        upload = self._upload(request, str(pk))
        if not self.has_change_permission(request, upload):
            raise PermissionDenied
        return upload

    def _too_late(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        messages.warning(request, f"Nothing was changed: {upload} {upload.get_state_display()} by now.")
        return _to(upload)

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {"title": title, "subtitle": None, "opts": self.opts}


def _safe(cell: str) -> str:
    """A cell of somebody's file, guarded once, whether it was before or not."""
    return guarded(unguarded(cell))


def _to(upload: Upload) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:ingest_upload_change", args=[upload.pk]))
