"""Partial dates in the database and in forms: stored as ISO text, compared through two functions of the database."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import exceptions
from django.db import models

from apps.domain.periods import PartialDate

if TYPE_CHECKING:
    TextColumn = models.CharField[Any, Any]
else:  # Django's fields are generic for type checkers only
    TextColumn = models.CharField

#: One page reads the same few hundred dates thousands of times.
_read = lru_cache(maxsize=4096)(PartialDate.parse)


class PartialDateFormField(forms.CharField):
    """Reads `2024`, `2024-11` or `2024-11-05`; an empty entry is None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("empty_value", None)
        super().__init__(max_length=10, **{key: value for key, value in kwargs.items() if key != "max_length"})

    def to_python(self, value: object) -> PartialDate | None:  # type: ignore[override]  # a value, not a text
        if isinstance(value, PartialDate):
            return value
        text = str(value or "").strip()
        try:
            return _read(text) if text else None
        except ValueError as error:
            raise exceptions.ValidationError(f"“{text[:40]}” is not a date: {error}.", code="invalid") from None

    def run_validators(self, value: object) -> None:
        """The validators of text; a date that could be read satisfies them all."""

    def has_changed(self, initial: object, data: object) -> bool:
        return super().has_changed(None if initial is None else str(initial), str(data or "").strip())


class PartialDateField(TextColumn):
    """A `PartialDate` or None, never an empty text.

    A model that has one adds `partial_date_check(field)` to its constraints, so that no path around
    the forms stores 30 February.
    """

    description = "A year, a month of a year, or a day"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": 10, "null": True, "blank": True}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "blank"):
            kwargs.pop(fixed, None)
        return name, path, list(args), kwargs

    def from_db_value(self, value: str | None, *_: object) -> PartialDate | None:
        return None if value is None else _read(value)

    def to_python(self, value: object) -> PartialDate | None:
        if value is None or value == "":
            return None
        if isinstance(value, PartialDate):
            return value
        try:
            return _read(str(value))
        except ValueError as error:
            raise exceptions.ValidationError(str(error), code="invalid") from None

    def get_prep_value(self, value: object) -> str | None:
        if isinstance(value, PartialDate):
            return value.iso
        return None if value is None or value == "" else str(value)

    def run_validators(self, value: object) -> None:
        """The length check of text; a date that could be read satisfies it."""

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj) or "")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})


class PartialFirst(models.Func):
    """The first day that a partial date may mean, in the database; null for null and for what is no date."""

    function = "parallax_partial_first"
    output_field = models.DateField()


class PartialLast(models.Func):
    """The last day that a partial date may mean, in the database; null for null and for what is no date."""

    function = "parallax_partial_last"
    output_field = models.DateField()


def partial_date_check(field: str) -> models.CheckConstraint:
    """The constraint that `field` holds a date of the calendar."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__isnull": True}) | models.Q(IsDate(field)),
        name=f"%(class)s_{field}_is_date",
        violation_error_code=f"{field}_is_date",
        violation_error_message="Give a date like 2024, 2024-11 or 2024-11-05.",
    )


class IsDate(models.Func):
    """Whether a text is a partial date."""

    function = "parallax_partial_first"
    template = "(%(function)s(%(expressions)s) IS NOT NULL)"
    output_field = models.BooleanField()
