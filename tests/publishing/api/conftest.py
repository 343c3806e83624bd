"""The demo, and whoever asks the API."""

from tests.comparisons.conftest import demo, demo_rows

__all__ = ["demo", "demo_rows"]
