"""Forms of the editing pages: nobody overwrites what somebody else saved meanwhile, and errors stand at their fields.

Nothing here knows a model: a form names the related rows that its page shows, and a model may say to which
field the sentence of a constraint belongs (`constraint_fields`: code → field).
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, override

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html

VERSION = "version"
#: More related rows of a kind than any page of ours has.
MOST_ROWS = 100
#: Every number of so many digits is one that the database can look for.
_LONGEST_KEY = 18
_CONFLICT = (
    "Somebody else saved this {} after you opened it. Nothing of yours was saved, and nothing is lost: "
    'compare your entries below with <a href="{}" target="_blank">the present version</a>, then save again.'
)


def version_of(row: models.Model, related: Sequence[str], *, lock: bool = False) -> str:
    """A hash of what the row and its related rows hold in the database at this moment; empty when it is gone.

    `related` are names of reverse relations. With `lock` the rows stay as they are until the transaction ends.
    """
    own = type(row)._default_manager.filter(pk=row.pk)
    queries = [own, *(getattr(row, name).order_by("pk") for name in related)]
    if lock:
        queries = [query.select_for_update(no_key=True, of=("self",)) for query in queries]
    found = [[_values(each) for each in query] for query in queries]
    return hashlib.sha256(repr(found).encode()).hexdigest() if found[0] else ""


def _values(row: models.Model) -> list[str]:
    return [f"{field.attname}={field.value_from_object(row)}" for field in row._meta.concrete_fields]


class RowForm(forms.ModelForm):
    """A form that says what a constraint refuses at the field it is about."""

    def show_again(self) -> None:
        """Called where a page is shown again as it was sent, without any check: more may be filled in here."""

    @override
    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data

    def _update_errors(self, errors: ValidationError) -> None:
        """Where Django adds what the model says: moves sentences of constraints to the fields they speak of."""
        by_field: dict[str, list[ValidationError]] = getattr(errors, "error_dict", {})
        general = by_field.pop(NON_FIELD_ERRORS, [])
        fields: dict[str, str] = getattr(self.instance, "constraint_fields", {})
        for error in general:
            field = fields.get(error.code or "", NON_FIELD_ERRORS)
            by_field.setdefault(field if field in self.fields else NON_FIELD_ERRORS, []).append(error)
        super()._update_errors(errors)  # type: ignore[misc]  # Django's own hook, without annotations


class EditForm(RowForm):
    """A form that refuses to save over a version that its editor has not seen."""

    related: ClassVar[Sequence[str]] = ()
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None and not self.is_bound and VERSION in self.fields:
            self.initial[VERSION] = version_of(self.instance, self.related)

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk is not None and VERSION in self.fields:
            self._refuse_unseen(cleaned.get(VERSION, ""))
        return cleaned

    def _refuse_unseen(self, seen: str) -> None:
        present = version_of(self.instance, self.related, lock=True)
        if present == seen:
            return
        # The page that comes back shows both versions, so the next save is a decision and passes.
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(VERSION)] = present
        self.data = data
        meta = self.instance._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[self.instance.pk])
        self.add_error(None, ValidationError(format_html(_CONFLICT, meta.verbose_name, address), code="conflict"))


class SearchedSelect(AutocompleteSelect):
    """The choice of one related row, found by a search. What is no key chooses nothing, and the field says so."""

    @override
    def optgroups(self, name: str, value: Iterable[Any], attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if is_key(str(key))], attr)


def is_key(text: str) -> bool:
    """Whether a text that a browser sent may be a primary key: ASCII digits, not too many."""
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_KEY


class SearchedRelations(admin.options.BaseModelAdmin):
    """The fields that are filled by a search survive whatever a browser sends for them."""

    @override
    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchedSelect(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class EditStacked(SearchedRelations, admin.StackedInline):
    """Related rows on an editing page, one under the other."""


class EditTabular(SearchedRelations, admin.TabularInline):
    """Related rows on an editing page, one per line."""


class LimitedSet:
    """Over a set of forms: a forged number of rows is refused before as many forms are built."""

    def total_form_count(self) -> int:
        rows: Any = self
        if rows.is_bound and (rows.management_form.cleaned_data.get("TOTAL_FORMS") or 0) > rows.absolute_max:
            return len(rows.get_queryset())
        count: int = super().total_form_count()  # type: ignore[misc]  # of the class that this one stands before
        return count


class UncheckedForm:
    """Over a form: shows what was sent, finds no fault with it and is never saved."""

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        if isinstance(self, RowForm):
            self.show_again()

    def is_valid(self) -> bool:
        return False


class UncheckedSet:
    """The same over a set of forms."""

    def full_clean(self) -> None:
        self._errors: list[ErrorDict] = []
        self._non_form_errors = ErrorList()

    def is_valid(self) -> bool:
        return False


def unchecked(form: type[forms.ModelForm]) -> Any:
    """A class of forms that are shown again as they were sent."""
    return type(form.__name__, (UncheckedForm, form), {})


def unchecked_set(formset: type[forms.BaseFormSet]) -> Any:
    """A class of form sets that are shown again as they were sent, with all of their forms."""
    return type(formset.__name__, (UncheckedSet, formset), {"form": unchecked(formset.form)})


class EditAdmin(SearchedRelations, admin.ModelAdmin):
    """An editing page on `EditForm`; the hidden version goes with the first group of fields.

    A request that `only_shows` is answered with the page as it was sent: nothing is checked and nothing saved.
    """

    form: type[forms.ModelForm] = EditForm
    list_per_page = 50
    show_full_result_count = False

    def only_shows(self, request: HttpRequest) -> bool:
        """Whether the request wants the page again with its entries, for example because more of it is now known."""
        return False

    @override
    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return unchecked(form) if self.only_shows(request) else form

    @override
    def get_formsets_with_inlines(self, request: Any, obj: Any = None) -> Any:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset.max_num = formset.absolute_max = MOST_ROWS
            limited = type(formset.__name__, (LimitedSet, formset), {})
            yield (unchecked_set(limited) if self.only_shows(request) else limited), inline

    @override
    def get_fieldsets(self, request: Any, obj: Any = None) -> Any:
        return with_version(super().get_fieldsets(request, obj))


def with_version(groups: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Groups of fields with the hidden version at the end of the first."""
    found = [(name, dict(options)) for name, options in groups]
    if all(VERSION not in options["fields"] for _, options in found):
        found[0][1]["fields"] = [*found[0][1]["fields"], VERSION]
    return found
