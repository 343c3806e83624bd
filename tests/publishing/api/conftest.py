"""The demo, and a program with a token."""

import pytest

from tests.comparisons.conftest import demo, demo_rows
from tests.publishing.api.tokens import Program, make_editor, make_token

__all__ = ["demo", "demo_rows"]


@pytest.fixture
def program(db: None) -> Program:
    """One that may read and write drafts."""
    return Program(make_token(make_editor())[1])
