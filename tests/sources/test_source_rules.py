"""What a source must satisfy; two addresses of one document are one."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.sources.addresses import check_address, url_key
from apps.sources.models import Source
from tests.factories import make_actor, make_source


@pytest.mark.parametrize(
    "same",
    [
        "HTTPS://Example.ORG/News",
        "https://example.org/News/",
        "https://example.org:443/News#top",
        "https://example.org./News",
    ],
)
def test_addresses_of_one_document_have_one_key(same: str) -> None:
    assert url_key(same) == url_key("https://example.org/News")


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/News",
        "https://example.org/news",
        "https://example.org/News?id=2",
        "https://example.org:8443/News",
        "https://www.example.org/News",
    ],
)
def test_addresses_of_other_documents_have_other_keys(other: str) -> None:
    assert url_key(other) != url_key("https://example.org/News")


def test_no_address_has_no_key() -> None:
    assert url_key("") is None


@pytest.mark.parametrize(
    "bad",
    [
        "example.org/news",
        "javascript:alert(1)",
        "ftp://example.org/",
        "https://",
        "https://[bad",
        "https://example.org:port/",
        "https://example.org/a b",
        "https://example.org/\0",
        "https://example.org/" + "a" * 2000,
        "https://example.org/" + "ä" * 1000,
    ],
)
def test_what_is_no_address_is_refused(bad: str) -> None:
    with pytest.raises(ValidationError):
        check_address(bad)


@pytest.mark.django_db
def test_the_address_is_kept_as_given_and_its_key_is_unique() -> None:
    source = make_source("first", url="https://Example.org/a/?x=1#top")
    source.refresh_from_db()
    assert (source.url, source.url_key) == ("https://Example.org/a/?x=1#top", "https://example.org/a?x=1")
    again = Source(slug="second", title="b", publisher=make_actor(), url="https://example.org/a?x=1")
    with pytest.raises(ValidationError) as refused:
        again.full_clean()
    assert refused.value.message_dict == {"url": ["This address is already recorded as “first”: use that source."]}
    with pytest.raises(IntegrityError, match="url_key"):
        Source.objects.bulk_create([again])


@pytest.mark.django_db
def test_sources_without_address_do_not_collide() -> None:
    make_source(), make_source()
    assert Source.objects.filter(url_key=None).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("source_kind_known", {"kind": "rumour"}),
        ("source_language_shape", {"language": "English"}),
        ("source_archive_sha256_shape", {"archive_sha256": "ABC"}),
        ("source_published_on_is_date", {"published_on": "2024-02-30"}),
    ],
)
def test_a_bad_source_is_refused_by_the_database_and_in_words(name: str, columns: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        Source(slug="a", title="a", publisher=make_actor(), **columns).full_clean()
    assert list(refused.value.message_dict) == list(columns)
    with pytest.raises(IntegrityError, match=f'"{name}"'):
        make_source(**columns)
