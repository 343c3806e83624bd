"""Bundles come from outside: whatever is no bundle is refused with a sentence."""

import zipfile
from pathlib import Path

import pytest

from apps.ingest.problems import BundleRefused
from apps.ingest.unpacking import read_files

KNOWN = ("topics.csv", "claims.csv")


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path, **limits: int) -> str:
    with pytest.raises(BundleRefused) as refused:
        read_files(path, KNOWN, **limits)
    return str(refused.value)


def test_a_folder_and_a_zip_of_it_are_the_same_bundle(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "topics.csv").write_bytes(b"topic\n")
    (folder / ".DS_Store").write_bytes(b"\0")
    archive = zipped(tmp_path / "bundle.zip", {"topics.csv": b"topic\n"})
    assert read_files(folder, KNOWN) == read_files(archive, KNOWN) == {"topics.csv": b"topic\n"}


def test_a_zip_may_hold_its_files_below_one_folder(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "b.zip", {"dprk/topics.csv": b"a", "dprk/claims.csv": b"b"})
    assert read_files(archive, KNOWN) == {"topics.csv": b"a", "claims.csv": b"b"}


@pytest.mark.parametrize("name", ["../topics.csv", "/topics.csv", "a/b/topics.csv", "..\\topics.csv", "readme.txt"])
def test_an_unknown_or_tricky_name_in_a_zip_is_refused(tmp_path: Path, name: str) -> None:
    message = refusal(zipped(tmp_path / "b.zip", {name: b"topic\n"}))
    assert "does not belong to a bundle; wanted only topics.csv, claims.csv." in message


def test_an_unknown_file_or_folder_in_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("x")
    (tmp_path / "claims.csv").mkdir()
    assert "“notes.csv”: it does not belong to a bundle" in refusal(tmp_path)
    (tmp_path / "notes.csv").unlink()
    assert "claims.csv: it is not a file." in refusal(tmp_path)


def test_a_file_twice_in_a_zip_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("topics.csv", "topic\n")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("topics.csv", "topic\n")
    assert "topics.csv: it is in the .zip more than once." in refusal(tmp_path / "b.zip")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "b.zip", {"topics.csv": b"0" * 2_000_000})
    assert bomb.stat().st_size < 10_000
    assert "larger than 1,000,000 bytes unpacked" in refusal(bomb, max_bytes=1_000_000)


def test_a_folder_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "topics.csv").write_bytes(b"0" * 11)
    assert "larger than 10 bytes" in refusal(tmp_path, max_bytes=10)


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "b.zip", {"topics.csv": b"topic\n" * 500})
    content = bytearray(archive.read_bytes())
    content[45:60] = b"\xff" * 15
    archive.write_bytes(bytes(content))
    assert "the .zip is damaged" in refusal(archive)


@pytest.mark.parametrize("make", ["missing", "text", "empty folder", "empty zip"])
def test_what_is_no_bundle_at_all_is_refused(tmp_path: Path, make: str) -> None:
    path = tmp_path / "thing"
    match make:
        case "text":
            path.write_text("hello")
        case "empty folder":
            path.mkdir()
        case "empty zip":
            zipped(path, {})
    wanted = {"missing": "there is no such", "text": "neither a folder nor a .zip"}
    assert wanted.get(make, "it holds no file of a bundle") in refusal(path)
