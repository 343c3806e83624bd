"""What is made for who asks for the head of an answer only."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, StreamingHttpResponse
from django.test import RequestFactory

from apps.web.middleware import HeadMiddleware


@pytest.mark.parametrize(("method", "made"), [("GET", ["first", "second"]), ("HEAD", [])])
def test_rows_are_made_for_who_reads_them_only(method: str, made: list[str]) -> None:
    """Not by the test client, which throws the content away itself."""
    done: list[str] = []

    def rows() -> Iterator[str]:
        for row in ("first", "second"):
            done.append(row)
            yield row

    def view(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(rows(), headers={"X-Rows": "2"})

    response = HeadMiddleware(view)(RequestFactory().generic(method, "/questions.csv"))
    assert isinstance(response, StreamingHttpResponse)
    list(response)
    assert done == made
    assert response["X-Rows"] == "2"
