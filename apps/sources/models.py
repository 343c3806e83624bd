"""Sources: the documents that claims were printed in."""

from typing import ClassVar, override

from django.core.exceptions import ValidationError
from django.db import models

from apps.actors.fields import LANGUAGE, LANGUAGE_MESSAGE, SHA256, matches, one_of, shape_check
from apps.actors.history import keep_history
from apps.actors.models import Actor, Slugged
from apps.sources.addresses import check_address, url_key
from apps.web.partial_dates import PartialDateField, TextColumn, partial_date_check

SHA256_MESSAGE = "Give the SHA-256 of the file as 64 digits and letters a to f."


class UrlKeyField(TextColumn):
    """`url_key` of the row's `url`, set whenever a row is saved or bulk-created.

    `update()` does not pass here: who sets `url` that way sets `url_key` too.
    """

    @override
    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        key = url_key(model_instance.url)  # type: ignore[attr-defined]  # the model has one
        setattr(model_instance, self.attname, key)
        return key


class SourceKind(models.TextChoices):
    ARTICLE = "article"
    WIRE = "wire"
    BRIEFING = "briefing"
    POST = "post"
    REPORT = "report"
    DATASET = "dataset"
    BOOK = "book"
    INTERVIEW = "interview"


@keep_history()
class Source(Slugged):
    """One document: an article, a briefing, a data set, with its archived copy."""

    publisher = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="sources", help_text="Who printed it, for example Al Jazeera."
    )
    title = models.CharField(max_length=500, help_text="As printed, in its own language; in [ ] when it is ours.")
    url = models.CharField(
        "address",
        max_length=2000,
        blank=True,
        validators=[check_address],
        help_text="Where it can be read, for example https://ajupress.com/view/20241105102338256. Kept as given.",
    )
    url_key = UrlKeyField(max_length=2000, null=True, unique=True, editable=False)
    published_on = PartialDateField(help_text="Day, month or year of publication, for example 2024-11-05 or 2024-11.")
    language = models.CharField(
        max_length=20,
        blank=True,
        validators=[matches(LANGUAGE, LANGUAGE_MESSAGE)],
        help_text="Language code of the text, for example “en” or “ko”.",
    )
    kind = models.CharField(
        max_length=20,
        choices=SourceKind.choices,
        default=SourceKind.ARTICLE,
        help_text="What it is, for example “briefing”.",
    )
    author = models.CharField(max_length=300, blank=True, help_text="By-line, for example “Park Ung”.")
    accessed_on = models.DateField(null=True, blank=True, help_text="The day you read it, for example 2025-01-31.")
    archive_url = models.CharField(
        "archived copy",
        max_length=2000,
        blank=True,
        validators=[check_address],
        help_text="Address of a copy that stays, for example at web.archive.org.",
    )
    archive_file = models.FileField(
        upload_to="archive/", blank=True, help_text="Our own copy of the document, for example a PDF."
    )
    archive_sha256 = models.CharField(
        "SHA-256 of the copy",
        max_length=64,
        blank=True,
        validators=[matches(SHA256, SHA256_MESSAGE)],
        help_text="Proves that the copy was not changed: 64 digits and letters a to f.",
    )
    note = models.TextField(blank=True, help_text="Anything a colleague should know, for example “behind a paywall”.")

    class Meta(Slugged.Meta):
        constraints: ClassVar = [
            *Slugged.Meta.constraints,
            one_of("kind", SourceKind.values),
            shape_check("language", LANGUAGE, LANGUAGE_MESSAGE),
            shape_check("archive_sha256", SHA256, SHA256_MESSAGE),
            partial_date_check("published_on"),
        ]

    def __str__(self) -> str:
        return f"{self.title[:80]} ({self.slug})"

    @override
    def clean(self) -> None:
        super().clean()
        try:
            check_address(self.url) if self.url else None
        except ValidationError:
            return  # the field's own validator says so
        key = url_key(self.url)
        same = Source.objects.exclude(pk=self.pk).filter(url_key=key).first() if key else None
        if same is not None:
            message = f"This address is already recorded as “{same.slug}”: use that source."
            raise ValidationError({"url": ValidationError(message, code="url_key")})
