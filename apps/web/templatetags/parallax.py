"""Template tags and filters of the pages: icons, claimants' marks, numbers and dates as the charts write them."""

import json
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from apps.web.charts import key_svg, legend_svg
from apps.web.embedding import Embeddable
from apps.web.formats import day_text, figure_text, partial_text

register = template.Library()

#: What could end a data block, or a line of it, written so that JSON reads it the same.
_BREAKING = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


class HasIso(Protocol):
    """A partial date: `iso` is `2024`, `2024-11` or `2024-11-05`."""

    @property
    def iso(self) -> str: ...


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon 'link' %}`: a drawing of the sprite, hidden from screen readers; the text beside it says it."""
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag(takes_context=True)
def embeddable(context: Context, path: str, title: str) -> Embeddable:
    """`{% embeddable page.permalink page.title as card %}`: this page as other sites show it."""
    request = context["request"]
    return Embeddable(f"{request.scheme}://{request.get_host()}", path, title)


@register.simple_tag
def key(slot: int) -> SafeString:
    """`{% key 3 %}`: the claimant's mark before its name."""
    return key_svg(slot)


@register.simple_tag
def legend() -> SafeString:
    """`{% legend %}`: how to read the marks, once on a page."""
    return legend_svg()


@register.filter
def figure(value: Decimal | int | None) -> str:
    """`{{ number|figure }}`: `10,000`. None is nothing at all, never 0."""
    return "" if value is None else figure_text(value)


@register.filter
def day(value: date | None) -> str:
    """`{{ date|day }}`: `4 Nov 2024`. None is nothing at all."""
    return "" if value is None else day_text(value)


@register.filter
def partial(value: HasIso | str | None) -> str:
    """`{{ date|partial }}`: `2024`, `Nov 2024` or `5 Nov 2024` from a partial date or its ISO form."""
    if not value:
        return ""
    return partial_text(value if isinstance(value, str) else value.iso)


@register.filter
def ld_json(value: dict[str, Any]) -> SafeString:
    """`{{ linked|ld_json }}`: an object as the text of a data block, which browsers do not run."""
    return mark_safe(json.dumps(value, ensure_ascii=False).translate(_BREAKING))
