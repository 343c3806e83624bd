"""Starting, sharing and stopping the server: who holds which lock when.

Every process that uses the server shares its users lock as long as it lives. One that leaves tries to have the lock
alone, and stops the server if it can: it was the last. Process ids are never counted; the kernel drops the lock of a
process that is killed. All of it happens under the start lock, so that joining, starting and stopping never interleave.
"""

import atexit
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from apps.embedded import binaries, locks
from apps.embedded.cluster import Cluster
from apps.embedded.errors import EmbeddedPostgresError
from apps.embedded.places import choose_data_root


@dataclass(frozen=True)
class _Lease:
    """One process's use of a server."""

    cluster: Cluster
    handle: int
    pid: int


_leases: dict[Path, _Lease] = {}
_one_at_a_time = threading.Lock()


def start(data_root: Path | None) -> str:
    """See apps.embedded.start."""
    with _one_at_a_time:
        cluster = _find_cluster(data_root)
        with locks.held_exclusively(cluster.start_lock, cluster.account):
            lease = _join(cluster)
            try:
                cluster.ensure_running()
                cluster.ensure_database()
            except BaseException:
                _leave(lease)
                raise
            return cluster.url()


def _find_cluster(data_root: Path | None) -> Cluster:
    found = binaries.locate()
    major = found.major()
    root, account = choose_data_root(data_root, str(major))
    return Cluster(root=root, major=major, binaries=found, account=account)


def _join(cluster: Cluster) -> _Lease:
    known = _leases.get(cluster.data)
    if known and known.pid == os.getpid():
        return known
    if known:
        # We are a fork that wants the server for itself. The parent keeps its lock: this closes our copy only.
        os.close(known.handle)
    handle = locks.open_lock(cluster.users_lock, cluster.account)
    locks.join(handle)
    lease = _Lease(cluster=cluster, handle=handle, pid=os.getpid())
    _leases[cluster.data] = lease
    atexit.register(_leave_at_exit, lease)
    return lease


def _leave_at_exit(lease: _Lease) -> None:
    # A forked process runs its parent's exit functions too, and must not stop its parent's server.
    if lease.pid != os.getpid() or _leases.get(lease.cluster.data) != lease:
        return
    if not lease.cluster.root.exists():  # removed while it ran; the server notices by itself and stops
        return
    try:
        with locks.held_exclusively(lease.cluster.start_lock, lease.cluster.account):
            _leave(lease)
    except EmbeddedPostgresError as error:
        print(error, file=sys.stderr)


def _leave(lease: _Lease) -> None:
    """Give up a lease under the start lock, and stop the server if nobody else uses it."""
    del _leases[lease.cluster.data]
    try:
        if locks.is_last(lease.handle):
            lease.cluster.stop()
    finally:
        os.close(lease.handle)
