"""`manage.py import_claims`: a table in the long form, all of it or nothing."""

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.actors.fields import column_of
from apps.domain.parsing import LANGUAGES, language_code
from apps.domain.vocabulary import Measure, Nature
from apps.ingest.long_form.examples import Proposal
from apps.ingest.long_form.importing import Imported, import_claims
from apps.ingest.long_form.matching import ColumnsMissing
from apps.ingest.long_form.options import DATE_ORDERS, LEFT_OUT, Options
from apps.ingest.mappings import ColumnMapping, mapping_called, refuse_taken, save_mapping
from apps.ingest.problems import BROKEN_OFF, BundleRefused, broken_off, quoted


class Command(BaseCommand):
    """Reads, checks and writes; every bad row is listed with its line, column and reason."""

    help = "Bring in claims of a table in the long form: .csv, .csv.gz or .xlsx. Twice adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Check everything and write nothing.")
        parser.add_argument("--publish", action="store_true", help="Publish the claims; else they are drafts.")
        for column in LEFT_OUT:
            words = {"measure": Measure, "nature": Nature}.get(column)
            help_text = ", ".join(words) if words else _help(column)
            choices = ["", *words] if words else None
            name = f"--{column.replace('_', '-')}"
            parser.add_argument(name, default="", choices=choices, metavar="X", help=f"For rows without: {help_text}")
        parser.add_argument("--encoding", default="", help="Of a text that is not UTF-8, for example cp1252.")
        parser.add_argument("--decimal-comma", action="store_true", help="1.234,5 is one thousand and so on.")
        orders = ", ".join(f"{order} ({example})" for order, example in DATE_ORDERS.items())
        parser.add_argument(
            "--dates", default="", choices=["", *DATE_ORDERS], metavar="D", help=f"Order of days: {orders}."
        )
        parser.add_argument(
            "--language", default="", metavar="xx", help=f"Of the words and numbers: {', '.join(LANGUAGES)}."
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="OURS=THEIRS",
            help="Which column of the file is meant, for example stated_on=Datum; stated_on= for none. Repeatable.",
        )
        parser.add_argument("--mapping", default="", metavar="NAME", help="Columns and options saved under a name.")
        parser.add_argument("--save-mapping", default="", metavar="NAME", help="Save them, once the file is in.")

    def handle(self, *, file: Path, mapping: str, save_mapping: str, dry_run: bool, **options: Any) -> None:
        saved = _saved(mapping)
        said, encoding = _options(saved, options), options["encoding"] or saved.encoding
        columns = (saved.said if mapping else {}) | _columns(options["column"])
        if save_mapping:
            _asked(refuse_taken, save_mapping)
        try:
            found = import_claims(
                file.name,
                _content(file),
                options=said,
                columns=columns,
                encoding=encoding,
                is_published=options["publish"],
                is_dry_run=dry_run,
                progress=self._progress if self.stderr.isatty() else None,
            )
        except ColumnsMissing as refused:
            raise CommandError(
                "\n".join([str(refused), *_told(refused.proposed), *_sought(refused.unlike)])
            ) from refused
        except BundleRefused as refused:
            raise CommandError(str(refused)) from refused
        except BROKEN_OFF as error:
            raise CommandError(broken_off(error)) from error
        self._tell(found)
        if save_mapping:
            self._save(save_mapping, found, said, encoding, dry_run)

    def _tell(self, found: Imported) -> None:
        for sentence in found.near:
            self.stdout.write(sentence)
        if found.left_out:
            self.stdout.write(f"Only the first sheet was read, and not {', '.join(map(quoted, found.left_out))}.")
        for sentence in _told(found.proposed):
            self.stdout.write(sentence)
        self.stdout.write(found.sentence())

    def _save(self, name: str, found: Imported, said: Options, encoding: str, is_dry_run: bool) -> None:
        if is_dry_run:
            self.stdout.write(f"Would save the mapping “{name}”.")
            return
        _asked(save_mapping, name=name, columns=found.columns, options=said, encoding=encoding)
        self.stdout.write(f"Saved the mapping “{name}”.")

    def _progress(self, done: int, of: int) -> None:
        self.stderr.write(f"\r{done:,} of {of:,} claims", ending="" if done < of else "\n")


def _help(column: str) -> str:
    return str(column_of(ColumnMapping, column).help_text)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read ({error.strerror or error}).") from error


def _asked[**P, R](action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What an action gives; what it refuses is said at the terminal."""
    try:
        return action(*args, **kwargs)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error


def _saved(name: str) -> ColumnMapping:
    return _asked(mapping_called, name) if name else ColumnMapping()


def _options(saved: ColumnMapping, given: dict[str, Any]) -> Options:
    """What was said here, and where nothing was, what is saved."""
    language = language_code(given["language"]) or ""
    if given["language"] and not language:
        raise CommandError(f"--language {given['language']}: wanted one of {', '.join(LANGUAGES)}.")
    said: dict[str, Any] = {"language": language} if language else {}
    said |= {name: given[name] for name in (*LEFT_OUT, "decimal_comma", "dates") if given[name]}
    return replace(saved.options, **said)


def _columns(given: Iterable[str]) -> dict[str, str]:
    """`stated_on=Datum` as column of the long form → column of the file."""
    found: dict[str, str] = {}
    for text in given:
        column, sign, header = text.partition("=")
        if not sign or column in found:
            raise CommandError(
                f"--column {shlex.quote(text)}: wanted OURS=THEIRS, for example stated_on=Datum, once each."
            )
        found[column] = header
    return found


def _sought(columns: Sequence[str]) -> list[str]:
    if not columns:
        return []
    ways = " ".join(f"--column {column}=…" for column in columns)
    found = [f"No column looks like {', '.join(columns)}: add what is not there, or say which it is with {ways}"]
    if whole := [f"--{column} …" for column in columns if column in LEFT_OUT]:
        found.append(f"If it is the same for all rows: {' '.join(whole)}")
    return found


def _told(proposed: Sequence[Proposal]) -> list[str]:
    """What is proposed, one a line, and how to say it, ready to be copied."""
    said = [f"--column {shlex.quote(f'{one.column}={one.header}')}" for one in proposed]
    return [*(one.sentence() for one in proposed), f"If that is right, say {' '.join(said)}"] if proposed else []
