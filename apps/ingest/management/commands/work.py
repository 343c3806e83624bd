"""`manage.py work`: does what the site puts into the queue (imports), one after the other, beside the site."""

import os
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django_tasks_db.management.commands import db_worker

#: Seconds between two looks at whether the parent is still there, and between asking to end and insisting.
PATIENCE = 0.5


class Command(db_worker.Command):
    """The worker of django-tasks-db, which can end with the process that started it."""

    help = "Do what the site puts into the queue, such as imports. Without it they wait."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--with-parent", action="store_true", help="End when the process that started this ends.")

    def handle(self, **options: Any) -> None:
        if options.pop("with_parent"):
            threading.Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
        super().handle(**options)


def _end_with(parent: int) -> None:
    """Asks this process to end, twice: at the second time it leaves what it does, and that is as if never begun."""
    while os.getppid() == parent:
        time.sleep(PATIENCE)
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
