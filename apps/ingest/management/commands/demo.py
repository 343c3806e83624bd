"""`manage.py demo`: from nothing to a site with the demo bundle in it, on this machine only."""

import secrets
import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.base import BaseApplication

from apps.ingest.bundle import import_bundle, is_loaded
from apps.ingest.problems import BundleRefused

HOST = "127.0.0.1"
ACCOUNT = "editor"
#: Connections that may wait while the workers start.
BACKLOG = 128


class Command(BaseCommand):
    """Migrate, load the demo, make an administrator's account, serve. Every step is skipped when it is done already."""

    help = "Set up the demo and serve it on this machine."
    # The checks need the database's tables, which the first start has yet to make; migrate runs them.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="Port on 127.0.0.1 (default 8000).")
        parser.add_argument("--no-serve", action="store_true", help="Set everything up, then stop.")

    def handle(self, *, port: int, no_serve: bool, **options: Any) -> None:
        try:
            if no_serve:
                self._set_up()
            else:
                self._serve(port)
        except KeyboardInterrupt:
            raise SystemExit(130) from None  # what a shell expects of Ctrl-C, without the traceback

    def _serve(self, port: int) -> None:
        """Never returns: gunicorn ends the process, by a way that runs exit functions."""
        # The port is taken before the work and answers after it: one in use is said at once, and whoever asks too
        # early is refused instead of seeing a half-made site.
        with _port(port) as reserved:
            self._set_up()
            _listen(reserved, port)
            self.stdout.write(f"    Address:  http://{HOST}:{port}/\n\n    Stop it with Ctrl-C.\n\n")
            self.stdout.flush()
            _release_connections()
            _Server(reserved.detach()).run()

    def _set_up(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):  # asking is quicker than migrating nothing
            call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
        self._load()
        self._make_account()

    def _load(self) -> None:
        """Only where the demo's topic is missing: what an editor changed in it since then stays changed."""
        path = settings.PARALLAX_DEMO_BUNDLE
        try:
            if is_loaded(path):
                self.stdout.write("The demo is loaded.")
            else:
                self.stdout.write(import_bundle(path).sentence())
        except BundleRefused as refused:
            raise CommandError(str(refused)) from refused

    def _make_account(self) -> None:
        users = get_user_model()
        if users.objects.filter(username=ACCOUNT).exists():
            self.stdout.write(f"\n    Account:  {ACCOUNT} (made earlier)")
            self.stdout.write(f"    New password: manage.py changepassword {ACCOUNT}")
            return
        password = secrets.token_urlsafe(12)
        users.objects.create_superuser(username=ACCOUNT, password=password)
        self.stdout.write(f"\n    Account:  {ACCOUNT}\n    Password: {password}   (shown only now)")


def _release_connections() -> None:
    """Forked workers must not share a connection, and a pool's threads would be missing in them."""
    for opened in connections.all(initialized_only=True):
        opened.close()
        if isinstance(opened, DatabaseWrapper):
            opened.close_pool()


@contextmanager
def _port(port: int) -> Iterator[socket.socket]:
    """A socket that is bound but does not listen yet."""
    if not 0 < port < 65536:
        raise CommandError(f"--port is {port}; wanted a number from 1 to 65535.")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            reserved.bind((HOST, port))
        except OSError as error:
            raise _port_error(port, error) from error
        yield reserved


def _listen(reserved: socket.socket, port: int) -> None:
    """Two may bind a port as long as neither listens; this is where the second one learns of the first."""
    try:
        reserved.listen(BACKLOG)
    except OSError as error:
        raise _port_error(port, error) from error


def _port_error(port: int, error: OSError) -> CommandError:
    return CommandError(f"Port {port} cannot be used ({error.strerror or error}); choose another one with --port.")


class _Server(BaseApplication):
    """gunicorn inside this process.

    The workers are forks of it: they end with it even when it is killed, and the embedded database, which belongs to
    the process that started it, outlives every one of them.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._worker: subprocess.Popen[bytes] | None = None
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": f"fd://{self._descriptor}",
            "preload_app": True,
            "workers": 2,
            "threads": 4,
            "graceful_timeout": 5,
            # An address of any length reaches the site, which says what is wrong with it.
            "limit_request_line": 0,
            "loglevel": "warning",
            "when_ready": self._start_worker,
            "on_exit": self._stop_worker,
            "control_socket_disable": True,
        }
        assert self.cfg is not None  # load_default_config has made it
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def _start_worker(self, server: Any) -> None:
        """What does that which the site puts into the queue; it ends when this process does, however that ends.

        Ctrl-C goes to all processes of a terminal's session; this one has its own and is told by us alone.
        """
        command = [sys.executable, sys.argv[0], "work", "--with-parent", "--no-reload", "--verbosity=0"]
        self._worker = subprocess.Popen(command, start_new_session=True)

    def _stop_worker(self, server: Any) -> None:
        """The second time it leaves what it does."""
        for _ in range(2):
            if self._worker is not None:
                self._worker.terminate()
                with suppress(subprocess.TimeoutExpired):
                    self._worker.wait(timeout=2)

    def load(self) -> Any:
        # Nothing is collected here: whitenoise finds static files where they are.
        warnings.filterwarnings("ignore", message="No directory at", category=UserWarning)
        return get_wsgi_application()
