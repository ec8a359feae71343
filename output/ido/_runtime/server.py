"""A base URL, and what requests below it need of it."""

from __future__ import annotations

import httpx2


class Server:
    """Where calls go.

    Attributes:
        url: what paths are appended to.
        host: the value of the header `Host`.
        origin: scheme, host and port, to compare.

    Raises:
        ValueError: the text is no URL.
    """

    __slots__ = ("host", "origin", "url")

    def __init__(self, url: str) -> None:
        parsed = parse(url)
        self.url = url.rstrip("/")
        self.host = parsed.netloc
        self.origin = parsed.origin

    def at(self, target: str) -> httpx2.URL:
        """The URL of a path with its query, both percent-encoded. One that does not
        begin with a slash gets it: it would be read as a part of the host.

        Raises:
            ValueError: it is longer than the HTTP library allows, 65,536 characters.
        """
        return parse(f"{self.url}{'' if target[:1] == '/' else '/'}{target}")

    def beyond(self, link: bytes) -> httpx2.URL:
        """The URL of a path with its query on the same server, wherever the base lies.

        Raises:
            ValueError: the same.
        """
        return parse(str(parse(self.url).copy_with(raw_path=link)))


def parse(text: str) -> httpx2.URL:
    """The text as a URL of the HTTP library.

    Raises:
        ValueError: it is none; the message does not quote it.
    """
    try:
        return httpx2.URL(text)
    except httpx2.InvalidURL as error:
        reason = str(error).partition(":")[0].rstrip(".")
    raise ValueError(f"the base URL and the arguments make no usable URL: {reason}")
