"""Drafts that programs write: the same forms as in the admin say what is wrong, and nothing of a refused one stays."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pghistory
from django import forms
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from apps.actors.models import Actor, a_kind
from apps.claims.cells import print_number
from apps.claims.figure_forms import FIGURE
from apps.claims.forms import CitationFormSet, ClaimForm, InlineCitationForm
from apps.claims.models import Citation, Claim, ClaimStatus, Place, Question
from apps.comparisons.documents import Document, iso, number
from apps.publishing.api_tokens import ApiDraft, ApiToken
from apps.sources.models import Source
from apps.web.editing import VERSION, version_of

_TEXTS = ("speaker", "basis_note", "stated_on", "nature", "population", "revision_kind", "note")
_NAMED: Mapping[str, type[Model]] = {"question": Question, "place": Place, "claimant": Actor}
_CLAIMS = ("part_of", "supersedes")
_CITED = ("quote", "locator", "language", "translation")
_ROW = "citations-0"
#: Field of a form → where in the body (RFC 6901), where its name does not say it.
_POINTERS = {"as_of_start": "/as_of/start", "as_of_end": "/as_of/end", "is_translated": "/citation/translated"}
_POINTERS |= {name: f"/figure/{name}" for name in FIGURE}

DraftForm = forms.modelform_factory(
    Claim,
    form=ClaimForm,
    fields=(
        *_NAMED,
        *FIGURE,
        *_TEXTS,
        *_CLAIMS,
        "as_of_start",
        "as_of_end",
        "attributes",
        "interval_kind",
        "interval_level",
    ),
)
DraftCitations = forms.inlineformset_factory(
    Claim,
    Citation,
    form=InlineCitationForm,
    formset=CitationFormSet,
    fields=("source", "is_primary", "is_translated", *_CITED, *FIGURE),
    extra=0,
    can_delete=False,
)


class DraftRefused(Exception):
    """A draft that cannot be kept; `errors` name the members of the body by `pointer`, each with a `detail`."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(errors[0]["detail"])
        self.errors = errors


class DraftConflict(Exception):
    """A draft that somebody changed meanwhile, or that is none any more; the message says which."""


def drafts_of(token: ApiToken) -> QuerySet[Claim]:
    """The claims that tokens of the same person recorded, published or not."""
    recorded = ApiDraft.objects.filter(token__made_by=token.made_by_id).values("public_id")
    rows = Claim.objects.exclude(status=ClaimStatus.REMOVED).filter(public_id__in=recorded)
    return rows.select_related("question", "place", "claimant", "part_of", "supersedes")


# --- writing


@dataclass(frozen=True, slots=True)
class Recorded:
    """A draft that a request recorded; `is_new` unless an earlier request with the same key did."""

    claim: Claim
    is_new: bool


@transaction.atomic
def record_draft(*, token: ApiToken, sent: Document, body: bytes, key: str = "") -> Recorded:
    """Keep a claim as a draft, with its primary citation.

    `key` is that of a request which may come twice (empty: none), `body` its bytes. DraftRefused with what is wrong;
    DraftConflict when the key came with another body, or its draft is gone.
    """
    ApiToken.objects.select_for_update().get(pk=token.pk)  # one request of a token after the other
    digest = sha256(body).hexdigest()
    if key and (before := ApiDraft.objects.filter(token=token, key=key).first()) is not None:
        return Recorded(_same(before, digest), is_new=False)
    claim = _save(token, Claim(), sent)
    ApiDraft.objects.create(token=token, public_id=claim.public_id, key=key, sha256=digest)
    return Recorded(claim, is_new=True)


def _same(before: ApiDraft, digest: str) -> Claim:
    if before.sha256 != digest:
        raise DraftConflict("This Idempotency-Key came with another body before; send a new key.")
    claim = Claim.objects.filter(public_id=before.public_id).exclude(status=ClaimStatus.REMOVED).first()
    if claim is None:
        raise DraftConflict("The draft that this Idempotency-Key recorded is gone; send a new key.")
    return claim


