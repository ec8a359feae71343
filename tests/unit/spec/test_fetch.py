"""Documents come from the network within bounds, over HTTPS or from this machine, and pages lead to them."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.spec.download import DownloadFailed, Limits, Session
from ionapi_codegen.spec.fetch import FetchedDocument, fetch

DOCUMENT = b'{"openapi": "3.1.0"}'
SEVERAL = (
    b'<script>SwaggerUIBundle({urls: [{url: "/a.json", name: "A"}, {url: "/b.json", name: "B b"}]})</script>'
)


class Site:
    """A web server: what it answers by path, and the headers of the requests it got."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.requests: list[dict[str, str]] = []
        self.never_ending: set[str] = set()
        self.ended = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.requests.append({name.lower(): value for name, value in self.headers.items()})
                status, headers, content = site.answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
                if self.path in site.never_ending:
                    self.wfile.flush()
                    site.ended.wait(10)

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def serve(self, path: str, content: bytes, media_type: str = "application/json", **headers: str) -> None:
        shown = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (200, {"Content-Type": media_type, **shown}, content)

    def redirect(self, path: str, target: str) -> None:
        self.answers[path] = (302, {"Location": target}, b"")


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, args=(0.01,))
    thread.start()
    yield site
    site.ended.set()
    site.server.shutdown()
    thread.join()
    site.server.server_close()


def refusal(url: str, limits: Limits | None = None) -> tuple[str, str]:
    """The code and the message with which a URL is refused."""
    diagnostics = Diagnostics()
    with pytest.raises(Stopped):
        fetch(url, diagnostics, limits=limits or Limits())
    (found,) = diagnostics.sorted()
    return found.code, found.message


def test_a_document(site: Site) -> None:
    """Content as it came, with the server's tag and a name for a file."""
    site.serve("/v1/My%20API.json", DOCUMENT, ETag='"7"')
    expected = FetchedDocument(f"{site.url}/v1/My%20API.json", "My-API.json", DOCUMENT, '"7"')
    assert expected == fetch(f"{site.url}/v1/My%20API.json", Diagnostics())


@pytest.mark.parametrize(
    ("path", "media_type", "name"),
    [
        ("/openapi", "application/json", "openapi.json"),
        ("/openapi", "application/yaml", "openapi.yaml"),
        ("/", "application/json", "127.0.0.1.json"),
        ("/%2e%2e%2fevil", "application/json", "evil.json"),
    ],
)
def test_file_names(site: Site, path: str, media_type: str, name: str) -> None:
    """A name is made of the path's last part, with a suffix, and never leads out of a folder."""
    site.serve(path, DOCUMENT, media_type)
    assert name == fetch(site.url + path, Diagnostics()).name


def test_redirects_are_followed(site: Site) -> None:
    """The document's URL is the one that gave it."""
    site.redirect("/old", "/new.json")
    site.serve("/new.json", DOCUMENT)
    assert f"{site.url}/new.json" == fetch(f"{site.url}/old", Diagnostics()).url


def test_redirects_end(site: Site) -> None:
    """A circle of redirects is an error after a few of them."""
    site.redirect("/a", "/a")
    code, message = refusal(f"{site.url}/a")
    assert ("fetch-failed", f"{site.url}/a redirects more than 5 times") == (code, message)


@pytest.mark.parametrize(
    "target", ["http://example.com/", "file:///etc/passwd", "https://me:secret@example.com/"]
)
def test_redirects_lead_nowhere_unsafe(site: Site, target: str) -> None:
    """Neither to plain HTTP elsewhere, nor to files, nor with a password; and none is repeated."""
    site.redirect("/a", target)
    code, message = refusal(f"{site.url}/a")
    assert code in ("fetch-insecure-url", "fetch-bad-url", "fetch-password-in-url")
    assert "secret" not in message


def test_what_began_on_the_network_stays_there(site: Site) -> None:
    """A server elsewhere cannot make the generator read from a server of this machine."""
    session = Session("https://api.example/", Limits(), {})
    with pytest.raises(DownloadFailed) as caught:
        session.get(f"{site.url}/x", 1)
    assert "fetch-insecure-url" == caught.value.code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://api.example/x", "fetch-insecure-url"),
        ("https://me:secret@api.example/x", "fetch-password-in-url"),
        ("ftp://api.example/x", "fetch-bad-url"),
        ("file:///etc/passwd", "fetch-bad-url"),
        ("https://[::1/x", "fetch-bad-url"),
        ("https://api.example:port/", "fetch-bad-url"),
    ],
)
def test_refused_urls(url: str, code: str) -> None:
    """What is not HTTPS, or holds a password, is refused before anything is sent."""
    found, message = refusal(url)
    assert code == found
    assert "secret" not in message


