"""How another site shows a card of ours: the frame that it copies, and the sizes of it."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.html import format_html

#: px of a card as it is designed; it gets higher where its host lets our script say so.
WIDTH, HEIGHT = 600, 360


@dataclass(frozen=True, slots=True)
class Embeddable:
    """A page that has a card: its own address with the query, and what the frame is called.

    `host` is the site's address, `path` begins with a slash.
    """

    host: str
    path: str
    title: str

    @property
    def card(self) -> str:
        """The address of the card."""
        return f"{self.host}/embed{self.path}"

    @property
    def discovery(self) -> str:
        """Where programs ask for the frame (oEmbed)."""
        return f"{self.host}/oembed?url={quote(self.host + self.path, safe='')}"

    def frame(self, width: int = WIDTH, height: int = HEIGHT) -> str:
        """The frame as HTML. It runs what a card needs to say its height, and nothing of its host's."""
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%" '
            'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" data-parallax></iframe>',
            self.card,
            self.title,
            width,
            height,
        )

    @property
    def snippet(self) -> str:
        """What somebody pastes into a page: the frame, and the script that makes it as high as its card."""
        script = format_html('<script src="{}/static/js/embed-host.js" async></script>', self.host)
        return f"{self.frame()}\n{script}"
