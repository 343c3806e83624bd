"""Restoring bundles: all or nothing, twice is once, and a bad row says what is wrong with it."""

import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from apps.actors.models import Actor, Redirect
from apps.claims.actions import rename
from apps.claims.bundle import FILES
from apps.claims.models import Citation, Claim, Question, Topic
from apps.ingest.bundle import import_bundle, is_loaded
from apps.ingest.problems import PRINTED, BundleRefused, Problem
from tests.emptying import may_empty
from tests.factories import make_topic
from tests.ingest.conftest import Edit

pytestmark = pytest.mark.django_db
DEMO: Path = settings.PARALLAX_DEMO_BUNDLE


def refusal(path: Path) -> str:
    """What is said about a bundle, after a look that nothing of it was kept."""
    before = rows_of_everything()
    with pytest.raises(CommandError) as refused:
        call_command("import_bundle", str(path))
    assert rows_of_everything() == before
    return str(refused.value)


def rows_of_everything() -> dict[str, int]:
    """Rows of every table of ours, the history included."""
    models = [model for label in ("actors", "sources", "claims") for model in apps.get_app_config(label).get_models()]
    return {model.__name__: model._base_manager.count() for model in models}


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content)
    return folder


def test_the_demo_is_imported_whole(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_bundle", str(DEMO))
    assert (Question.objects.count(), Claim.objects.count(), Citation.objects.count()) == (29, 184, 254)
    assert capsys.readouterr().out.endswith("855 rows new, 0 changed.\n")
    claim = Claim.objects.get(public_id="c012")
    assert (claim.question.slug, claim.place.slug, claim.supersedes and claim.supersedes.public_id) == (
        "troops-present",
        "kursk-oblast",
        "c059",
    )
    aliases = Actor.objects.get(slug="rok").aliases.values_list("name", "position")
    assert list(aliases) == [("South Korea", 0), ("Seoul", 1), ("ROK", 2)]


def test_twice_is_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_bundle", str(DEMO))
    before = rows_of_everything()
    recorded = Claim.objects.values_list("recorded_at", flat=True).order_by("pk")
    moments = list(recorded)
    capsys.readouterr()
    call_command("import_bundle", str(DEMO))
    assert capsys.readouterr().out == "Nothing to do: all 855 rows are there already.\n"
    assert rows_of_everything() == before
    assert list(recorded.all()) == moments


def test_a_dry_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_bundle", str(DEMO), dry_run=True)
    assert capsys.readouterr().out.startswith("Would import 1 topic, 29 questions")
    assert sum(rows_of_everything().values()) == 0


def test_a_row_that_differs_becomes_what_the_bundle_says(edit: Edit) -> None:
    import_bundle(DEMO)
    before = rows_of_everything()
    Claim.objects.filter(public_id="c002").update(note="mine", speaker="Somebody")
    outcome = import_bundle(edit("actors", "rok", "aliases", "ROK|A \\| B"))
    assert (outcome.new, outcome.changed) == (0, 2)
    claim = Claim.objects.get(public_id="c002")
    assert (claim.speaker, claim.note[:14]) == ("Jeon Ha-kyou", "In the Al Jaze")
    assert list(Actor.objects.get(slug="rok").aliases.values_list("name", flat=True)) == ["ROK", "A | B"]
    assert rows_of_everything()["ClaimEvent"] == before["ClaimEvent"] + 2  # the editor's change, and this one


def test_a_changed_address_takes_its_key_along(edit: Edit) -> None:
    import_bundle(DEMO)
    import_bundle(edit("sources", "aj-20241105", "url", "HTTPS://Example.org/new/#top"))
    source = apps.get_model("sources", "Source").objects.get(slug="aj-20241105")
    assert (source.url, source.url_key) == ("HTTPS://Example.org/new/#top", "https://example.org/new")


def test_a_claim_gets_its_primary_citation_back() -> None:
    import_bundle(DEMO)
    for public_id, is_primary in (("z002", False), ("z009", True)):
        Citation.objects.filter(public_id=public_id).update(is_primary=is_primary)
    assert import_bundle(DEMO).changed == 2
    assert Citation.objects.get(claim__public_id="c002", is_primary=True).public_id == "z002"


def test_a_new_citation_may_become_the_primary_one(edit: Edit) -> None:
    import_bundle(DEMO)
    bundle = edit("citations", "z002", "primary", "false")
    path = bundle / "citations.csv"
    text = path.read_text()
    (line,) = [line for line in text.splitlines() if line.startswith("z002,")]
    path.write_text(f"{text}{line.replace('z002', 'z900').replace('aj-20241105,false', 'aj-20241105,true')}\n")
    outcome = import_bundle(bundle)
    assert (outcome.new, outcome.changed) == (1, 1)


def test_a_missing_file_or_column_is_null(tmp_path: Path) -> None:
    import_bundle(write(tmp_path / "b", topics="topic,title\nkorea,Korea\n"))
    assert (Topic.objects.get().summary, Question.objects.count()) == ("", 0)


def test_a_circle_is_told_at_a_row_of_it_and_once(tmp_path: Path) -> None:
    text = refusal(write(tmp_path / "b", places="place,name,parent\nroom,Room,one\none,One,two\ntwo,Two,one\n"))
    assert text.splitlines()[0] == (
        "places.csv, line 3, column parent: given “two”; wanted no circle, but one → two → one."
    )
    assert len(text.splitlines()) == 2


def test_rows_may_refer_to_what_the_database_has_and_to_later_rows(tmp_path: Path) -> None:
    import_bundle(write(tmp_path / "a", places="place,name,parent\ninner,Inner,outer\nouter,Outer,\n"))
    import_bundle(write(tmp_path / "b", places="place,name,parent\nroom,Room,inner\n"))
    place = apps.get_model("claims", "Place").objects.get(slug="room")
    assert place.parent.parent.slug == "outer"


def test_a_reference_to_a_row_with_a_mistake_is_not_a_second_mistake(edit: Edit) -> None:
    assert refusal(edit("topics", "dprk-troops-russia", "title", "")).endswith("Nothing was imported: 1 problem.")


CELLS = [
    ("claims", "c012", "question", "nobody-asks", "claims.csv, line 5, column question: given “nobody-asks”; there is"),
    ("claims", "c012", "claimant", "", "claims.csv, line 5, column claimant: given “”; wanted the key of an actor"),
    ("claims", "c012", "upper", "ten", "claims.csv, line 5, column upper: given “ten”; wanted a number like 10000"),
    ("claims", "c012", "upper", "1e4", "given “1e4”; wanted a number"),
    ("claims", "c012", "upper", "NaN", "given “NaN”; wanted a number"),
    ("claims", "c012", "upper", "1" * 16, "column point: given “10000”; Give numbers of at most 15 significant digits"),
    ("claims", "c012", "upper", "", "column upper: given “”; “Up to” needs an upper end"),
    ("claims", "c012", "qualifier", "circa", "column qualifier: given “circa”; wanted one of exactly, about, "),
    ("claims", "c012", "hedged", "yes", "column hedged: given “yes”; wanted true or false."),
    (
        "claims",
        "c012",
        "stated_on",
        "2024-02-30",
        "column stated_on: given “2024-02-30”; wanted a date like 2024, 2024-11 or",
    ),
    ("claims", "c012", "stated_on", "2024-10-01", "may be about a time"),
    ("claims", "c012", "supersedes", "c012", "column supersedes: given “c012”; wanted no circle, but c012 → c012."),
    ("claims", "c059", "supersedes", "c012", "wanted no circle, but c012 → c059 → c012."),
    ("claims", "c012", "supersedes", "c064", "column supersedes: given “c064”, which ua-president said and not us-st"),
    ("claims", "c012", "revision_kind", "", "Say which claim is superseded and why: both or neither."),
    ("claims", "c012", "status", "retracted", "A retracted claim says when, by whom and why"),
    ("claims", "c012", "speaker", "x" * 201, "wanted at most 200 characters, these are 201."),
    ("claims", "c012", "attributes", "[1]", "column attributes: given “[1]”; wanted a JSON object like"),
    ("claims", "c012", "attributes", '{"a": "\\u0000"}', "wanted a JSON object like"),
    ("claims", "c012", "attributes", '{"a": 1e999}', "wanted a JSON object like"),
    ("claims", "c012", "claim", "", "claims.csv, line 5, column claim: given “”; wanted a value, it cannot be empty."),
    ("claims", "c012", "claim", "c002", "claims.csv, line 5, column claim: given “c002” again; line 3 has it already."),
    ("claims", "c012", "stated_at", "25:00", "column stated_at: given “25:00”; wanted a time like 14:30:00."),
    ("claims", "c012", "joint_claimants", "us|us", "given “us|us”; wanted every entry once."),
    ("claims", "c012", "joint_claimants", "us|", "wanted entries with one bar between them and none of them empty."),
    ("claims", "c012", "joint_claimants", "us|mars", "column joint_claimants: given “mars”; there is no such actor"),
    (
        "citations",
        "z002",
        "primary",
        "false",
        "claims.csv, line 3, column status: given “published”; a published claim",
    ),
    (
        "citations",
        "z009",
        "primary",
        "true",
        "citations.csv, line 10, column claim: given claim “c002”; ",
    ),
    ("actors", "rok", "aliases", "a\\b", "column aliases: given “a\\b”; wanted \\\\ for a backslash"),
    ("actors", "rok", "country", "KOR", "column country: given “KOR”; "),
    ("actors", "rok", "parent", "rok-mnd", "wanted no circle, but rok → rok-mnd → rok."),
    ("sources", "aj-20241105", "url", "javascript:alert(1)", "Give a web address like"),
    ("sources", "aj-20241105", "accessed_on", "2024-11", "given “2024-11”; wanted a day like 2024-11-05."),
    (
        "sources",
        "imaeil-20241105",
        "url",
        "https://www.aljazeera.com/news/2024/11/5/north-korean-troops-reportedly-on-russian-front-lines-amid-escalation-fears/?traffic_source=rss#top",
        "sources.csv, line 3, column url: given",
    ),
    ("questions", "killed", "window_days", "-1", "column window_days: given “-1”; "),
    ("questions", "killed", "window_days", "3.5", "given “3.5”; wanted a whole number like 12."),
    ("places", "russia", "latitude", "51.5", "places.csv, line 2: given latitude “51.5”, longitude “”; Give both"),
    ("stances", "s001", "stance", "shrugs", "column stance: given “shrugs”; wanted one of confirms, denies"),
]


@pytest.mark.parametrize(("file", "key", "column", "text", "message"), CELLS)
def test_a_bad_cell_says_where_it_is_what_was_given_and_what_was_wanted(
    edit: Edit, file: str, key: str, column: str, text: str, message: str
) -> None:
    assert message in refusal(edit(file, key, column, text))


def test_all_problems_are_told_at_once(edit: Edit) -> None:
    edit("claims", "c002", "hedged", "maybe")
    edit("actors", "rok", "kind", "planet")
    text = refusal(edit("stances", "s001", "actor", "mars"))
    assert [line.partition(",")[0] for line in text.splitlines()] == [
        "actors.csv",
        "claims.csv",
        "stances.csv",
        "Nothing was imported: 3 problems.",
    ]


def test_only_so_many_problems_are_printed(tmp_path: Path) -> None:
    rows = "".join(f"p{n},Place,x\n" for n in range(PRINTED + 7))
    text = refusal(write(tmp_path / "b", places="place,name,country\n" + rows))
    assert text.splitlines()[PRINTED:] == [
        "… and 7 more.",
        "Nothing was imported: 107 problems.",
        "107 of them in country: Give the two capital letters of ISO 3166, for example “KR”.",
    ]


def test_two_kinds_of_assessment_share_a_file(tmp_path: Path) -> None:
    import_bundle(DEMO)
    header = "actor,claim,grade,graded_on,graded_by,reason\n"
    good = "rok,,B,2025-01-31,M. Okafor,Often right\n,c002,2,2025-01-31,M. Okafor,Printed twice\n"
    outcome = import_bundle(write(tmp_path / "b", assessments=header + good))
    assert outcome.counts["assessments"].new == 2
    both = refusal(write(tmp_path / "b", assessments=header + "rok,c002,B,2025-01-31,M. Okafor,x\n"))
    assert "assessments.csv, line 2: given actor “rok” and claim “c002”; wanted only one of them." in both
    neither = refusal(write(tmp_path / "b", assessments=header + ",,B,2025-01-31,M. Okafor,x\n"))
    assert "assessments.csv, line 2, column actor: given “”; wanted a value" in neither


def test_what_only_the_database_sees_becomes_a_sentence(edit: Edit) -> None:
    import_bundle(DEMO)
    text = refusal(edit("claims", "c002", "status", "draft"))
    assert "a claim that is published cannot become draft; drafts are published" in text.splitlines()[0]


def test_a_slug_that_leads_elsewhere_is_not_given_away(tmp_path: Path) -> None:
    rename(entity=make_topic("korea"), new_slug="dprk")
    text = refusal(write(tmp_path / "b", topics="topic,title\nnew,New\nkorea,Korea\n"))
    given = "given “korea”, which already leads to the renamed “dprk”; wanted another slug."
    assert text.splitlines()[0] == f"topics.csv, line 3, column topic: {given}"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("topic,a,b", "column old_slug: given “a”; wanted a slug of before, and a topic has this one now."),
        ("topic,x,y", "column target_slug: given “y”; wanted the slug of a topic, and none is called “y”."),
        ("actor,x,b", "column target_slug: given “b”; wanted the slug of an actor, and none is called “b”."),
        ("topic,d,c", "column target_slug: given “c”; wanted no circle, and this leads back to “d”."),
    ],
)
def test_a_redirect_that_goes_astray_is_refused_with_its_line(tmp_path: Path, row: str, problem: str) -> None:
    topics = "topic,title\na,A\nb,B\n"
    redirects = f"kind,old_slug,target_slug\ntopic,old,b\n{row}\n" + "topic,c,d\n" * (row == "topic,d,c")
    text = refusal(write(tmp_path / "b", topics=topics, redirects=redirects))
    assert text.splitlines()[0] == f"redirects.csv, line 3, {problem}"