def test_bounds(site: Site) -> None:
    """Answers have a largest size, also once inflated."""
    site.serve("/big", b"x" * 1000)
    site.serve("/bomb", gzip.compress(b"x" * 100_000), Content_Encoding="gzip")
    assert "fetch-too-large" == refusal(f"{site.url}/big", Limits(size=999))[0]
    assert "fetch-too-large" == refusal(f"{site.url}/bomb", Limits(size=50_000))[0]


def test_compressed(site: Site) -> None:
    """A server that compresses without being asked is understood."""
    site.serve("/a.json", gzip.compress(DOCUMENT), Content_Encoding="gzip")
    assert DOCUMENT == fetch(f"{site.url}/a.json", Diagnostics()).content


def test_answers_that_break_off(site: Site) -> None:
    """Half a document is no document."""
    site.serve("/half", b"x", Content_Length="100")
    assert ("fetch-failed", f"{site.url}/half cannot be fetched: the answer broke off") == refusal(
        f"{site.url}/half"
    )


def test_time_is_bounded(site: Site) -> None:
    """A server that never ends its answer is given up in the time set."""
    site.serve("/slow", b"x", Content_Length="100")
    site.never_ending.add("/slow")
    begin = time.monotonic()
    expected = ("fetch-failed", f"{site.url}/slow cannot be fetched: it takes too long")
    assert expected == refusal(f"{site.url}/slow", Limits(seconds=0.2))
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(
    ("status", "words"), [(404, "answers 404 Not Found"), (401, "answers 401 Unauthorized")]
)
def test_refusals_of_the_server(site: Site, status: int, words: str) -> None:
    """The server's status is told; the query of a URL, which may hold a key, is not."""
    site.answers["/x?key=secret"] = (status, {}, b"")
    assert ("fetch-refused", f"{site.url}/x {words}") == refusal(f"{site.url}/x?key=secret")


def test_nobody_listens() -> None:
    """No server: one sentence."""
    code, message = refusal("http://127.0.0.1:1/x")
    assert ("fetch-failed", "http://127.0.0.1:1/x cannot be fetched: connection refused") == (code, message)


def test_headers_go_to_their_origin_only(site: Site) -> None:
    """A key for one server is not sent to the one it redirects to."""
    site.redirect("/a", site.url.replace("127.0.0.1", "localhost") + "/b")
    site.serve("/b", DOCUMENT)
    fetch(f"{site.url}/a", Diagnostics(), headers={"X-Key": "secret"})
    assert ["secret", None] == [request.get("x-key") for request in site.requests]


def test_a_page_leads_to_its_document(site: Site) -> None:
    """Swagger UI: page, script, configuration, document."""
    site.serve("/docs/", b'<!doctype html><script src="swagger-initializer.js"></script>', "text/html")
    site.serve("/docs/swagger-initializer.js", b'SwaggerUIBundle({configUrl: "/config"})', "text/javascript")
    site.serve("/config", b'{"urls": [{"url": "/a.json", "name": "A"}]}')
    site.serve("/a.json", DOCUMENT)
    assert (f"{site.url}/a.json", DOCUMENT) == (
        (found := fetch(f"{site.url}/docs/", Diagnostics())).url,
        found.content,
    )


def test_a_page_with_several_documents_asks(site: Site) -> None:
    """Without a choice the names are listed; with one behind `#` that document comes."""
    site.serve("/docs", SEVERAL, "text/html")
    site.serve("/b.json", DOCUMENT)
    code, message = refusal(f"{site.url}/docs")
    assert ("fetch-several-documents", f"the page {site.url}/docs shows 2 documents: A, B b") == (
        code,
        message,
    )
    assert f"{site.url}/b.json" == fetch(f"{site.url}/docs#b%20b", Diagnostics()).url


def test_a_page_may_hold_its_document(site: Site) -> None:
    """A document written into the page needs no further request."""
    site.serve("/docs", b'<script>var x = {"swaggerDoc": {"openapi": "3.1.0"}}</script>', "text/html")
    assert DOCUMENT == fetch(f"{site.url}/docs", Diagnostics()).content


def test_other_pages(site: Site) -> None:
    """A page that shows no document, such as a login, says so; also where a document was expected."""
    site.serve("/login", b"<html><form></form></html>", "text/html")
    site.serve("/docs", b'<redoc spec-url="/login"></redoc>', "text/html")
    assert "fetch-page" == refusal(f"{site.url}/login")[0]
    assert "fetch-page" == refusal(f"{site.url}/docs")[0]
