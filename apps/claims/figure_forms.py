"""The part of a form that is a figure: its words are typed once, and the numbers follow from them or say why not."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, cast, override

from django.conf import settings
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.claims.cells import print_number
from apps.claims.figure_fields import check_size
from apps.claims.models import Claim, Question
from apps.claims.readings import Heard, compared_as, hear, says_the_same
from apps.domain.claims import Settings
from apps.domain.figure_rules import figure_problems
from apps.domain.figures import Figure
from apps.domain.reading import tolerance_for
from apps.domain.vocabulary import Qualifier
from apps.domain.wording import numbers_words
from apps.web.editing import RowForm

#: What the words are read as.
NUMBERS = ("qualifier", "hedged", "lower", "lower_inclusive", "upper", "upper_inclusive", "point")
#: What a citation may leave empty: then the source prints the figure just as the claim has it.
FIGURE = ("stated_value", *NUMBERS, "override_reason")
#: What the ends of a claim's figure stand for, where its words say so.
INTERVAL = ("interval_kind", "interval_level")
#: The name of the button that shows the page again with the words read.
READ = "_read_words"
#: The name of the button that puts the numbers of the words into the fields; its value is the prefix of the form.
USE = "_use_reading"
_CHOOSE = "Choose how it is worded, or empty the numbers too: then they are read from the words."
_BY_HAND = " Give the qualifier and the numbers by hand."
_NO_WORD = "There is no word in this: say why they differ, or empty it."
_NOTHING_TO_EXPLAIN = "The words and the numbers say the same: empty this."


class WordsInput(AdminTextInputWidget):
    """The words of a figure, and under them how they are read."""

    def __init__(self, attrs: dict[str, Any], reading: Callable[[], Mapping[str, Any]]) -> None:
        super().__init__(attrs)
        self.reading = reading

    @override
    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        box = render_to_string("admin/claims/reading_box.html", dict(self.reading()))
        return format_html("{}{}", super().render(*args, **kwargs), box)


class FigureForm(RowForm):
    """A form with a figure in it. A form that knows more of the words says so in `language` and `asked`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "stated_value" in self.fields:  # not where the editor may only look
            words = self.fields["stated_value"]
            words.widget = WordsInput(words.widget.attrs, self.reading)
            self.fields["qualifier"].required = False
            self.fields["override_reason"].widget.attrs["rows"] = 2

    def language(self) -> str:
        """The code of the language of the words; empty when it is unknown."""
        return ""

    @cached_property
    def asked(self) -> Question | None:
        """The question that the figure answers, if it is known: it says what is counted, and its conventions."""
        return None

    def stored_language(self) -> str:
        """The language of the words before this change; empty when it is unknown."""
        return ""

    def stored_unit(self) -> str:
        """What the question counted in before this change; empty when it is unknown."""
        return ""

    @property
    def has_interval(self) -> bool:
        """Whether the form can say what the ends stand for, as that of a claim can."""
        return set(INTERVAL) <= self.fields.keys()

    def heard_before(self) -> Heard:
        """The stored words, as they were read before this change."""
        return hear(self.instance.stated_value, language=self.stored_language(), unit=self.stored_unit())

    def heard(self, words: str) -> Heard:
        question = self.asked
        return hear(words, language=self.language(), unit=question.unit if question else "")

    def use_reading(self) -> None:
        """Put the numbers of the words into what was sent, as if the editor had typed them."""
        words = str(self["stated_value"].value() or "").strip()
        heard = self.heard(words) if words else None
        if heard is not None and heard.numbers is not None:
            data = with_numbers(cast("QueryDict", self.data), heard.numbers, self.prefix or "")
            self.data = self._with_interval(data, heard)

    def _with_interval(self, data: QueryDict, heard: Heard) -> QueryDict:
        if heard.interval_kind and self.has_interval:
            level = heard.interval_level
            data["interval_kind"] = heard.interval_kind
            data["interval_level"] = "" if level is None else print_number(level)
        return data

    @override
    def show_again(self) -> None:
        if self.data.get(USE) == (self.prefix or ""):
            self.use_reading()

    def reading(self) -> dict[str, Any]:
        """What the box beside the words shows: how they are read, and whether the numbers in the form say the same."""
        question, words = self.asked, str(self["stated_value"].value() or "").strip()
        shown: dict[str, Any] = {"heard": None, "question": question.pk if question else "", "is_used": False}
        shown |= {"prefix": self.prefix or "", "read": READ, "use": USE, "numbers": ()}
        return shown | self._heard_in_box(self.heard(words), question) if words else shown

    def _heard_in_box(self, heard: Heard, question: Question | None) -> dict[str, Any]:
        tolerance = tolerance_for(question, _conventions()) if question else _conventions().tolerance
        compared = compared_as(heard, floor=question.floor if question else None, tolerance=tolerance)
        return {"heard": heard, "compared": compared, **self._held_against(heard)}

    def _held_against(self, heard: Heard) -> dict[str, Any]:
        values = self._values()
        given = _figure(values) if values else None
        if values and _is_empty(values):
            return {"state": "empty"}
        if given is None:
            return {"state": "unknown"}
        if not heard.differs(given):
            return {"state": "same"}
        has_reason, is_stored = _has_word(self["override_reason"].value()), not self.is_bound
        return {"state": "differ", "given": numbers_words(given), "has_reason": has_reason, "is_stored": is_stored}

    def _values(self) -> dict[str, Any] | None:
        """Words and numbers as they stand in the form now, sent or not; None when one of them is no number."""
        try:
            return {name: self.fields[name].clean(self[name].value()) for name in ("stated_value", *NUMBERS)}
        except ValidationError:
            return None

    def clean_override_reason(self) -> str:
        """A reason is read by people: invisible characters and dots are none."""
        reason: str = self.cleaned_data["override_reason"]
        if reason and not _has_word(reason) and "override_reason" in self.changed_data:
            raise ValidationError(_NO_WORD, code="no_word")
        return reason

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "stated_value" in self.fields and not any(name in self.errors for name in FIGURE):
            self.settle_figure(cleaned)
            self.cleaned_data = cleaned
        return cleaned

    def settle_figure(self, cleaned: dict[str, Any]) -> None:
        """Fill empty numbers from the words; else ask why they differ, if words, numbers or reading changed."""
        heard = self.heard(cleaned["stated_value"])
        if _is_empty(cleaned):
            self._fill(cleaned, heard)
        elif not cleaned["qualifier"]:
            self.add_error("qualifier", _CHOOSE)
        given = _figure(cleaned)
        if heard.figure is not None and given is not None and self._is_changed(heard):
            self._ask_why(heard, given, cleaned["override_reason"])

    def _fill(self, cleaned: dict[str, Any], heard: Heard) -> None:
        figure = heard.numbers
        if figure is None:
            is_words = heard.figure is not None or heard.position is not None  # else the sentence says what to do
            self.add_error("stated_value", f"{heard.problem}{_BY_HAND if is_words else ''}")
        else:
            is_hedged = cleaned["hedged"] or figure.hedged
            cleaned |= {name: getattr(figure, name) for name in NUMBERS}
            cleaned |= {"qualifier": str(figure.qualifier), "hedged": is_hedged}
            self._fill_interval(cleaned, heard)

    def _fill_interval(self, cleaned: dict[str, Any], heard: Heard) -> None:
        """What the ends stand for follows from the words too, unless the editor said anything of it."""
        is_open = set(INTERVAL) <= cleaned.keys() and not cleaned["interval_kind"] and cleaned["interval_level"] is None
        if is_open and heard.interval_kind:
            cleaned |= {name: getattr(heard, name) for name in INTERVAL}

    def _is_changed(self, heard: Heard) -> bool:
        """What was stored stays as it is until somebody touches it, or what it is read with: language or question."""
        is_touched = self.instance.pk is None or bool(set(FIGURE) & set(self.changed_data))
        return is_touched or not heard.reads_as(self.heard_before())

    def _ask_why(self, heard: Heard, given: Figure, reason: str) -> None:
        question = heard.disagreement(given)
        if reason and not heard.differs(given):
            self.add_error("override_reason", _NOTHING_TO_EXPLAIN)
        elif question and not _is_only_unsound(given, heard):
            outdated = self._outdated(heard, given) if reason else ""
            if outdated or not reason:
                self.add_error("override_reason", f"{question} {outdated}".strip())

    def _outdated(self, heard: Heard, given: Figure) -> str:
        """What the reason was given for, if that was another difference and nobody has written it anew; else empty."""
        if self.instance.pk is None or "override_reason" in self.changed_data:
            return ""
        before, stored = self.heard_before(), self.instance.figure
        if heard.reads_as(before) and says_the_same(given, stored):
            return ""
        words = f"read as {before.says}" if before.figure else "could not be read"
        numbers = numbers_words(stored)
        return f"The reason was given when the words {words} and the numbers said {numbers}: say it anew."

    def _update_errors(self, errors: ValidationError) -> None:
        """One sentence at a time for the figure: a number that is none breaks rules that nobody needs to hear of."""
        by_field: dict[str, list[ValidationError]] = getattr(errors, "error_dict", {})
        rules = [(field, each) for field, said in by_field.items() for each in said if _is_rule(each)]
        is_said = any(name in self.errors for name in FIGURE) or any(
            not _is_rule(each) for name in FIGURE for each in by_field.get(name, [])
        )
        for field, rule in rules if is_said else rules[1:]:
            by_field[field].remove(rule)
        for field in [field for field, said in by_field.items() if not said]:
            del by_field[field]
        super()._update_errors(errors)