@transaction.atomic
def change_draft(*, token: ApiToken, claim: Claim, sent: Document) -> Claim:
    """Change a draft; `sent` holds the members that are to be another, and the version that was seen.

    DraftRefused with what is wrong; DraftConflict when somebody saved it meanwhile, or it is no draft any more.
    """
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if claim.status != ClaimStatus.DRAFT:
        status = claim.get_status_display().lower()
        raise DraftConflict(f"{claim.public_id} is {status} and no draft any more: only editors change it now.")
    if version_of(claim, ClaimForm.related, lock=True) != sent[VERSION]:
        raise DraftConflict("Somebody saved this draft after you saw it; read it again, and send its present version.")
    return _save(token, claim, members(claim) | sent)


def _save(token: ApiToken, claim: Claim, sent: Document) -> Claim:
    problems = _Problems()
    data = _form_data(claim, sent, problems, token)
    claim_form = DraftForm(data, instance=claim)
    claim_form.is_valid()
    primary = Citation.objects.filter(claim=claim, is_primary=True) if claim.pk else Citation.objects.none()
    citations = DraftCitations(data, instance=claim_form.instance, queryset=primary, prefix="citations")
    citations.is_valid()
    problems.add_form(claim_form)
    problems.add_citations(citations, with_figure=claim_form.is_valid())
    problems.finish()
    with pghistory.context(user=token.made_by_id, api_token=token.name):
        saved: Claim = claim_form.save()
        citations.save()
    return saved


class _Problems:
    """What is wrong with a draft, member by member; of one member only the first."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def add(self, pointer: str, sentence: str) -> None:
        self.found.setdefault(pointer, sentence)

    def add_form(self, form: Any) -> None:
        for name, sentences in form.errors.items():
            self.add(_POINTERS.get(name) or ("" if name == "__all__" else f"/{name}"), str(sentences[0]))

    def add_citations(self, citations: Any, *, with_figure: bool) -> None:
        """A figure that is wrong in the claim is told of once, and not again where the citation copies it."""
        for name, sentences in citations.forms[0].errors.items():
            if with_figure or name not in (*FIGURE, "__all__"):
                self.add(_POINTERS.get(name) or f"/citation/{name}".removesuffix("/__all__"), str(sentences[0]))
        for sentence in citations.non_form_errors():
            self.add("/citation", str(sentence))

    def finish(self) -> None:
        if self.found:
            raise DraftRefused([{"pointer": pointer, "detail": text} for pointer, text in self.found.items()])


# --- from the body to the forms, and back


def _form_data(claim: Claim, sent: Document, problems: _Problems, token: ApiToken) -> QueryDict:
    """The body as a browser would have sent it; what names nothing is a problem."""
    cited = sent["citation"] or {}
    values: dict[str, str] = {name: str(sent[name] or "") for name in _TEXTS}
    values |= {name: _key(model, sent[name], f"/{name}", problems) for name, model in _NAMED.items()}
    values |= {name: _claim_key(sent[name], f"/{name}", problems, token) for name in _CLAIMS}
    as_of = sent["as_of"] or {}
    values |= {"as_of_start": as_of.get("start") or "", "as_of_end": as_of.get("end") or ""}
    values |= _figure_values(sent["figure"]) | {"attributes": _json(sent["attributes"])}
    values |= _as_stored(claim, is_same_figure=sent["figure"]["stated_value"] == claim.stated_value)
    primary = claim.citations.filter(is_primary=True).first() if claim.pk else None
    values |= _row_values(claim, primary)
    values |= {f"{_ROW}-{name}": cited.get(name) or "" for name in _CITED}
    values |= {f"{_ROW}-source": _key(Source, cited.get("source", ""), "/citation/source", problems)}
    values |= {f"{_ROW}-is_translated": "on"} if cited.get("translated") else {}
    data = QueryDict(mutable=True)
    data.update(values)
    return data


def _figure_values(figure: Mapping[str, Any]) -> dict[str, str]:
    """Numbers and words of a figure as they are typed; a box that is not ticked is not sent."""
    numbers = {name: figure.get(name) for name in ("lower", "upper", "point")}
    typed = {name: "" if value is None else str(value) for name, value in numbers.items()}
    for name in ("lower_inclusive", "upper_inclusive"):
        value = figure.get(name)
        typed[name] = "unknown" if value is None else str(value).lower()
    texts = {name: str(figure.get(name) or "") for name in ("stated_value", "qualifier", "override_reason")}
    return typed | texts | ({"hedged": "on"} if figure.get("hedged") else {})


def _as_stored(claim: Claim, *, is_same_figure: bool) -> dict[str, str]:
    """What no body says: the version, which was looked at already, and what the ends of the same figure stand for."""
    if claim._state.adding:
        return {}
    level = claim.interval_level
    kept = {"interval_kind": claim.interval_kind, "interval_level": "" if level is None else print_number(level)}
    return (kept if is_same_figure else {}) | {VERSION: version_of(claim, ClaimForm.related)}


def _row_values(claim: Claim, primary: Citation | None) -> dict[str, str]:
    """The one row of citations; its figure follows that of the claim unless an editor gave it another one."""
    counts = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1" if primary else "0"}
    row = {f"citations-{name}": value for name, value in counts.items()} | {f"{_ROW}-is_primary": "on"}
    if primary is None:
        return row
    own: dict[str, str] = {}
    if any(getattr(primary, name) != getattr(claim, name) for name in FIGURE):
        own = _figure_values({name: getattr(primary, name) for name in FIGURE})
    return row | {f"{_ROW}-id": str(primary.pk)} | {f"{_ROW}-{name}": value for name, value in own.items()}


def _key(model: type[Model], slug: str, pointer: str, problems: _Problems) -> str:
    row = model._default_manager.filter(slug=slug).values_list("pk", flat=True).first() if _is_name(slug) else None
    if row is None:
        problems.add(pointer, f"“{slug[:60]}” was given; wanted the slug of {a_kind(str(model._meta.model_name))}.")
    return str(row or "")


def _claim_key(public_id: str | None, pointer: str, problems: _Problems, token: ApiToken) -> str:
    """A claim that readers may see, or a draft of the same person."""
    if not public_id:
        return ""
    own = ApiDraft.objects.filter(token__made_by=token.made_by_id).values("public_id")
    seen = Claim.objects.filter(Q(status__in=("published", "retracted")) | Q(public_id__in=own, status="draft"))
    row = seen.filter(public_id=public_id).values_list("pk", flat=True).first() if _is_name(public_id) else None
    if row is None:
        problems.add(pointer, f"“{public_id[:60]}” was given; wanted the id of a claim that is published.")
    return str(row or "")


def _is_name(text: str) -> bool:
    """Whether a text may be a slug or an id; the database is not asked for others, of which it cannot take some."""
    return text.isascii() and text.isprintable()


def _json(value: object) -> str:
    """Attributes are nobody's figures: numbers in them are what any JSON reader makes of them."""
    return json.dumps(value, ensure_ascii=False, default=float)


