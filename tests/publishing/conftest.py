"""The demo bundle, loaded once for each file of tests that asks for it."""

from tests.comparisons.conftest import demo, demo_rows

__all__ = ["demo", "demo_rows"]
