"""A process that uses the embedded PostgreSQL: prints the URL, obeys lines, ends with its input.

Lines: ``again`` starts once more and prints the URL; ``fork`` waits until a forked child has run its exit functions;
``fork and start`` forks a child that starts for itself, prints the URL and outlives its parent by a moment.
"""

import os
import sys
import time
from pathlib import Path

from apps.embedded import EmbeddedPostgresError, start


def main(data_root: str | None) -> None:
    root = Path(data_root) if data_root else None
    try:
        print(start(data_root=root), flush=True)
    except EmbeddedPostgresError as error:
        sys.exit(str(error))
    for line in sys.stdin:
        match line.strip():
            case "again":
                print(start(data_root=root), flush=True)
            case "fork":
                child = os.fork()
                if child == 0:
                    sys.exit()
                os.waitpid(child, 0)
                print("forked", flush=True)
            case "fork and start":
                if os.fork() == 0:
                    print("child", start(data_root=root), flush=True)
                    time.sleep(1)
                    sys.exit()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
