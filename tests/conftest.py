"""What holds for all tests."""

import os

from hypothesis import settings

# Playwright keeps an event loop in its process for the rest of the session, and Django then refuses every query of the
# tests that follow there. Nothing here is asynchronous, so the guard guards nothing.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# How long one example takes is a matter of the machine; tests of time compare two runs.
settings.register_profile("parallax", deadline=None)
settings.load_profile("parallax")
