"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from apps.web import health

admin.site.site_header = "Parallax"
admin.site.site_title = "Parallax"
admin.site.index_title = "Editing"

urlpatterns = [
    path("", include("apps.publishing.urls")),
    path("", include("apps.comparisons.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
