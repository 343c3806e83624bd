"""App configuration of the claims."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Topics, questions, places, claims and all that hangs on a claim."""

    name = "apps.claims"
    label = "claims"
    verbose_name = "Claims"
    default_auto_field = "django.db.models.BigAutoField"
