"""The app's entry in Django's registry."""

from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    name = "apps.comparisons"
