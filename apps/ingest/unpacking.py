"""The files of a bundle as bytes, out of a folder or a .zip that somebody else made."""

import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from apps.ingest.problems import BundleRefused, Problem, quoted

#: Unpacked size at which a bundle is taken for a mistake or an attack (200,000 claims with citations are near 150 MB).
MAX_BYTES = 512 * 1024 * 1024


def read_files(path: Path, known: Collection[str], *, max_bytes: int = MAX_BYTES) -> dict[str, bytes]:
    """File name → content of every file in the bundle at `path`.

    `known` are the names that may occur; hidden files of a folder are passed over. Raises `BundleRefused`
    when `path` is no bundle, holds anything else, or is larger than `max_bytes` unpacked.
    """
    try:
        if path.is_dir():
            files = _from_folder(path, known, max_bytes)
        elif zipfile.is_zipfile(path):
            files = _from_zip(path, known, max_bytes)
        elif path.exists():
            raise _refusal(path, "it is neither a folder nor a .zip; wanted a bundle.")
        else:
            raise _refusal(path, "there is no such folder or file.")
    except OSError as error:
        raise _refusal(path, f"it cannot be read ({error.strerror or error}).") from error
    except ValueError as error:  # a NUL byte in the path
        raise _refusal(path, f"it is no path ({error}).") from error
    if not files:
        raise _refusal(path, f"it holds no file of a bundle; wanted {_listed(known)}.")
    return files


def _from_folder(path: Path, known: Collection[str], max_bytes: int) -> dict[str, bytes]:
    entries = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
    _refuse_unknown([entry.name for entry in entries], known)
    if strange := [entry.name for entry in entries if not entry.is_file()]:
        raise BundleRefused([Problem(name, "it is not a file.") for name in strange])
    if sum(entry.stat().st_size for entry in entries) > max_bytes:
        raise _too_large(path, max_bytes)
    return {entry.name: entry.read_bytes() for entry in entries}


def _from_zip(path: Path, known: Collection[str], max_bytes: int) -> dict[str, bytes]:
    """Nothing is written to disk, so an entry's path can lead nowhere; sizes are checked before a byte is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            names = _without_common_folder([entry.filename for entry in entries])
            _refuse_unknown(names, known)
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise BundleRefused([Problem(name, "it is in the .zip more than once.") for name in twice])
            if any(entry.flag_bits & 1 for entry in entries):
                raise _refusal(path, "it is encrypted; wanted a .zip without a password.")
            if sum(entry.file_size for entry in entries) > max_bytes:
                raise _too_large(path, max_bytes)
            # A forged size does not help: zipfile stops at the stated one and then fails on the checksum.
            return {name: archive.read(entry) for name, entry in zip(names, entries, strict=True)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _refusal(path, f"the .zip is damaged or of an unknown kind ({error}).") from error


def _without_common_folder(names: list[str]) -> list[str]:
    """`zip -r bundle.zip bundle/` puts everything below one folder; that is still the bundle."""
    parents = {str(PurePosixPath(name).parent) for name in names}
    folder = parents.pop() if len(parents) == 1 else "."
    plain = folder not in {".", "..", "/"} and "/" not in folder
    return [name.removeprefix(f"{folder}/") for name in names] if plain else names


def _refuse_unknown(names: list[str], known: Collection[str]) -> None:
    if unknown := sorted({name for name in names if name not in known}):
        wanted = f"it does not belong to a bundle; wanted only {_listed(known)}."
        raise BundleRefused([Problem(quoted(name), wanted) for name in unknown])


def _listed(known: Collection[str]) -> str:
    return ", ".join(known)


def _too_large(path: Path, max_bytes: int) -> BundleRefused:
    return _refusal(path, f"it is larger than {max_bytes:,} bytes unpacked.")


def _refusal(path: Path, message: str) -> BundleRefused:
    return BundleRefused([Problem(quoted(str(path)), message)])
