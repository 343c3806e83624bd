"""App configuration of the sources."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Where a claim was printed, with archived copies."""

    name = "apps.sources"
    label = "sources"
    verbose_name = "Sources"
    default_auto_field = "django.db.models.BigAutoField"
