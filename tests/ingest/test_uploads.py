"""Bringing a table in through the admin: upload, preview, run, report; bad files are sentences."""

import gzip
import html
import io
import re
import threading
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from apps.claims.models import Claim, Question
from apps.ingest import upload_work
from apps.ingest.long_form.importing import Imported, import_claims
from apps.ingest.mappings import ColumnMapping, save_mapping
from apps.ingest.models import Import, Upload
from apps.ingest.upload_work import work_on_upload
from apps.ingest.uploads import State, held

pytestmark = pytest.mark.django_db
HEAD = "question,unit,place,actor,value,as_of_start,stated_on,source_title,source_url\n"
GOOD = "Soldiers killed,persons,Kursk,Kyiv,more than 40,2024-11-04,2024-11-05,A report,https://example.org/report\n"
BAD = "Soldiers killed,persons,Kursk,Moscow,N/A,2024-11-04,2024-11-05,A report,https://example.org/report\n"
NEW = reverse("admin:ingest_upload_add")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ed", password=None))
    return client


def sent(editor: Client, content: str | bytes, *, name: str = "losses.csv", **said: Any) -> Any:
    """The answer to a file, with what is said of it."""
    given = content.encode() if isinstance(content, str) else content
    return editor.post(NEW, {"file": SimpleUploadedFile(name, given), **said})


def worked() -> Upload:
    """The latest upload after a worker was at it."""
    upload = Upload.objects.latest("pk")
    work_on_upload.call(upload.pk)
    upload.refresh_from_db()
    return upload


def uploaded(editor: Client, content: str | bytes, **said: Any) -> Upload:
    """A file that was sent and checked."""
    assert sent(editor, content, **said).status_code == 302
    return worked()


def address(upload: Upload, page: str = "change") -> str:
    return reverse(f"admin:ingest_upload_{page}", args=[upload.pk])


