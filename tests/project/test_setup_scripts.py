"""`make demo` and `make test` find a Python and never use a half-built environment.

The scripts run in a copy of the project's root, with programs in place of Python, so that nothing is downloaded.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: What every machine has that can run make: no Python among it.
TOOLS = ("sh", "cat", "dirname", "git", "mkdir", "rm", "sleep", "tr")
BROKEN_SHIM = "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with the project's scripts in `project/`, programs in `bin/` and an empty home."""
    (tmp_path / "home").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "project").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (tmp_path / "bin" / tool).symlink_to(found)
    shutil.copytree(ROOT / "scripts", tmp_path / "project" / "scripts")
    shutil.copy(ROOT / ".python-version", tmp_path / "project")
    (tmp_path / "project" / "requirements.lock").write_text("one\n")
    return tmp_path


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def real_python(path: Path) -> None:
    program(path, f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')


def run(machine: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "project" / "scripts" / script],
        env={"PATH": str(machine / "bin"), "HOME": str(machine / "home")} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def found_python(machine: Path, **variables: str) -> str:
    outcome = run(machine, "find-python", **variables)
    assert outcome.returncode == 0, outcome.stderr
    return os.path.realpath(outcome.stdout.strip())


def test_a_python_on_the_path_is_found(machine: Path) -> None:
    real_python(machine / "bin" / "python3")
    assert found_python(machine) == os.path.realpath(sys.executable)


def test_a_shim_that_does_not_work_is_passed_over(machine: Path) -> None:
    program(machine / "bin" / "python3.12", BROKEN_SHIM)
    program(machine / "bin" / "python3", BROKEN_SHIM)
    real_python(machine / "bin" / "python3.13")
    assert found_python(machine) == os.path.realpath(sys.executable)


def test_a_shim_does_not_hide_a_python_further_along_the_path(machine: Path) -> None:
    program(machine / "shims" / "python3.12", BROKEN_SHIM)
    real_python(machine / "bin" / "python3.12")
    path = f"{machine / 'shims'}:{machine / 'bin'}"
    assert found_python(machine, PATH=path) == os.path.realpath(sys.executable)


def test_a_python_of_pyenv_is_found_behind_its_shims(machine: Path) -> None:
    program(machine / "bin" / "python3.12", BROKEN_SHIM)
    real_python(machine / "home" / ".pyenv" / "versions" / "3.12.1" / "bin" / "python")
    assert found_python(machine) == os.path.realpath(sys.executable)


def test_a_python_in_another_pyenv_root_is_found(machine: Path) -> None:
    real_python(machine / "pyenv" / "versions" / "3.13.0" / "bin" / "python")
    assert found_python(machine, PYENV_ROOT=str(machine / "pyenv")) == os.path.realpath(sys.executable)


def test_an_old_python_is_passed_over(machine: Path) -> None:
    program(machine / "bin" / "python3", "#!/bin/sh\nexit 1\n")
    real_python(machine / "bin" / "python")
    assert found_python(machine) == os.path.realpath(sys.executable)


def test_without_any_python_one_sentence_says_what_is_wanted(machine: Path) -> None:
    outcome = run(machine, "find-python")
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert "Parallax needs Python 3.12 or newer" in outcome.stderr.splitlines()[-1]


def test_uv_fetches_a_python_where_none_fits(machine: Path) -> None:
    real_python(machine / "elsewhere")
    program(
        machine / "bin" / "uv",
        "#!/bin/sh\n"
        '[ "$1" = --version ] && exit 0\n'
        'mkdir -p "$UV_PYTHON_INSTALL_DIR/cpython-3.12/bin"\n'
        f'cat "{machine}/elsewhere" > "$UV_PYTHON_INSTALL_DIR/cpython-3.12/bin/python3"\n'
        f'"{shutil.which("chmod")}" +x "$UV_PYTHON_INSTALL_DIR/cpython-3.12/bin/python3"\n',
    )
    assert found_python(machine) == os.path.realpath(sys.executable)
    assert (machine / "project" / ".uv" / "python" / "cpython-3.12").is_dir()


def test_without_a_network_one_sentence_says_what_is_wanted(machine: Path) -> None:
    program(machine / "bin" / "uv", '#!/bin/sh\n[ "$1" = --version ]\n')
    outcome = run(machine, "find-python")
    assert outcome.returncode == 1
    assert "uv could not download it" in outcome.stderr.splitlines()[-1]


@pytest.fixture
def builds(machine: Path) -> Path:
    """The machine with a Python whose `-m venv` makes a folder and whose `-m pip` notes that it was called.

    pip fails while the file `offline` is there.
    """
    here = machine / "bin" / "fake-python"
    executable = f'"{shutil.which("chmod")}" +x .venv/bin/python'
    program(
        here,
        "#!/bin/sh\n"
        'case "$*" in\n'
        "    -V) echo Python 3.12 ;;\n"
        f'    "-m venv .venv") mkdir -p .venv/bin; cat "{here}" > .venv/bin/python; {executable} ;;\n'
        f'    "-m pip "*) echo "$*" >> "{machine}/pip.log"; [ ! -e "{machine}/offline" ] ;;\n'
        "esac\n",
    )
    program(machine / "project" / "scripts" / "find-python", f'#!/bin/sh\necho "{here}"\n')
    return machine


def times_installed(machine: Path) -> int:
    log = machine / "pip.log"
    return len(log.read_text().splitlines()) if log.exists() else 0


def test_the_environment_is_built_once(builds: Path) -> None:
    assert run(builds, "build-venv").returncode == 0
    assert run(builds, "build-venv").returncode == 0
    assert times_installed(builds) == 1


def test_packages_are_installed_by_their_hashes(builds: Path) -> None:
    run(builds, "build-venv")
    assert "--require-hashes" in (builds / "pip.log").read_text()


def test_another_lock_builds_it_anew(builds: Path) -> None:
    run(builds, "build-venv")
    (builds / "project" / ".venv" / "left-over").touch()
    (builds / "project" / "requirements.lock").write_text("two\n")
    assert run(builds, "build-venv").returncode == 0
    assert times_installed(builds) == 2
    assert not (builds / "project" / ".venv" / "left-over").exists()


def test_a_half_built_environment_is_built_anew(builds: Path) -> None:
    (builds / "offline").touch()
    failed = run(builds, "build-venv")
    assert failed.returncode == 1
    assert "could not be installed" in failed.stderr.splitlines()[-1]
    (builds / "offline").unlink()
    assert run(builds, "build-venv").returncode == 0
    assert times_installed(builds) == 2


def test_an_environment_whose_python_is_gone_is_built_anew(builds: Path) -> None:
    run(builds, "build-venv")
    (builds / "project" / ".venv" / "bin" / "python").unlink()
    assert run(builds, "build-venv").returncode == 0
    assert times_installed(builds) == 2


def test_two_builds_at_once_take_turns(builds: Path) -> None:
    started = [
        subprocess.Popen(
            [builds / "project" / "scripts" / "build-venv"],
            env={"PATH": str(builds / "bin"), "HOME": str(builds / "home")},
            stderr=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]
    assert [process.wait(timeout=120) for process in started] == [0, 0]
    assert times_installed(builds) == 1


def test_the_turn_of_a_killed_build_is_taken_over(builds: Path) -> None:
    turn = builds / "project" / ".venv.turn"
    turn.mkdir()
    gone = subprocess.Popen(["true"])
    gone.wait()
    (turn / "pid").write_text(str(gone.pid))
    assert run(builds, "build-venv").returncode == 0
    assert not turn.exists()
