"""App configuration of the HTTP and HTML layer."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, template tags and charts; it has no models."""

    name = "apps.web"
    label = "web"
    verbose_name = "Web"
