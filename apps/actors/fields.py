"""Columns of models, and small constraints that entities share: country codes, languages, hashes, closed word lists."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import RegexValidator
from django.db import models

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
PUBLIC_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
COUNTRY = r"^[A-Z]{2}$"
WIKIDATA = r"^Q[1-9][0-9]*$"
SHA256 = r"^[0-9a-f]{64}$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"

SLUG_MESSAGE = "Give lower-case letters, digits and single hyphens, for example “kursk-oblast”."
PUBLIC_ID_MESSAGE = "Give lower-case letters, digits and single hyphens, for example “c064”."
COUNTRY_MESSAGE = "Give the two capital letters of ISO 3166, for example “KR”."
WIKIDATA_MESSAGE = "Give a Wikidata item, for example “Q884”."
SHA256_MESSAGE = "Give a SHA-256 as 64 digits and letters a to f."
LANGUAGE_MESSAGE = "Give a language code, for example “en”, “ko” or “pt-BR”."


def column_of(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """The field of that name, which has a column of its own; KeyError where none has."""
    return {field.name: field for field in model._meta.concrete_fields}[name]


def matches(pattern: str, message: str) -> RegexValidator:
    """A validator that wants the whole text to match; `$` alone would let a final line break through."""
    return RegexValidator(pattern.removesuffix("$") + r"\Z", message)


def shape_check(field: str, pattern: str, message: str, *, may_be_empty: bool = True) -> models.CheckConstraint:
    """The constraint that `field` matches `pattern`, or is empty where that is allowed."""
    condition = models.Q(**{f"{field}__regex": pattern})
    if may_be_empty:
        condition |= models.Q(**{field: ""})
    return _named(field, "shape", condition, message)


def one_of(field: str, values: Iterable[str], *, may_be_empty: bool = False) -> models.CheckConstraint:
    """The constraint that `field` holds a word of a closed list, for writes that no form sees."""
    words = [str(value) for value in values]
    allowed = [*words, ""] if may_be_empty else words
    return _named(field, "known", models.Q(**{f"{field}__in": allowed}), f"Choose one of: {', '.join(words)}.")


def _named(field: str, code: str, condition: models.Q, message: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=condition,
        name=f"%(class)s_{field}_{code}",
        violation_error_code=f"{field}_{code}",
        violation_error_message=message,
    )


def choices_of(words: Iterable[str]) -> list[tuple[str, str]]:
    """Choices of a form for a closed word list, in its order, without underscores."""
    return [(str(word), str(word).replace("_", " ")) for word in words]
