"""Forms of claims and citations: what holds between rows is said before the database refuses it."""

from functools import cached_property
from typing import Any, cast, override

from django import forms
from django.core.exceptions import ValidationError

from apps.claims.actions import IS_RETRACTED, NEEDS_PRIMARY, NEVER_PUBLIC
from apps.claims.figure_forms import FIGURE, FigureForm
from apps.claims.models import Basis, Citation, Claim, ClaimStatus, Question
from apps.claims.readings import hear, primary_language
from apps.domain.wording import numbers_words, quoted
from apps.web.editing import EditForm, is_key

_AS_CLAIMED = "Leave the whole figure empty when it is printed just as in the claim."


class AttributesField(forms.JSONField):
    """JSON that an editor typed; what Python's reader cannot take is a sentence, not a failure."""

    @override
    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError("Give a shorter object of names and values.", code="invalid") from None

    @override
    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            value = super().bound_data(data, initial)
            self.prepare_value(value).encode()  # half a surrogate pair has no UTF-8
        except (ValueError, RecursionError):
            return forms.fields.InvalidJSONInput(data)  # printed as it was typed
        return value


class ClaimForm(FigureForm, EditForm):
    """A claim without its inlines; `CitationFormSet` holds the rule that joins the two."""

    related = ("citations", "stances", "bases", "joint")

    class Meta:
        field_classes = {"attributes": AttributesField}

    @override
    def language(self) -> str:
        """That of the primary citation: as it was sent with this form, else as it is stored."""
        sent = primary_language(self.data) if self.is_bound else None
        return self._primary_language if sent is None else sent

    @override
    def stored_language(self) -> str:
        return self._primary_language

    @override
    def stored_unit(self) -> str:
        return self.instance.question.unit

    @cached_property
    def asked(self) -> Question | None:
        key = str(self["question"].value() or "") if "question" in self.fields else ""
        return Question.objects.filter(pk=key).first() if is_key(key) else None

    @cached_property
    def _primary_language(self) -> str:
        if self.instance.pk is None:
            return ""
        primary = self.instance.citations.filter(is_primary=True)
        return primary.values_list("language", flat=True).first() or ""

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_retracted, why = cleaned.get("status") == ClaimStatus.RETRACTED, cleaned.get("retracted_why", "")
        if problem := self._wrong_way(cleaned.get("status")):
            self.add_error("status", problem)
        elif is_retracted and not why:
            self.add_error("retracted_why", "Tell readers why it is taken back.")
        if not is_retracted and why:
            self.add_error("retracted_why", "Set the status to retracted as well, or empty this.")
        return cleaned

    def _wrong_way(self, after: str | None) -> str:
        """Why the status cannot become this one (`triggers.status_goes_one_way`); empty when it can."""
        before = ClaimStatus.DRAFT if self.instance.pk is None else self.initial.get("status")
        if after == ClaimStatus.REMOVED:
            return "Only the command remove_for_law removes a claim; retract it instead."
        is_hidden = after in {ClaimStatus.DRAFT, ClaimStatus.IN_REVIEW}
        if before == ClaimStatus.RETRACTED and after != before:
            return IS_RETRACTED
        if before == ClaimStatus.PUBLISHED and is_hidden:
            return "Readers have seen it: retract it instead, and say why."
        if after == ClaimStatus.RETRACTED and before in {ClaimStatus.DRAFT, ClaimStatus.IN_REVIEW}:
            return NEVER_PUBLIC
        return ""


