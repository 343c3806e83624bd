"""A real demo server on its own database, and the system's Chromium."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

# As long as Playwright itself waits for a page or a click; five seconds are little on a machine that does much else.
expect.set_options(timeout=30_000)

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
STARTS_WITHIN = 180  # seconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One server and one browser serve all of these tests, so they stay in one process."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium from the system's packages; the test container runs as root, where it has no sandbox."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed; wanted the system's package “chromium”.")
        pytest.skip("Chromium is not installed: no test of this folder ran. Install the system's package “chromium”.")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": [*quiet, "--disable-sync"]}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(address: str, server: subprocess.Popen[str]) -> None:
    for _ in range(STARTS_WITHIN * 10):
        if server.poll() is not None:
            raise AssertionError(f"the demo stopped with exit status {server.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=20) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"the demo did not answer within {STARTS_WITHIN} s")


@dataclass(frozen=True)
class Demo:
    """A running demo: its address and what it printed."""

    address: str
    log: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> None:
        """Runs a command on the demo's database."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    @property
    def password(self) -> str:
        """The editor's password, as printed at the first start."""
        found = re.search(r"Password: (\S+)", self.log.read_text())
        assert found, "the demo printed no password"
        return found[1]


@pytest.fixture(scope="session")
def demo_address(running_demo: Demo) -> str:
    return running_demo.address


@pytest.fixture(scope="session")
def running_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`make demo` on a database of its own."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    # Not pytest's own folder: that is closed to the user who runs PostgreSQL for root.
    data = Path(tempfile.mkdtemp(prefix="parallax-browser-", dir="/var/tmp"))
    data.chmod(0o755)
    environment["PARALLAX_PGDATA"] = str(data / "pgdata")
    log = tmp_path_factory.mktemp("log") / "demo.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(address, server)
            yield Demo(address, log, environment)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{log.read_text()[-2000:]}") from None
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=120)
            shutil.rmtree(data)