def _conventions() -> Settings:
    """The site's own conventions of reading."""
    return Settings(window_days=settings.PARALLAX_WINDOW_DAYS, tolerance=settings.PARALLAX_TOLERANCE)


def _has_word(reason: object) -> bool:
    return any(character.isalnum() for character in str(reason or ""))


def _is_rule(error: ValidationError) -> bool:
    return str(error.code).startswith("figure_")


def _is_only_unsound(given: Figure, heard: Heard) -> bool:
    """Whether the rule that a figure breaks says more of it than its words: its numbers are none, or not other ones."""
    codes = {problem.code for problem in figure_problems(given)}
    is_same = heard.figure is not None and given.numbers == heard.figure.numbers
    return bool(codes) and ("figure_digits" in codes or not given.has_number or is_same)


def _is_empty(values: Mapping[str, Any]) -> bool:
    return all(values.get(name) in (None, "") for name in NUMBERS if name != "hedged")


def _figure(values: Mapping[str, Any]) -> Figure | None:
    """The figure of a form; None without a qualifier, or with a number that no field of ours holds."""
    if not values.get("qualifier"):
        return None
    try:
        for name in ("lower", "upper", "point"):
            if values[name] is not None:
                check_size(cast("Decimal", values[name]))
    except ValidationError:
        return None
    numbers = {name: values[name] for name in NUMBERS} | {"qualifier": Qualifier(values["qualifier"])}
    return Figure(stated_value=values["stated_value"], **numbers)


