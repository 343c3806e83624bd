"""App configuration of the actors."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """Who says, and who prints."""

    name = "apps.actors"
    label = "actors"
    verbose_name = "Actors"
    default_auto_field = "django.db.models.BigAutoField"