def members(claim: Claim) -> Document:
    """A draft as it would be sent."""
    primary = claim.citations.filter(is_primary=True).select_related("source").first()
    return {
        **{name: getattr(claim, name).slug for name in _NAMED},
        **{name: getattr(claim, name) or None for name in _TEXTS if name != "stated_on"},
        "figure": _figure(claim),
        "as_of": {"start": iso(claim.as_of_start), "end": iso(claim.as_of_end)},
        "stated_on": iso(claim.stated_on),
        **{name: row.public_id if (row := getattr(claim, name)) else None for name in _CLAIMS},
        "attributes": claim.attributes,
        "citation": primary and _citation(primary),
    }


def _figure(claim: Claim) -> Document:
    return {name: getattr(claim, name) for name in FIGURE} | {"override_reason": claim.override_reason or None}


def _citation(row: Citation) -> Document:
    texts = {name: getattr(row, name) or None for name in _CITED}
    return {"source": row.source.slug, **texts, "translated": row.is_translated}


def listed_draft(claim: Claim) -> Document:
    """What a list tells of a draft."""
    return {
        "draft": claim.public_id,
        "url": reverse("api:draft", args=[claim.public_id]),
        "status": claim.status,
        "recorded_at": claim.recorded_at.isoformat(),
        **{name: getattr(claim, name).slug for name in _NAMED},
        "stated_value": claim.stated_value,
    }


def draft(claim: Claim) -> Document:
    """A draft with the version that a change of it has to name."""
    document = listed_draft(claim) | members(claim) | {VERSION: version_of(claim, ClaimForm.related)}
    del document["stated_value"]
    figure = document["figure"]
    document["figure"] = figure | {name: number(figure[name]) for name in ("lower", "upper", "point")}
    return document


def sentence_of(errors: Iterable[Mapping[str, str]]) -> str:
    """The first of some errors, with its place."""
    first = next(iter(errors))
    return f"{first['pointer']}: {first['detail']}" if first["pointer"] else first["detail"]
