"""The languages that can be read, each with its table."""

from apps.domain.parsing.language import Language
from apps.domain.parsing.languages.english import ENGLISH

__all__ = ["ALL", "BY_CODE", "ENGLISH"]

#: In the order in which they are offered.
ALL: tuple[Language, ...] = (ENGLISH,)
BY_CODE = {language.code: language for language in ALL}
