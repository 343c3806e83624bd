"""People and their tokens."""

from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from apps.publishing.api.tokens import hash_of, new_secret
from apps.publishing.api_tokens import ApiToken

#: Stands for the token of a program that may do everything a token may.
NAME = "reader of briefings"


def make_editor(username: str = "ada", **given: Any) -> Any:
    given = {"first_name": "Ada", "last_name": "Byron"} | given
    return get_user_model().objects.create_superuser(username, **given)


def make_token(made_by: Any, name: str = NAME, **given: Any) -> tuple[ApiToken, str]:
    """A token with both scopes, and what a program shows."""
    secret = new_secret()
    columns = {"name": name, "may_read_drafts": True, "may_write_drafts": True, **given}
    return ApiToken.objects.create(sha256=hash_of(secret), made_by=made_by, **columns), secret


class Program:
    """A client that shows a token."""

    def __init__(self, secret: str) -> None:
        self.client, self.secret = Client(), secret

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """`body` is sent as JSON; headers with `_` for `-`."""
        named = {"Authorization": f"Bearer {self.secret}"} | {k.replace("_", "-"): v for k, v in headers.items()}
        given: dict[str, Any] = {} if body is None else {"data": body, "content_type": "application/json"}
        return getattr(self.client, method)(f"/api/v1{address}", headers=named, **given)