def test_names_that_were_swapped_are_refused_in_a_bundle(tmp_path: Path) -> None:
    swapped = "kind,old_slug,target_slug\ntopic,a,b\ntopic,b,a\n"
    text = refusal(write(tmp_path / "b", topics="topic,title\na,A\nb,B\n", redirects=swapped))
    assert text.count("a topic has this one now.") == 2


def test_a_chain_of_renames_is_imported(tmp_path: Path) -> None:
    chain = "".join(f"topic,s{number},s{number + 1}\n" for number in range(200))
    import_bundle(
        write(tmp_path / "b", redirects=f"kind,old_slug,target_slug\n{chain}", topics="topic,title\ns200,S\n")
    )
    assert Redirect.objects.present_slug(kind="topic", slug="s0") == "s200"


@pytest.mark.parametrize("content", ["", "hello", "claim\n", "claim,claim\nc1,c1\n", "\0", '"', "a,b\n1\n"])
def test_a_broken_file_is_refused_or_empty(tmp_path: Path, content: str) -> None:
    folder = write(tmp_path / "b", claims=content)
    if content == "claim\n":
        assert import_bundle(folder).new == 0
    else:
        assert "claims.csv" in refusal(folder)


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(
    content=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: f"place,name\n{text}".encode("utf-8", "replace"))
)
@example(content=b"place,name\n\xed\xa0\x80,x\n")
def test_random_bytes_never_end_in_an_exception(tmp_path: Path, content: bytes) -> None:
    folder = write(tmp_path / "b")
    (folder / "places.csv").write_bytes(content)
    with suppress(BundleRefused):
        import_bundle(folder)


