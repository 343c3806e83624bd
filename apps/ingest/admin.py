"""Editing pages of what is said of somebody's tables."""

from typing import Any, override

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from apps.ingest.import_admin import ImportAdmin
from apps.ingest.long_form.columns import key_of
from apps.ingest.long_form.options import LEFT_OUT
from apps.ingest.mappings import ColumnMapping, MappedColumn
from apps.ingest.models import Import
from apps.ingest.upload_admin import UploadAdmin
from apps.ingest.uploads import Upload
from apps.web.editing import EditAdmin, EditForm, EditStacked, RowForm


class MappedColumnForm(RowForm):
    @override
    def validate_constraints(self) -> None:
        """Rows may trade names, so they are held against each other and not against what is stored of them."""


class MappedColumnFormSet(forms.BaseInlineFormSet):
    """The columns of a mapping: each of ours and each of the file once."""

    @override
    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            cells = {} if form in self.deleted_forms else getattr(form, "cleaned_data", {})
            if (header := key_of(cells.get("header", ""))) and header in seen:
                form.add_error("header", "This column of the file is named twice: it can be one column only.")
            seen.add(header)


class MappedColumnInline(EditStacked):
    model = MappedColumn
    form = MappedColumnForm
    formset = MappedColumnFormSet
    fields = (("column", "header"),)
    extra = 3


class ColumnMappingForm(EditForm):
    related = ("columns",)


@admin.register(ColumnMapping)
class ColumnMappingAdmin(EditAdmin):
    form = ColumnMappingForm
    inlines = (MappedColumnInline,)
    fieldsets = (
        (None, {"fields": ("name",)}),
        ("The file as a whole", {"fields": ("encoding", "language", "decimal_comma", "dates")}),
        ("What its rows leave out", {"fields": LEFT_OUT}),
    )
    list_display = ("name", "encoding", "language", "decimal_comma", "made_by", "changed_at")
    list_select_related = ("made_by",)
    search_fields = ("name", "columns__header")
    ordering = ("name",)

    @override
    def save_model(self, request: HttpRequest, obj: ColumnMapping, form: Any, change: bool) -> None:
        if not change:
            obj.made_by = request.user  # type: ignore[assignment]  # somebody is signed in
        super().save_model(request, obj, form, change)

    @override
    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Rows that changed are written anew: two that trade names never stand beside each other with one name."""
        rows = formset.save(commit=False)
        gone = [row.pk for row in (*rows, *formset.deleted_objects) if row.pk is not None]
        MappedColumn.objects.filter(pk__in=gone).delete()
        MappedColumn.objects.bulk_create(
            MappedColumn(mapping=row.mapping, column=row.column, header=row.header) for row in rows
        )


admin.site.register(Upload, UploadAdmin)
admin.site.register(Import, ImportAdmin)