def shown(editor: Client, upload: Upload) -> str:
    answer = editor.get(address(upload))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_good_table_is_shown_first_and_brought_in_when_that_is_said(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    assert (upload.state, str(upload.uploaded_by), Claim.objects.count(), Import.objects.count()) == (
        "ready",
        "ed",
        0,
        0,
    )
    page = shown(editor, upload)
    assert "Would make 1 claim." in page
    assert "2 more than 40 above 40 Soldiers killed, Kursk, Kyiv, 2024-11-04" in page
    assert "drafts, which readers do not see; new questions, places, actors and sources stand in the lists" in page
    assert editor.post(address(upload, "run")).status_code == 302
    upload = worked()
    claim = Claim.objects.get()
    assert (claim.stated_value, claim.status) == ("more than 40", "draft")
    assert (upload.state, upload.import_made, bytes(upload.content)) == ("done", Import.objects.get(), b"")
    assert "Made 1 claim. New: 1 topic" in shown(editor, upload)
    listed = editor.get(reverse("admin:claims_claim_changelist"), {"imported__came_with": upload.import_made_id})
    assert listed.status_code == 200
    assert claim.public_id in listed.content.decode()


def test_every_problem_is_listed_and_a_corrected_file_can_be_dropped_in(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD + BAD)
    assert (upload.state, upload.problem_count, Claim.objects.count()) == ("refused", 1, 0)
    page = shown(editor, upload)
    assert "cannot be brought in as it is" in page
    assert "3 value given “N/A”; at character 1: There is no figure" in page
    assert "Bring it in" not in editor.get(address(upload)).content.decode()
    mended = SimpleUploadedFile("mended.csv", (HEAD + GOOD).encode())
    assert editor.post(address(upload, "check"), {"file": mended}).status_code == 302
    upload = worked()
    assert (upload.state, upload.file_name, upload.problem_count) == ("ready", "mended.csv", 0)


def test_refused_rows_come_with_their_reasons_and_can_come_back(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD + BAD)
    answer = editor.get(address(upload, "rows"))
    table = answer.content.decode("utf-8-sig")
    assert table.splitlines()[0] == f"Refused by Parallax because,{HEAD.strip()}"
    assert len(table.splitlines()) == 2
    assert "value: given “N/A”" in table
    again = uploaded(editor, table.replace(",N/A,", ",50,"))
    assert again.state == State.READY
    assert import_claims("again.csv", bytes(again.content)).made == 1
    assert Claim.objects.get().attributes == {}


def test_columns_are_corrected_on_the_page_and_saved_under_a_name(editor: Client) -> None:
    upload = uploaded(editor, HEAD.replace("stated_on", "Datum") + GOOD)
    assert upload.state == State.READY
    page = shown(editor, upload)
    assert "The column “Datum” looks like stated_on" in page
    chosen = {f"column-{n}": upload.column_of.get(header, "") for n, header in enumerate(upload.header)}
    twice = chosen | {"column-6": "as_of_start"}
    assert "“as_of_start” is as of start already" in editor.post(address(upload, "check"), twice).content.decode()
    editor.post(address(upload, "check"), chosen | {"column-6": "stated_on"})
    upload = worked()
    assert upload.column_of["Datum"] == "stated_on"
    assert editor.post(address(upload, "mapping"), {"name": "Weekly"}).status_code == 302
    assert ColumnMapping.objects.get().said["stated_on"] == "Datum"
    assert "already" in editor.post(address(upload, "mapping"), {"name": "Weekly"}).content.decode()
    editor.post(address(upload, "run"))
    worked()
    assert str(Claim.objects.get().stated_on) == "2024-11-05"


def test_a_saved_mapping_says_columns_and_options(editor: Client) -> None:
    mapping = save_mapping(name="m", columns={"stated_on": "Datum", "note": ""}, encoding="cp1252")
    content = (HEAD.replace("stated_on", "Datum") + GOOD.replace("Kyiv", "Café")).encode("cp1252")
    upload = uploaded(editor, content, mapping=mapping.pk)
    assert (upload.state, upload.column_of["Datum"], upload.encoding) == ("ready", "stated_on", "cp1252")


@pytest.mark.parametrize("state", [State.CHECKING, State.RUNNING])
def test_a_worker_that_stopped_is_seen_and_started_again(editor: Client, state: State) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    Upload.objects.filter(pk=upload.pk).update(state=state)
    with held(upload.pk) as mine:
        assert mine is not None
        assert "The worker stopped" not in shown(editor, upload)
        with held(upload.pk) as other:
            assert other is None
        assert editor.post(address(upload, "check"), {}, follow=True).content.decode().count("Nothing was changed") == 1
    assert "The worker stopped in the middle." in shown(editor, upload)
    page = "check" if state == State.CHECKING else "run"
    assert editor.post(address(upload, page), {}).status_code == 302
    assert worked().state == (State.READY if state == State.CHECKING else State.DONE)


def test_a_worker_that_ended_since_the_page_was_asked_for_is_not_one_that_stopped(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    upload.state = State.RUNNING  # as the page read it, a moment ago
    Upload.objects.filter(pk=upload.pk).update(state=State.DONE)
    assert not upload.is_abandoned


def test_the_unforeseen_is_a_plain_sentence_and_saves_nothing(
    editor: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    upload = uploaded(editor, HEAD + GOOD)

    def breaks(*args: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(upload_work, "_finished", breaks)
    editor.post(address(upload, "run"))
    upload = worked()
    assert (upload.state, Claim.objects.count()) == ("failed", 0)
    page = shown(editor, upload)
    assert "Something went wrong that nobody foresaw; nothing was saved." in page
    assert "secret" not in page
    assert "secret" in caplog.text


def test_a_file_that_is_in_already_has_nothing_new(editor: Client) -> None:
    import_claims("first.csv", (HEAD + GOOD).encode())
    upload = uploaded(editor, HEAD + GOOD)
    assert "losses.csv has nothing new." in shown(editor, upload)
    assert "Bring it in" not in editor.get(address(upload)).content.decode()
    assert "Nothing was changed" in editor.post(address(upload, "run"), follow=True).content.decode()


def test_what_is_asked_twice_is_done_once(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    editor.post(address(upload, "run"))
    assert "waits to be brought in" in shown(editor, upload)
    answer = editor.post(address(upload, "run"), follow=True)
    assert "Nothing was changed" in answer.content.decode()
    worked()
    worked()
    assert Import.objects.count() == 1


def test_what_was_lost_on_its_way_to_the_worker_is_asked_for_once_more(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    assert "Nothing was changed" in editor.post(address(upload, "again"), follow=True).content.decode()
    Upload.objects.filter(pk=upload.pk).update(state=State.RUN_WAITS)
    assert "Ask the worker once more" in editor.get(address(upload)).content.decode()
    asked = DBTaskResult.objects.count()
    assert "The worker was asked once more." in editor.post(address(upload, "again"), follow=True).content.decode()
    assert DBTaskResult.objects.count() == asked + 1
    worked()
    assert worked().state == State.DONE
    assert Import.objects.count() == 1


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(30):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b"0" * 10_000_000)
    return packed.getvalue()


FUZZED: dict[str, Callable[[], bytes]] = {
    "truncated gzip": lambda: gzip.compress((HEAD + GOOD * 50).encode())[:-30],
    "zip bomb": _bomb,
    "1 MB cell": lambda: (HEAD + GOOD.replace("Kyiv", "K" * 1_000_000)).encode(),
    "NUL bytes": lambda: (HEAD + GOOD).encode().replace(b"Kursk", b"Ku\0rsk"),
    "10,000 columns": lambda: (HEAD.strip() + "".join(f",c{n}" for n in range(10_000)) + "\n" + GOOD).encode(),
    "PDF": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "header alone": lambda: HEAD.encode(),
    "no columns of ours": lambda: b"a,b\n1,2\n",
    "half a quote": lambda: (HEAD + '"Soldiers').encode(),
}


@pytest.mark.parametrize("kind", FUZZED)
def test_a_file_that_is_no_table_is_a_sentence_and_nothing_is_saved(editor: Client, kind: str) -> None:
    upload = uploaded(editor, FUZZED[kind]())
    assert upload.state in (State.REFUSED, State.READY)
    page = shown(editor, upload)
    if kind != "header alone":
        assert upload.state == State.REFUSED
        (problem,) = upload.problems
        assert problem["message"].startswith("given ")
        assert problem["message"][:60] in html.unescape(page)
    assert editor.get(address(upload, "rows")).status_code in (200, 404)
    assert (Claim.objects.count(), Question.objects.count(), Import.objects.count()) == (0, 0, 0)


def test_mixed_ends_of_lines_are_read(editor: Client) -> None:
    upload = uploaded(editor, HEAD.replace("\n", "\r\n") + GOOD + GOOD.replace("Kyiv", "Minsk").replace("\n", "\r"))
    assert (upload.state, upload.report["counts"]["made"]) == ("ready", 2)


def test_an_empty_or_too_large_file_is_refused_by_the_form(editor: Client, settings: Any) -> None:
    assert "This file is empty" in sent(editor, b"").content.decode()
    settings.PARALLAX_MAX_UPLOAD_BYTES = 100
    assert "wanted at most 100" in sent(editor, HEAD + GOOD).content.decode()
    assert "This field is required" in editor.post(NEW, {}).content.decode()
    assert Upload.objects.count() == 0


def client_with(*permissions: str) -> Client:
    """Somebody of the staff who may do this with uploads, and nothing else."""
    user = User.objects.create_user("clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def test_who_may_not_publish_is_not_asked_and_forging_it_changes_nothing() -> None:
    clerk = client_with("add_upload", "change_upload", "view_upload")
    assert "publishes" not in clerk.get(NEW).content.decode()
    upload = uploaded(clerk, HEAD + GOOD, publishes="on")
    assert not upload.publishes
    Upload.objects.update(publishes=True)
    assert clerk.post(address(upload, "run")).status_code == 403
    assert clerk.post(address(upload, "mapping"), {"name": "m"}).status_code == 403


def test_who_may_publish_and_says_so_does(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD, publishes="on")
    assert "Its claims will be published at once." in shown(editor, upload)
    editor.post(address(upload, "run"))
    worked()
    assert Claim.objects.get().status == "published"


def test_uploads_are_for_those_who_may_see_them(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD + BAD)
    clerk = client_with("view_claim")
    for page in ("change", "rows"):
        assert clerk.get(address(upload, page)).status_code == 403
        assert Client().get(address(upload, page)).status_code == 302
    for page in ("check", "run", "mapping"):
        assert clerk.post(address(upload, page)).status_code == 403
        assert editor.get(address(upload, page)).status_code == 404
    assert clerk.get(NEW).status_code == 403
    assert editor.get(reverse("admin:ingest_upload_change", args=[upload.pk + 1])).status_code == 404


def test_forms_need_their_token(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="ed"))
    assert strict.post(address(upload, "run")).status_code == 403
    upload.refresh_from_db()
    assert upload.state == State.READY


def test_refused_rows_are_no_formulas_and_come_back_as_they_were(editor: Client) -> None:
    upload = uploaded(editor, HEAD + BAD.replace("Moscow", "=1+1"))
    rows = editor.get(address(upload, "rows")).content.decode("utf-8-sig")
    assert ",'=1+1," in rows
    editor.post(
        address(upload, "check"), {"file": SimpleUploadedFile("mended.csv", rows.replace("N/A", "41").encode())}
    )
    worked()
    editor.post(address(upload, "run"))
    worked()
    assert Claim.objects.get().claimant.name == "=1+1"


def test_what_is_in_is_not_written_down_as_failed(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    Upload.objects.filter(pk=upload.pk).update(state=State.DONE)
    upload_work._failed(upload, "The database broke off after the commit.")
    upload.refresh_from_db()
    assert (upload.state, upload.problem_count) == (State.DONE, 0)


def test_columns_that_are_clear_are_shown_as_known_beside_one_that_is_not(editor: Client) -> None:
    upload = uploaded(editor, (HEAD + GOOD).replace("as_of_start,stated_on", "date,start"))
    assert "given “date” and “start”, which may both be as_of_start" in shown(editor, upload)
    assert upload.column_of["value"] == "value"
    assert not {"date", "start"} & upload.column_of.keys()


def test_rows_that_are_refused_again_bear_their_reasons_once(editor: Client) -> None:
    first = uploaded(editor, HEAD + BAD)
    again = uploaded(editor, editor.get(address(first, "rows")).content.decode("utf-8-sig"))
    table = editor.get(address(again, "rows")).content.decode("utf-8-sig")
    assert table.splitlines()[0] == f"Refused by Parallax because,{HEAD.strip()}"


def test_an_upload_that_is_deleted_while_it_comes_in_does_not(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    editor.post(address(upload, "run"))

    def imported(*given: Any, **said: Any) -> Imported:
        found = import_claims(*given, **said)
        Upload.objects.filter(pk=upload.pk).delete()
        return found

    monkeypatch.setattr(upload_work, "import_claims", imported)
    work_on_upload.call(upload.pk)
    assert not Claim.objects.exists()
    assert not Import.objects.exists()


def test_an_upload_is_let_go_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """By whoever held it, whose session may go back to a pool and live on there."""
    session = connection.copy()
    close = session.close
    monkeypatch.setattr(session, "close", lambda: None)
    try:
        with monkeypatch.context() as kept:
            kept.setattr(connections["default"], "copy", lambda: session)
            holding = held(77)
            assert holding.__enter__() is not None
            assert not holding.__exit__(RuntimeError, RuntimeError(), None)
        with held(77) as again:
            assert again is not None
    finally:
        close()


def test_what_rows_leave_out_is_said_for_all_on_the_page(editor: Client) -> None:
    upload = uploaded(editor, "killed,as_of_start\nmore than 40,2024-11-04\n")
    assert "wanted also question, place, actor" in shown(editor, upload)
    said = {"question": "Soldiers killed", "unit": "persons", "place": "Kursk", "actor": "Kyiv"}
    editor.post(address(upload, "check"), said | {"column-0": "value", "column-1": "as_of_start"})
    assert worked().state == State.READY
    editor.post(address(upload, "run"))
    worked()
    claim = Claim.objects.get()
    assert (claim.question.title, claim.place.name, claim.claimant.name) == ("Soldiers killed", "Kursk", "Kyiv")


def test_a_day_for_all_rows_has_to_be_one(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    page = editor.post(address(upload, "check"), {"stated_on": "6 Nov"}).content.decode()
    assert "“6 Nov” is no date; wanted one such as 2024-11-05 or 2024-11." in page


def test_what_many_rows_have_wrong_is_said_once_above_them(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD.replace("more than 40", "N/A") * 3)
    assert "3 problems 3 of them in value: " in shown(editor, upload)


@pytest.mark.parametrize("rows", [1, 300])
def test_a_page_asks_as_much_for_many_problems_as_for_one(
    editor: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    upload = uploaded(editor, HEAD + BAD * rows)
    with django_assert_max_num_queries(8):
        page = editor.get(address(upload)).content.decode()
    assert f"{rows} problem" in page
    if rows == 300:
        assert "Problems 1 to 50 of 300" in re.sub(r"\s+", " ", page)
        assert "<td>52</td>" in editor.get(address(upload), {"p": 2}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_from_outside_while_the_import_is_open(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    seen = []
    with held(upload.pk) as mine:
        assert mine is not None
        mine.progress(10, 40)
        with connection.copy().cursor() as other:
            other.execute("SELECT rows_done, rows_in_all FROM ingest_upload")
            seen = other.fetchall()
            other.db.close()
    assert seen == [(10, 40)]
    Upload.objects.update(state=State.RUNNING)
    with held(upload.pk):
        assert "10 of 40 claims are written" in shown(editor, upload)


@pytest.mark.django_db(transaction=True)
def test_two_forms_at_once_take_turns(editor: Client) -> None:
    upload = uploaded(editor, HEAD + GOOD)
    answers: list[Any] = []

    def bring_in() -> None:
        answers.append(editor.post(address(upload, "run"), follow=True).content.decode())
        connection.close()

    with transaction.atomic():
        Upload.objects.select_for_update().get(pk=upload.pk)
        other = threading.Thread(target=bring_in)
        other.start()
        other.join(timeout=1)
        assert other.is_alive()
        Upload.objects.filter(pk=upload.pk).update(state=State.DONE)
    other.join(timeout=120)
    assert "Nothing was changed: losses.csv is brought in by now." in answers[0]
    upload.refresh_from_db()
    assert upload.state == State.DONE