class PrintedFigureForm(FigureForm):
    """A citation whose figure may be left empty; it is then filled with the claim's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "stated_value" in self.fields:
            self.fields["stated_value"].required = False
            self.fields["stated_value"].help_text = _AS_CLAIMED

    @override
    def language(self) -> str:
        return str(self["language"].value() or "") if "language" in self.fields else self.instance.language

    @cached_property
    def asked(self) -> Question | None:
        claim = self.claim_of(getattr(self, "cleaned_data", {}))
        return claim.question if claim is not None and claim.question_id else None

    @override
    def stored_language(self) -> str:
        return self.instance.language

    @override
    def stored_unit(self) -> str:
        return self.instance.claim.question.unit

    @override
    def settle_figure(self, cleaned: dict[str, Any]) -> None:
        # An end that is not included is something given, and so is a zero; only a box without a tick is nothing.
        if not cleaned["hedged"] and all(cleaned[name] in (None, "") for name in FIGURE if name != "hedged"):
            self._copy_figure(cleaned)
        elif cleaned["stated_value"]:
            super().settle_figure(cleaned)
        else:
            for name in ("stated_value", "qualifier"):
                if not cleaned.get(name):
                    self.add_error(name, "Give it, or leave the whole figure empty.")

    def _copy_figure(self, cleaned: dict[str, Any]) -> None:
        claim = self.claim_of(cleaned)
        if claim is not None:
            cleaned |= {name: getattr(claim, name) for name in FIGURE}

    def claim_of(self, cleaned: dict[str, Any]) -> Claim | None:
        """The claim that is cited, if it is known."""
        claim = cleaned.get("claim") or (self.instance.claim if self.instance.claim_id else None)
        return cast("Claim | None", claim)


class CitationForm(PrintedFigureForm, EditForm):
    """A citation on its own page."""

    related = ("relays",)

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        claim = self.claim_of(cleaned)
        if claim is None:
            return cleaned
        others = Citation.objects.filter(claim=claim, is_primary=True).exclude(pk=self.instance.pk)
        is_primary = cleaned.get("is_primary", False)
        if is_primary and (other := others.first()) is not None:
            self.add_error("is_primary", f"{other.public_id} is the primary citation: change both on the claim's page.")
        if not is_primary and not others.exists():
            self.add_error("is_primary", "The claim has no other primary citation: tick this.")
        has_words = cleaned.get("quote") or cleaned.get("locator")
        if is_primary and claim.is_published and not has_words and "quote" not in self.errors:
            self.add_error("quote", NEEDS_PRIMARY)
        if is_primary and "language" in cleaned:
            self._keep_reading_of(claim, cleaned["language"])
        return cleaned

    def _keep_reading_of(self, claim: Claim, language: str) -> None:
        """A claim is read in the language of its primary citation, and its numbers can be explained only there."""
        stored, unit = self.instance.language if self.instance.is_primary else "", claim.question.unit
        before = hear(claim.stated_value, language=stored, unit=unit)
        after = hear(claim.stated_value, language=language, unit=unit)
        if after.differs(claim.figure) and not after.reads_as(before):
            words, numbers = quoted(claim.stated_value), numbers_words(claim.figure)
            sides = f"the words {words} of {claim.public_id} read as {after.says}, and its numbers say {numbers}"
            self.add_error("language", f"In this language {sides}: settle that on the claim's page.")


class InlineCitationForm(PrintedFigureForm):
    """A citation on the page of its claim, whose version covers it."""

    parent: Claim | None = None
    rows: "CitationFormSet"

    @override
    def claim_of(self, cleaned: dict[str, Any]) -> Claim | None:
        return self.parent

    @override
    def stored_unit(self) -> str:
        return self.rows.stored_unit

    def _get_validation_exclusions(self) -> set[str]:
        """The one primary citation is a matter of all rows of the page together: `CitationFormSet` checks it."""
        return {*super()._get_validation_exclusions(), "is_primary"}  # type: ignore[misc]  # Django's own hook


class CitationFormSet(forms.BaseInlineFormSet):
    """The citations of a claim: one is primary, and a published claim shows where its figure stands."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # Django's own hook
        form.parent, form.rows = self.instance, self
        return form

    @cached_property
    def stored_unit(self) -> str:
        """What the claim's question counted in; the claim of this set already has what the page says."""
        units = Question.objects.filter(claims__pk=self.instance.pk).values_list("unit", flat=True)
        return units.first() or ""

    @override
    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if self._is_kept(form)]
        if any(self.errors):
            return
        primary = [form for form in kept if form.instance.is_primary]
        if len(kept) == 1 and kept[0].instance.pk is None:
            primary = kept
            kept[0].instance.is_primary = True
        for form in primary[1:] or (primary if self._has_primary_elsewhere(kept) else []):
            form.add_error("is_primary", "Another citation is marked as primary; a claim has exactly one.")
        if kept and not primary:
            kept[0].add_error("is_primary", "Mark one citation as primary.")
        if self.instance.status == ClaimStatus.PUBLISHED and (primary or not kept):
            self._check_published(primary)

    def _has_primary_elsewhere(self, shown: list[Any]) -> bool:
        """Whether a citation that this page does not show is primary: one that came meanwhile, or was left out."""
        keys = [form.instance.pk for form in self.forms if form.instance.pk is not None]
        stored = Citation.objects.filter(claim_id=self.instance.pk, is_primary=True)
        return bool(shown) and self.instance.pk is not None and stored.exclude(pk__in=keys).exists()

    def _is_kept(self, form: Any) -> bool:
        if self.can_delete and self._should_delete_form(form):  # type: ignore[attr-defined]  # Django's own
            return False
        return bool(form.instance.pk or form.has_changed())

    def _check_published(self, primary: list[Any]) -> None:
        if not primary:
            raise ValidationError(NEEDS_PRIMARY, code="published_is_cited")
        if not primary[0].instance.has_words:
            primary[0].add_error("quote", NEEDS_PRIMARY)


class BasisFormSet(forms.BaseInlineFormSet):
    """The bases of a claim; Django finds no repetition where a field is empty, and here one always is."""

    @override
    def clean(self) -> None:
        super().clean()
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            basis: Basis = form.instance
            if not form.has_changed() and not basis.pk:
                continue
            if self.can_delete and self._should_delete_form(form):  # type: ignore[attr-defined]  # Django's own
                continue
            key = (basis.kind, basis.target_claim_id, basis.target_actor_id)
            if key in seen:
                form.add_error("kind", "This basis is on the page twice.")
            seen.add(key)
