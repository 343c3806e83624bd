"""Addresses of documents: which are accepted, and when two are the same."""

from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError

#: Bytes; a unique index cannot hold much longer entries.
MAX_BYTES = 2000
_PORTS = {"http": 80, "https": 443}


def check_address(url: str) -> None:
    """ValidationError unless `url` is the address of a document on the web."""
    try:
        parts = urlsplit(url)
        is_good = parts.scheme.lower() in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good or any(character.isspace() or not character.isprintable() for character in url):
        raise ValidationError("Give a web address like https://www.example.org/news/1.", code="address")
    if len(url.encode()) > MAX_BYTES:
        raise ValidationError(f"Give an address of at most {MAX_BYTES} bytes.", code="address_length")


def url_key(url: str) -> str | None:
    """What two addresses of one document have in common; None for no address.

    Scheme and host in lower case, no default port, no fragment, no trailing slash. The query string counts:
    on many sites it names the document.
    """
    if not url:
        return None
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    port = "" if parts.port in (None, _PORTS.get(scheme)) else f":{parts.port}"
    user = parts.netloc.rpartition("@")[0]
    netloc = f"{user}@{host}{port}" if user else f"{host}{port}"
    return urlunsplit((scheme, netloc, parts.path.rstrip("/"), parts.query, ""))
