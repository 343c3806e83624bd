"""What an editor says of a table: the file, its columns, and what holds for all of its rows."""

from typing import Any, override

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from apps.actors.fields import choices_of
from apps.ingest.long_form.columns import KNOWN_AS
from apps.ingest.long_form.options import LEFT_OUT
from apps.ingest.mappings import ColumnMapping
from apps.ingest.uploads import Upload

AS_A_WHOLE = ("encoding", "language", "decimal_comma", "dates")
SAID = (*AS_A_WHOLE, *LEFT_OUT, "publishes")


class UploadForm(forms.ModelForm):
    """A file and what is said of it. With an upload that is there already, the file may be left out: it stays.

    `may_publish`: whether the editor may have its claims published at once; else nobody asks.
    """

    file = forms.FileField(
        label="File",
        help_text="A table in the long form, one claim per row: .csv, .csv.gz or .xlsx (its first sheet).",
        error_messages={"empty": "This file is empty; wanted one with a header and rows."},
    )
    mapping = forms.ModelChoiceField(
        ColumnMapping.objects.all(),
        label="Saved mapping",
        required=False,
        help_text="Columns and options that were saved for tables of this kind. What you say below comes before it.",
    )

    field_order = ("file", "mapping")

    class Meta:
        model = Upload
        fields = SAID

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LEFT_OUT:
            self.fields[name].widget.attrs["class"] = "vTextField"  # as wide as those of other pages
        if not may_publish:
            del self.fields["publishes"]
        if self.instance.pk is not None:
            self.fields["file"].required = False
            self.fields["file"].label = "A corrected file"
            self.fields["file"].help_text = "In place of the one that was checked; empty: the same file again."
            del self.fields["mapping"]

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked of every upload."""
        return [self[name] for name in ("file", "mapping", "publishes") if name in self.fields]

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """The rest under its headings, and whether anything is said there or wrong."""
        named = {
            "The file as a whole": AS_A_WHOLE,
            "What its rows leave out, said once for all of them": LEFT_OUT,
        }
        rest = {title: [self[name] for name in names] for title, names in named.items()}
        return [(title, found, any(one.errors or one.value() for one in found)) for title, found in rest.items()]

    def clean_file(self) -> Any:
        """ValidationError for a file that is too large to be kept."""
        file = self.cleaned_data.get("file")
        if file is not None and file.size > (most := settings.PARALLAX_MAX_UPLOAD_BYTES):
            given, wanted = filesizeformat(file.size), filesizeformat(most)
            raise ValidationError(
                f"This file has {given}; wanted at most {wanted}: pack it (.csv.gz), or cut it in two."
            )
        return file

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if saved := cleaned.get("mapping"):
            for name in SAID:
                if name != "publishes":
                    cleaned[name] = cleaned.get(name) or getattr(saved, name)
        return cleaned

    @override
    def save(self, commit: bool = True) -> Upload:
        """The upload with its file and columns, not saved yet: whoever asks for its check saves it."""
        upload: Upload = super().save(commit=False)
        if file := self.cleaned_data["file"]:
            upload.file_name, upload.content = file.name[-255:], file.read()
        if saved := self.cleaned_data.get("mapping"):
            upload.columns = saved.said
        return upload


class ColumnsForm(forms.Form):
    """For each column of a file, which one of the long form it is, or none: then it is kept beside the claim."""

    def __init__(self, *args: Any, upload: Upload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = {f"column-{place}": header for place, header in enumerate(upload.header) if header}
        taken = upload.column_of
        for name, header in self.named.items():
            self.fields[name] = forms.ChoiceField(
                label=header,
                label_suffix="",
                required=False,
                choices=[("", "kept beside the claim"), *choices_of(KNOWN_AS)],
                initial=taken.get(header, ""),
            )

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first: dict[str, str] = {}
        for name, header in self.named.items():
            if column := cleaned.get(name):
                if column in first:
                    words = f"“{first[column]}” is {column.replace('_', ' ')} already; one column can be it."
                    self.add_error(name, ValidationError(words, code="twice"))
                first.setdefault(column, header)
        return cleaned

    @property
    def says_otherwise(self) -> bool:
        """Whether somebody chose other columns than the last check took."""
        return any(name in self.data for name in self.named) and self.has_changed()

    @property
    def chosen(self) -> dict[str, str]:
        """Column of the file → column of the long form, of a valid form."""
        return {header: self.cleaned_data[name] for name, header in self.named.items() if self.cleaned_data[name]}


class MappingNameForm(forms.Form):
    """The name under which columns and options are kept."""

    name = forms.CharField(max_length=100, label="Save these columns and options as", help_text="For the next table.")
