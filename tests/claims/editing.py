"""The editing pages as a browser without scripts has them: opened, filled in, sent back."""

from typing import Any

from django.db import models
from django.test import Client
from django.urls import reverse
from html5lib import parse

from apps.claims.models import Claim


def address(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def fields_of(html: bytes) -> dict[str, str]:
    """What a browser would send back from the page's main form, untouched."""
    tree = parse(html, namespaceHTMLElements=False)
    form = next(form for form in tree.iter("form") if str(form.get("id", "")).endswith("_form"))
    found: dict[str, str] = {}
    for element in form.iter():
        name, kind = element.get("name"), element.get("type")
        if not name or "__prefix__" in name or kind in {"submit", "file"}:
            continue
        if element.tag == "input" and (kind not in {"checkbox", "radio"} or "checked" in element.attrib):
            found[name] = element.get("value", "on" if kind == "checkbox" else "")
        elif element.tag == "textarea":
            found[name] = (element.text or "").removeprefix("\n")
        elif element.tag == "select":
            chosen = [option for option in element.iter("option") if "selected" in option.attrib]
            found[name] = chosen[0].get("value", "") if chosen else ""
    return found


def opened(client: Client, url: str) -> dict[str, str]:
    response = client.get(url)
    assert response.status_code == 200
    return fields_of(response.content)


def errors_of(response: Any) -> dict[str, list[str]]:
    """Every sentence on a page that came back, by the name of its field."""
    assert response.status_code == 200, response.status_code
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        if inline.formset.non_form_errors():
            found[inline.formset.prefix] = inline.formset.non_form_errors()
        for form in inline.formset.forms:
            found |= {form.add_prefix(name): sentences for name, sentences in form.errors.items()}
    return {name: [str(sentence) for sentence in sentences] for name, sentences in found.items()}


def claim_page(editor: Client, claim: Claim) -> dict[str, str]:
    return opened(editor, address(Claim, "change", claim.pk))


def save(editor: Client, claim: Claim, page: dict[str, str]) -> Any:
    return editor.post(address(Claim, "change", claim.pk), page)
