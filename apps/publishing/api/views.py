"""The two addresses that tell of the API itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.publishing.api.docs import build_docs
from apps.publishing.api.openapi import document
from apps.publishing.api.site import answer


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """`/api/v1/openapi.json`."""
    return answer(document())


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """`/api/v1/docs`: the same for people."""
    return render(request, "publishing/api_docs.html", {"page": build_docs(document())})