def with_numbers(data: QueryDict, figure: Figure, prefix: str) -> QueryDict:
    """What a browser sent, with the numbers of this figure in the fields of the form with this prefix."""
    changed = data.copy()
    names = {name: f"{prefix}-{name}" if prefix else name for name in NUMBERS}
    for name, value in _typed(figure).items():
        changed[names[name]] = value
    if not figure.hedged:
        changed.pop(names["hedged"], None)  # as a browser leaves out a box that is not ticked
    return changed


def _typed(figure: Figure) -> dict[str, str]:
    numbers = {name: getattr(figure, name) for name in ("lower", "upper", "point")}
    ends = {name: getattr(figure, name) for name in ("lower_inclusive", "upper_inclusive")}
    typed = {name: "" if number is None else print_number(number) for name, number in numbers.items()}
    typed |= {name: "unknown" if end is None else str(end).lower() for name, end in ends.items()}
    return typed | {"qualifier": str(figure.qualifier), "hedged": "on"}


class ReadingForm(FigureForm):
    """Only the figure, as one of the larger forms sends it while somebody types."""

    class Meta:
        model = Claim
        fields = (*FIGURE, *INTERVAL)

    def __init__(self, data: QueryDict, *, prefix: str, language: str, question: Question | None) -> None:
        super().__init__(data, prefix=prefix or None)
        self._language, self._question = language, question
        for name in INTERVAL if prefix else ():
            del self.fields[name]  # a citation has none

    @override
    def language(self) -> str:
        return self._language

    @cached_property
    def asked(self) -> Question | None:
        return self._question

    def widgets(self) -> list[SafeString]:
        """The fields that the words fill; htmx puts each in the place of the one that the page has."""
        heard = self.heard(str(self["stated_value"].value() or "").strip())
        names = (*NUMBERS, *INTERVAL) if heard.interval_kind and self.has_interval else NUMBERS
        return [self[name].as_widget(attrs={"hx-swap-oob": "true"}) for name in names]
