"""One download after another over HTTPS, kept within bounds of size, time and redirects.

By the standard library alone: a generator that fetches a file or two needs no HTTP library, and the proxy
variables and the trust store of the system are honoured as everywhere. `file:` and `ftp:`, which the library
would follow, have no handler here.
"""

from __future__ import annotations

import hashlib
import http.client
import ssl
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from ionapi_codegen import __version__
from ionapi_codegen.addresses import is_loopback, is_safe, parts

NETWORK = "check the address and the network; HTTPS_PROXY names a proxy"
LOGIN = "give the URL of the document itself; what asks for a login must be saved with the browser"
"""What to do about a URL behind which there is no document for everybody."""

_AGENT = f"ionapi-codegen/{__version__}"
_ACCEPT = (
    "application/vnd.oai.openapi+json, application/json, application/yaml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_CHUNK = 1 << 16
_URL_CHARACTERS = "%/:=&?~+!$,;'@()*[]"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be taken: bytes of one answer, seconds and redirects of all requests together."""

    size: int = 64 << 20
    seconds: float = 60.0
    redirects: int = 5


class DownloadFailed(Exception):
    """Nothing usable came. `message` is one printable sentence without passwords and queries, `advice` what
    to do."""

    def __init__(self, code: str, message: str, advice: str | None = None) -> None:
        super().__init__(code, message, advice)
        self.code = code
        self.message = message
        self.advice = advice


class NotModified(Exception):
    """The server says that what is known of a URL is still what lies there."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was fetched before: the SHA-256 of its URL, which may hold a key, and what its server called that
    state (RFC 9110 section 8.8)."""

    url_sha256: str
    etag: str | None
    last_modified: str | None

    def conditions(self) -> dict[str, str]:
        """The headers of a request that is to be answered only if something has changed."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in found.items() if value and value.isprintable()}

    def is_of(self, url: str) -> bool:
        return self.url_sha256 == hashlib.sha256(url.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """A 200, with the URL that gave it after redirects."""

    url: str
    media_type: str
    charset: str
    etag: str | None
    last_modified: str | None
    content: bytes

    @property
    def text(self) -> str:
        try:
            return self.content.decode(self.charset, "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")


class Session:
    """Requests that share bounds of time and redirects. `headers` go to the origin of `url` only. Of what is
    `known` the server is asked whether it has changed."""

    def __init__(
        self, url: str, limits: Limits, headers: Mapping[str, str], known: Known | None = None
    ) -> None:
        _check(url)
        self._origin = _origin(url)
        self._limits = limits
        self._headers = headers
        self._known = known
        self._deadline = time.monotonic() + limits.seconds
        self._redirects = 0

    def get(self, url: str, size: int) -> Answer:
        """The answer to a GET, at most `size` bytes, redirects followed. Every URL on the way is checked;
        what began on the network never leads to a server of this machine. Raises NotModified."""
        while True:
            self._check(url)
            reason = target = ""
            try:
                with self._open(url) as response:
                    if response.status not in _REDIRECTS:
                        return self._answer(url, response, size)
                    target = response.headers.get("Location", "")
            except (OSError, http.client.HTTPException, ValueError) as error:
                reason = _reason(error)
            if reason:
                raise DownloadFailed("fetch-failed", f"{shown(url)} cannot be fetched: {reason}", NETWORK)
            url = self._redirected(url, target)

    def _check(self, url: str) -> None:
        _check(url, https_only=self._origin[0] == "https")

    def _open(self, url: str) -> http.client.HTTPResponse:
        opener = urllib.request.OpenerDirector()
        if not is_loopback(urlsplit(url).hostname or ""):
            opener.add_handler(urllib.request.ProxyHandler())
        opener.add_handler(urllib.request.HTTPHandler())
        opener.add_handler(urllib.request.HTTPSHandler())
        own = dict(self._headers) if _origin(url) == self._origin else {}
        if self._known is not None and self._known.is_of(url):
            own |= self._known.conditions()
        request = urllib.request.Request(
            quote(url, safe=_URL_CHARACTERS), headers={"User-Agent": _AGENT, "Accept": _ACCEPT, **own}
        )
        response: http.client.HTTPResponse = opener.open(request, timeout=self._remaining())
        return response

    def _remaining(self) -> float:
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def _redirected(self, url: str, target: str) -> str:
        self._redirects += 1
        if not target:
            raise DownloadFailed("fetch-failed", f"{shown(url)} redirects to nowhere")
        if self._redirects > self._limits.redirects:
            raise DownloadFailed(
                "fetch-failed", f"{shown(url)} redirects more than {self._limits.redirects} times"
            )
        return urljoin(url, target).partition("#")[0]

    def _answer(self, url: str, response: http.client.HTTPResponse, size: int) -> Answer:
        if response.status == 304 and self._known is not None and self._known.is_of(url):
            raise NotModified
        if response.status != 200:
            advice = LOGIN if response.status in (401, 403) else None
            message = f"{shown(url)} answers {response.status} {printable(response.reason)}".rstrip()
            raise DownloadFailed("fetch-refused", message, advice)
        content = self._content(url, response, size)
        if response.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip", "deflate"):
            content = _inflated(url, content, size)
        return Answer(
            url=url,
            media_type=response.headers.get_content_type(),
            charset=response.headers.get_content_charset("utf-8"),
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
            content=content,
        )

    def _content(self, url: str, response: http.client.HTTPResponse, size: int) -> bytes:
        content = bytearray()
        while chunk := response.read1(_CHUNK):
            content += chunk
            if len(content) > size:
                raise _too_large(url, size)
            self._remaining()
        if response.length:
            raise http.client.IncompleteRead(b"")
        return bytes(content)


def _inflated(url: str, content: bytes, size: int) -> bytes:
    """The content of an answer that came compressed although nobody asked for it."""
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        plain = inflater.decompress(content, size)
    except zlib.error:
        raise ValueError("its compressed content is broken") from None
    if inflater.unconsumed_tail:
        raise _too_large(url, size)
    return plain


def _too_large(url: str, size: int) -> DownloadFailed:
    return DownloadFailed("fetch-too-large", f"{shown(url)} is larger than {size:,} bytes")


def _reason(error: BaseException) -> str:
    """Why a request failed, without the words of libraries that would repeat its URL."""
    cause: object = error.reason if isinstance(error, urllib.error.URLError) else error
    match cause:
        case TimeoutError():
            return "it takes too long"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not trusted ({cause.verify_message})"
        case http.client.IncompleteRead():
            return "the answer broke off"
        case OSError() if cause.strerror:
            return printable(cause.strerror.lower())
        case _:
            return f"the answer is no proper HTTP ({type(cause).__name__})"


def _check(url: str, *, https_only: bool = False) -> None:
    """Refuses URLs that are never fetched. No message repeats a URL before it is known to hold no
    password."""
    split = parts(url)
    if split is None or split.scheme not in ("http", "https"):
        message = "the URL cannot be read"
        raise DownloadFailed("fetch-bad-url", message, "it should look like https://host/path")
    if split.username is not None or split.password is not None:
        message = "the URL holds a user name or password, which would end in logs and files"
        raise DownloadFailed("fetch-password-in-url", message, "leave out what stands before the @")
    if not is_safe(split) or (https_only and split.scheme != "https"):
        message = f"{shown(url)} is not fetched: http:// can be read and changed on its way"
        raise DownloadFailed(
            "fetch-insecure-url", message, "use https://, or save the document and give its file"
        )


def _origin(url: str) -> tuple[str, str]:
    split = urlsplit(url)
    return split.scheme, split.netloc.lower()


def shown(url: str) -> str:
    """A URL for a message: without its query, which may hold a key."""
    split = urlsplit(url)
    return printable(urlunsplit((split.scheme, split.netloc, split.path, "", "")))


def printable(text: str) -> str:
    """At most 200 characters of foreign text; what a terminal would obey is replaced."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in text)
    return clean if len(clean) <= 200 else clean[:199] + "…"
