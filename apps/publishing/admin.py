"""Tokens of the API: made here, shown once, and ended here."""

from typing import Any, override

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from apps.publishing.api.tokens import hash_of, new_secret, revoke_token
from apps.publishing.api_tokens import ApiToken
from apps.web.editing import EditAdmin, EditForm


class ApiTokenForm(EditForm):
    """A token that is there may be renamed, given other scopes, or ended."""

    revoke = forms.BooleanField(required=False, help_text="Ends it at once and for ever; drafts that it wrote stay.")


@admin.register(ApiToken)
class ApiTokenAdmin(EditAdmin):
    form = ApiTokenForm
    list_display = ("name", "may_read_drafts", "may_write_drafts", "made_by", "made_at", "last_used_at", "revoked_at")
    list_filter = ("may_write_drafts", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("made_by",)
    search_fields = ("name",)
    ordering = ("-made_at", "-id")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> tuple[str, ...]:
        return () if obj is None else ("made_by", "made_at", "last_used_at", "revoked_at", "revoked_by")

    @override
    def get_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> tuple[str, ...]:
        fields = ("name", "may_read_drafts", "may_write_drafts")
        if obj is None:
            return fields
        return (*fields, *self.get_readonly_fields(request, obj), *(() if obj.is_revoked else ("revoke",)))

    @override
    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        if not change:
            secret = new_secret()
            obj.sha256, obj.made_by = hash_of(secret), request.user  # type: ignore[assignment]  # somebody is signed in
            request.new_secret = secret  # type: ignore[attr-defined]  # shown in the answer, and kept nowhere
        super().save_model(request, obj, form, change)
        if form.cleaned_data.get("revoke"):
            revoke_token(token=obj, by=request.user, at=timezone.now())

    @override
    def response_add(self, request: HttpRequest, obj: ApiToken, *args: Any, **kwargs: Any) -> HttpResponse:
        """The one page that shows the token."""
        secret = request.new_secret  # type: ignore[attr-defined]  # set where it was saved
        context = self.admin_site.each_context(request) | {"token": obj, "secret": secret, "opts": self.opts}
        context |= {"title": "Copy this token now", "subtitle": None}
        return TemplateResponse(request, "admin/publishing/token_made.html", context)

    @override
    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """What is revoked stays as it is."""
        return super().has_change_permission(request, obj) and not (obj is not None and obj.is_revoked)

    @override
    def has_delete_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Histories name tokens: they are revoked, never deleted."""
        return False