def test_a_zip_is_a_bundle(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "demo.zip", "w") as archive:
        for path in DEMO.iterdir():
            archive.write(path, path.name)
    assert import_bundle(tmp_path / "demo.zip").new == 855


def test_no_bundle_at_all_is_one_sentence(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing").splitlines()[0].endswith("there is no such folder or file.")


def test_a_bundle_counts_as_loaded_by_its_topics() -> None:
    assert not is_loaded(DEMO)
    import_bundle(DEMO)
    Claim.objects.filter(public_id="c002").update(note="changed here")
    assert is_loaded(DEMO)


def generated(folder: Path, count: int) -> Path:
    """A bundle with `count` published claims, each with a citation, an alias and a place of its own."""
    numbers = range(count)
    figure = "stated_value,qualifier,lower,upper,lower_inclusive,upper_inclusive,point"
    return write(
        folder,
        topics="topic,title\nt,T\n",
        questions="question,topic,title,unit,measure\nq,t,Q,persons,stock\n",
        places="place,name,parent\n" + "".join(f"p{n},P,{f'p{n - 1}' if n else ''}\n" for n in numbers),
        actors="actor,name,kind,aliases\n" + "".join(f"a{n},A,media,B{n}\n" for n in numbers),
        sources="source,publisher,title,url\n" + "".join(f"s{n},a{n},S,https://example.org/{n}\n" for n in numbers),
        claims=f"claim,question,place,claimant,status,part_of,{figure}\n"
        + "".join(
            f"c{n},q,p{n},a{n},published,{f'c{n - 1}' if n % 5 else ''},5,exactly,5,5,true,true,5\n" for n in numbers
        ),
        citations=f"citation,claim,source,primary,quote,via,{figure}\n"
        + "".join(f"z{n},c{n},s{n},true,five,a{n},5,exactly,5,5,true,true,5\n" for n in numbers),
    )


def queries(path: Path) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        import_bundle(path)
    return len(captured)


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(tmp_path: Path) -> None:
    first = queries(generated(tmp_path / "a", 20))
    Claim.objects.update(note="changed")
    changed = queries(tmp_path / "a")
    with may_empty():
        connection.cursor().execute("TRUNCATE claims_topic, actors_actor, claims_place CASCADE")
    assert queries(generated(tmp_path / "b", 40)) == first
    Claim.objects.update(note="changed")
    assert queries(tmp_path / "b") == changed


def test_every_field_of_every_model_is_a_column_or_left_out_by_name() -> None:
    for file in FILES:
        written = {column.field for column in file.plain} | set(file.derived) | set(file.not_written) | {"id"}
        stored = {field.name for field in file.model._meta.concrete_fields if not field.generated}
        assert stored == written, file.name


def test_every_model_is_in_the_bundle() -> None:
    listed: set[Any] = {file.model for file in FILES} | {column.through for file in FILES for column in file.lists}
    ours = {model for label in ("actors", "sources", "claims") for model in apps.get_app_config(label).get_models()}
    assert listed == {model for model in ours if not model.__name__.endswith("Event")}


def test_a_problem_without_line_or_column_names_its_file() -> None:
    assert str(Problem("a.csv", "it is odd.")) == "a.csv: it is odd."
