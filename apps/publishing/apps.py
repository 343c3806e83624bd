"""The app's entry in Django's registry."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "apps.publishing"
