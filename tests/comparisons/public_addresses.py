"""One address of the demo for every named route that readers may ask, so that no new route escapes a rule for all."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apps.comparisons.revalidation import NOT_PUBLIC
from tests.publishing import frozen_example

#: What the parameter of a route may be in the demo and the rows beside it, by the word before it.
EXAMPLES = {
    "questions": "troops-present",
    "topics": "dprk-troops-russia",
    "claims": "c064",
    "actors": "ua-president",
    "places": "kursk-oblast",
    "sources": "aj-20241105",
    "corrections": "k001",
    "frozen": frozen_example.ID,
    "sitemaps": "claims",
}
#: What a route asks for besides.
ASKED = {"oembed": "?url=http%3A%2F%2Ftestserver%2Fclaims%2Fc064%2F"}


def public_addresses() -> dict[str, str]:
    """Route name → address, of those with an example."""
    return {name: address for name, route in routes().items() if (address := _address(name, route))}


def routes() -> dict[str, str]:
    """Route name → route of everything that is not for editors and machines alone."""
    return dict(_routes(get_resolver().url_patterns, ""))


def _routes(patterns: list[URLPattern | URLResolver], before: str, within: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if f"/{route}".startswith(NOT_PUBLIC):
            continue
        if isinstance(pattern, URLResolver):
            inside = f"{within}{pattern.namespace}:" if pattern.namespace else within
            yield from _routes(pattern.url_patterns, route, inside)
        else:
            yield f"{within}{pattern.name}" if pattern.name else f"“{route}”, which has no name", route


def _address(name: str, route: str) -> str | None:
    words = route.split("/")
    arguments = [EXAMPLES.get(words[place - 1]) for place, word in enumerate(words) if "<" in word]
    return None if None in arguments else reverse(name, args=arguments) + ASKED.get(name, "")
