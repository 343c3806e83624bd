"""Who edits."""

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ed", password=None, first_name="Mary", last_name="Okafor"))
    return client
