"""What holds for all tests."""

from hypothesis import settings

# How long one example takes is a matter of the machine; tests of time compare two runs.
settings.register_profile("parallax", deadline=None)
settings.load_profile("parallax")
