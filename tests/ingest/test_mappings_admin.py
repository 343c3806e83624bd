"""The page on which an editor says which column of somebody's tables is which."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.ingest.mappings import ColumnMapping, save_mapping
from tests.claims.editing import address, errors_of, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ed", password=None, first_name="Mary"))
    return client


def filled(page: dict[str, str], *columns: tuple[str, str]) -> dict[str, str]:
    for row, (column, header) in enumerate(columns):
        page |= {f"columns-{row}-column": column, f"columns-{row}-header": header}
    return page


def test_a_mapping_is_made_with_its_columns_and_says_who_made_it(editor: Client) -> None:
    url = address(ColumnMapping, "add")
    page = filled(opened(editor, url), ("stated_on", "Datum"), ("note", "")) | {"name": "Weekly", "encoding": "cp1252"}
    assert editor.post(url, page).status_code == 302
    mapping = ColumnMapping.objects.get()
    assert (mapping.name, mapping.encoding, str(mapping.made_by)) == ("Weekly", "cp1252", "ed")
    assert mapping.said == {"stated_on": "Datum", "note": ""}


def test_whoever_changes_it_did_not_make_it(editor: Client) -> None:
    mapping = save_mapping(name="m", columns={"note": "a"})
    url = address(ColumnMapping, "change", mapping.pk)
    assert editor.post(url, filled(opened(editor, url), ("note", "b"))).status_code == 302
    mapping.refresh_from_db()
    assert (mapping.made_by, mapping.said) == (None, {"note": "b"})


def test_columns_may_trade_names(editor: Client) -> None:
    mapping = save_mapping(name="m", columns={"value": "a", "low": "b", "note": "c"})
    url = address(ColumnMapping, "change", mapping.pk)
    page = filled(opened(editor, url), ("value", "b"), ("low", "a")) | {"columns-2-DELETE": "on"}
    assert editor.post(url, page).status_code == 302
    assert mapping.said == {"value": "b", "low": "a"}


@pytest.mark.parametrize(
    ("columns", "more", "field", "sentence"),
    [
        (
            (("note", "a"), ("note", "b")),
            {},
            "columns",
            "Please correct the duplicate data for column.",
        ),
        ((("note", "a"), ("quote", "A ")), {}, "columns-1-header", "This column of the file is named twice"),
        ((("note", "a"),), {"encoding": "klingon"}, "encoding", "There is no encoding “klingon”"),
        ((("note", "a"),), {"encoding": "base64"}, "encoding", "There is no encoding “base64”"),
        ((("note", "a"),), {"name": "m"}, "name", "Another mapping has this name already."),
        ((("dates", "a"),), {}, "columns-0-column", "Select a valid choice."),
    ],
)
def test_what_cannot_be_meant_is_said_where_it_stands(
    editor: Client, columns: tuple[tuple[str, str], ...], more: dict[str, str], field: str, sentence: str
) -> None:
    save_mapping(name="m", columns={})
    url = address(ColumnMapping, "add")
    errors = errors_of(editor.post(url, filled(opened(editor, url), *columns) | {"name": "n"} | more))
    assert any(sentence in said for said in errors.get(field, [])), errors
    assert ColumnMapping.objects.count() == 1


def test_nobody_saves_over_columns_that_somebody_else_saved_meanwhile(editor: Client) -> None:
    mapping = save_mapping(name="m", columns={"note": "a"})
    url = address(ColumnMapping, "change", mapping.pk)
    page = filled(opened(editor, url), ("note", "b"))
    mapping.columns.update(header="c")
    (said,) = errors_of(editor.post(url, page))["__all__"]
    assert said.startswith("Somebody else saved this column mapping after you opened it.")
    assert mapping.said == {"note": "c"}


@pytest.mark.parametrize("page", ["add", "changelist"])
def test_only_who_may_sees_mappings(page: str) -> None:
    user = User.objects.create_user("helper", is_staff=True)
    client = Client()
    client.force_login(user)
    assert client.get(address(ColumnMapping, page)).status_code == 403
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_columnmapping", "view_columnmapping"]))
    assert client.get(address(ColumnMapping, page)).status_code == 200


def test_every_field_is_explained(editor: Client) -> None:
    context = editor.get(address(ColumnMapping, "add")).context
    fields = context["adminform"].form.fields
    fields |= context["inline_admin_formsets"][0].formset.empty_form.fields
    unexplained = {name for name, field in fields.items() if not field.help_text}
    assert unexplained == {"version", "mapping", "id", "DELETE"}


def test_the_list_costs_the_same_for_more_mappings(editor: Client) -> None:
    counts = []
    for times in (2, 4):
        for number in range(times):
            by = User.objects.create_user(f"user {times} {number}")
            save_mapping(name=f"m {times} {number}", columns={"note": "a"}, by=by)
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(reverse("admin:ingest_columnmapping_changelist") + "?q=a").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
