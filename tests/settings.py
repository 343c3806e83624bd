"""The project's settings, with a PostgreSQL of its own for each worker of pytest-xdist.

Workers that share one see each other's open transactions, and some rules are about there being none (decision 8).
Programs that a test starts find the same server by the environment, and change it no more.
"""

import os
import sys

from apps import embedded

#: Whether the server is the worker's alone and holds nothing but its tests.
OWN_SERVER = False
worker = os.environ.get("PYTEST_XDIST_WORKER")
if worker and "pytest" in sys.modules and "DATABASE_URL" not in os.environ:
    os.environ["PARALLAX_PGDATA"] = str(embedded.data_root() / worker)
    OWN_SERVER = True

from apps.config.settings import *  # noqa: E402, F403

# Many tests ask as one address within a minute; those of the limits set their own.
PARALLAX_API_READS_PER_MINUTE = PARALLAX_API_WRITES_PER_MINUTE = 0
