"""Which column of somebody's tables is which of the long form, kept under a name for their next table."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from apps.actors.fields import choices_of, one_of
from apps.domain.parsing import LANGUAGES
from apps.domain.periods import PartialDate
from apps.domain.vocabulary import Measure, Nature
from apps.ingest.long_form.columns import KNOWN_AS
from apps.ingest.long_form.options import DATE_ORDERS, Options


def is_encoding(text: str) -> None:
    """ValidationError for a name that no encoding of texts has."""
    try:
        "a".encode(text)
    except (LookupError, ValueError) as error:
        raise ValidationError(f"There is no encoding “{text}”; wanted one such as cp1252.", code="unknown") from error


def is_day(text: str) -> None:
    """ValidationError for what is no date, as partial as it may be."""
    try:
        PartialDate.parse(text)
    except ValueError as error:
        raise ValidationError(f"“{text}” is no date; wanted one such as 2024-11-05 or 2024-11.", code="day") from error


class TableOptions(models.Model):
    """What is said of a table as a whole, with the words in which editors are asked for it."""

    encoding = models.CharField(
        max_length=40,
        blank=True,
        validators=[is_encoding],
        help_text="Of a text that is neither UTF-8 nor UTF-16, for example cp1252. Empty for all others.",
    )
    decimal_comma = models.BooleanField(
        default=False, help_text="Ticked: 1.234,5 is one thousand two hundred and thirty-four and a half."
    )
    language = models.CharField(
        max_length=2,
        blank=True,
        choices=list(LANGUAGES.items()),
        help_text="Of words and numbers, for example German: “rund 1.300”. Empty: English, unless in doubt.",
    )
    dates = models.CharField(
        "order of dates",
        max_length=3,
        blank=True,
        choices=list(DATE_ORDERS.items()),
        help_text="In which it writes days. Empty: as 2024-11-05; any other is refused.",
    )
    question = models.CharField(
        max_length=200, blank=True, help_text="Title or slug, for example “How many civilians were killed?”."
    )
    unit = models.CharField(max_length=60, blank=True, help_text="What is counted, for example persons.")
    place = models.CharField(max_length=200, blank=True, help_text="Name or slug, for example “Gaza Strip”.")
    actor = models.CharField(
        "claimant", max_length=200, blank=True, help_text="Name or slug of whoever gives the figures."
    )
    stated_on = models.CharField(
        max_length=10,
        blank=True,
        validators=[is_day],
        help_text="The day on which the figures were given, for example 2024-11-05; 2024-11 where only that is known.",
    )
    source_title = models.CharField(max_length=500, blank=True, help_text="Of what prints the figures.")
    source_url = models.URLField("source URL", max_length=2000, blank=True, help_text="Its address.")
    topic = models.CharField(
        max_length=200,
        blank=True,
        help_text="Title or slug of the topic of new questions, for example “The war”. Empty: named as the file.",
    )
    measure = models.CharField(
        max_length=20,
        blank=True,
        choices=choices_of(Measure),
        help_text="Of new questions. Empty: a flow where rows have an end that is not their start, else a stock.",
    )
    nature = models.CharField(
        max_length=20,
        blank=True,
        choices=choices_of(Nature),
        help_text="Of claims whose row says none, for example projection. Empty: estimate.",
    )
    constraint_fields: ClassVar = {
        "measure_known": "measure",
        "nature_known": "nature",
        "language_known": "language",
        "dates_known": "dates",
    }

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            one_of("measure", list(Measure), may_be_empty=True),
            one_of("nature", list(Nature), may_be_empty=True),
            one_of("language", LANGUAGES, may_be_empty=True),
            one_of("dates", DATE_ORDERS, may_be_empty=True),
        ]

    @property
    def options(self) -> Options:
        return Options(**{option.name: getattr(self, option.name) for option in fields(Options)})


class ColumnMapping(TableOptions):
    """What is said of the tables of one supplier: names of their columns, and what holds for each table as a whole."""

    name = models.CharField(
        max_length=100,
        unique=True,
        help_text="By which it is chosen, for example “Weekly report of the ministry”.",
        error_messages={"unique": "Another mapping has this name already."},
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        help_text="Who made it; nobody where a command did.",
    )
    made_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta(TableOptions.Meta):
        abstract = False
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def said(self) -> dict[str, str]:
        """Column of the long form → column of the file, empty where none is meant: `columns` of `import_claims`."""
        return dict(self.columns.order_by("pk").values_list("column", "header"))


class MappedColumn(models.Model):
    """One column of the long form, and the one of the file that is meant by it."""

    mapping = models.ForeignKey(ColumnMapping, on_delete=models.CASCADE, related_name="columns")
    column = models.CharField(
        "column of the long form",
        max_length=40,
        choices=choices_of(KNOWN_AS),
        help_text="What Parallax calls it, for example stated on: the day on which the figure was given.",
    )
    header = models.CharField(
        "column of the file",
        max_length=200,
        blank=True,
        help_text="As its first line has it, for example “Datum”. Empty: no column of the file, even one called so.",
    )

    constraint_fields: ClassVar = {"column_once": "column", "header_once": "header", "column_known": "column"}

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar[list[Any]] = [
            one_of("column", KNOWN_AS),
            models.UniqueConstraint(
                fields=["mapping", "column"],
                name="mappedcolumn_column_once",
                violation_error_code="column_once",
                violation_error_message="This column of the long form is named twice: name it once.",
            ),
            models.UniqueConstraint(
                fields=["mapping", "header"],
                condition=~Q(header=""),
                name="mappedcolumn_header_once",
                violation_error_code="header_once",
                violation_error_message="This column of the file is named twice: it can be one column only.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column} = {self.header or 'none'}"


@transaction.atomic
def save_mapping(
    *, name: str, columns: Mapping[str, str], options: Options | None = None, encoding: str = "", by: Any = None
) -> ColumnMapping:
    """Keep under a new name what was said of a file. ValidationError, with sentences, where that cannot be kept.

    `columns`: column of the long form → column of the file. A name that is there already is refused: others use it.
    """
    options = options or Options()
    mapping = ColumnMapping(
        name=name.strip(),
        encoding=encoding,
        made_by=by,
        **{option.name: getattr(options, option.name) for option in fields(options)},
    )
    mapping.full_clean(exclude=["made_at"])
    mapping.save()
    for column, header in columns.items():
        row = MappedColumn(mapping=mapping, column=column, header=header)
        row.full_clean()
        row.save()
    return mapping


def refuse_taken(name: str) -> None:
    """ValidationError where a mapping has the name already: others may use it."""
    if ColumnMapping.objects.filter(name=name.strip()).exists():
        raise ValidationError(f"There is a mapping “{name}” already; wanted another name, or an edit in the admin.")


def mapping_called(name: str) -> ColumnMapping:
    """The mapping with a name. ValidationError with the names that there are where it is not one."""
    if found := ColumnMapping.objects.filter(name=name.strip()).first():
        return found
    names = ", ".join(f"“{other}”" for other in ColumnMapping.objects.values_list("name", flat=True)[:20])
    raise ValidationError(f"There is no mapping “{name}”; wanted one of {names or 'none: no mapping is saved yet'}.")
