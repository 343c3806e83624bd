"""A real demo server, and Debian's nginx with a cache in front of it."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.ingest.servers import Workplace, free_port, wait_for, workplace

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
#: As short as it gets: what may be kept is decided by the site alone. Even the key is nginx's own, which leaves out the
#: host that was asked.
CONFIGURATION = """
daemon off;
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log warn;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/cache keys_zone=pages:1m;
    gzip on;
    gzip_proxied any;
    gzip_vary on;
    gzip_min_length 1;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{origin};
            proxy_set_header Host $http_host;
            proxy_cache pages;
            proxy_cache_revalidate on;
            add_header X-Cache $upstream_cache_status always;
        }}
    }}
}}
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One server and one proxy serve all of these tests, so they stay in one process."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("proxy"))


@dataclass(frozen=True)
class Answer:
    """What came through the proxy. `cache` is nginx's word for what it did: MISS, HIT, EXPIRED, REVALIDATED …"""

    status: int
    headers: Mapping[str, str]
    cookies: list[str]
    body: bytes

    @property
    def cache(self) -> str | None:
        return self.headers.get("x-cache")

    @property
    def tag(self) -> str:
        return self.headers["etag"]


@dataclass
class Visitor:
    """Somebody who asks the proxy, with cookies like a browser."""

    port: int
    host: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, **headers: str) -> Answer:
        return self.ask("GET", address, None, headers)

    def ask(self, method: str, address: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        sent = {"Host": f"{self.host}:{self.port}"} | {name.replace("_", "-"): text for name, text in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            line.request(method, address, body, sent)
            answer = line.getresponse()
            cookies = answer.headers.get_all("Set-Cookie", [])
            self.cookies |= dict(each.split(";")[0].split("=", 1) for each in cookies)
            found = {name.lower(): text for name, text in answer.headers.items()}
            return Answer(answer.status, found, cookies, answer.read())
        finally:
            line.close()

    def log_in(self, name: str, password: str) -> Answer:
        page = self.get("/admin/login/").body.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        form = {"csrfmiddlewaretoken": token[1], "username": name, "password": password, "next": "/admin/"}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", "/admin/login/", urlencode(form), headers)


@dataclass(frozen=True)
class Site:
    """The proxy before a running demo. `password` is the editor's; `folder` is where nginx keeps everything."""

    place: Workplace
    port: int
    password: str
    folder: Path

    def visitor(self, host: str = "127.0.0.1") -> Visitor:
        return Visitor(self.port, host)

    def change(self, statement: str) -> None:
        """A change from elsewhere: a line of Python in a process of its own."""
        status, output = self.place.run("shell", "-v0", "-c", statement)
        assert (status, output) == (0, "")

    def kept(self) -> list[bytes]:
        """Every file of the cache."""
        return [file.read_bytes() for file in (self.folder / "cache").rglob("*") if file.is_file()]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if NGINX is None:
        if os.environ.get("CI"):
            pytest.fail("nginx is not installed; wanted the system's package “nginx”.")
        pytest.skip("nginx is not installed: no test of this folder ran. Install the system's package “nginx”.")
    origin, port, folder = free_port(), free_port(), tmp_path_factory.mktemp("nginx")
    with workplace() as place:
        server = place.start("demo", "--port", str(origin))
        try:
            wait_for(f"http://127.0.0.1:{origin}/readyz", server)
            proxy = _start(NGINX, folder, port, origin)
            try:
                yield Site(place, port, _password(server), folder)
            finally:
                _stop(proxy)
        finally:
            _stop(server)


def _start(nginx: str, folder: Path, port: int, origin: int) -> subprocess.Popen[bytes]:
    file = folder / "nginx.conf"
    # Started by root, its workers would be somebody else, who may not read the folder.
    user = "user root;" if os.getuid() == 0 else ""
    file.write_text(CONFIGURATION.format(user=user, folder=folder, port=port, origin=origin))
    proxy = subprocess.Popen([nginx, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(file)])
    for _ in range(100):
        assert proxy.poll() is None, (folder / "error.log").read_text()
        try:
            Visitor(port).get("/healthz")
        except ConnectionError:
            time.sleep(0.05)
        else:
            return proxy
    _stop(proxy)
    raise AssertionError("nginx did not answer within 5 s")


def _password(server: subprocess.Popen[str]) -> str:
    """As the demo printed it."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"Password: (\S+)", line):
            return found[1]
    raise AssertionError("the demo printed no password")


def _stop(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=120)
    if process.stdout is not None:
        process.stdout.close()
