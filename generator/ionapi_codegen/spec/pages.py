"""Which documents a page about an API shows: Swagger UI, Redoc, Scalar, RapiDoc and their like.

People paste the URL of the page they read, not of the document behind it. The page names that document in an
attribute, in a call of its viewer, in a script or a configuration beside it, or holds it inside. Nothing here
runs a script, and no pattern needs more than linear time.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_STRING = r"""("[^"\\\n]{0,2000}(?:\\.[^"\\\n]{0,2000}){0,200}"|'[^'\\\n]{0,2000}'|`[^`$\\]{0,2000}`)"""
_COMMENT = re.compile(
    r"""("(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?)|//[^\n]*|/\*.*?(?:\*/|\Z)""", re.DOTALL
)
_MEMBER = re.compile(rf"""(?<![\w$.])["']?(url|spec-url|specUrl|configUrl|name|title)["']?\s*:\s*{_STRING}""")
_INNERMOST_OBJECT = re.compile(r"\{[^{}]*\}")
_REDOC_CALL = re.compile(rf"\bRedoc\.init\s*\(\s*{_STRING}")
_ASSIGNED = re.compile(rf"\b(?:url|specUrl|definitionURL)\s*=\s*{_STRING}")
_VIEWER = re.compile(r"\b(?:SwaggerUIBundle|SwaggerUi|StandaloneLayout|createApiReference)\b")
_EMBEDDED = re.compile(r"""\b(?:swaggerDoc|spec|content|__redoc_state)["']?\s*[:=]\s*(?=\{)""")
_MOST_ATTEMPTS = 50
_SETTINGS_SCRIPT = re.compile(r"/swagger-(?:initializer|config|ui-init)[\w.-]*\.js$")
_DOCUMENT_TYPE = re.compile(r"openapi|swagger|^application/(?:json|yaml|x-yaml)$")
_LINK_RELATIONS = frozenset({"service-desc", "alternate", "describedby"})
_VIEWER_ATTRIBUTES = {
    "redoc": "spec-url",
    "rapi-doc": "spec-url",
    "rapi-doc-mini": "spec-url",
    "openapi-explorer": "spec-url",
    "elements-api": "apidescriptionurl",
    "script": "data-url",  # Scalar
}
"""Elements of the viewers, and the attribute in which each names its document."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A document that a page shows: its absolute URL, and the name that the page gives it, if any."""

    url: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a page, or a script or configuration beside one, leads to; each thing once, in the order of the
    text.

    `settings` are URLs of scripts and configurations that may name further documents; `embedded` is the JSON
    text of documents that stand in the page itself.
    """

    documents: tuple[Choice, ...] = ()
    settings: tuple[str, ...] = ()
    embedded: tuple[str, ...] = ()

    def __add__(self, other: Page) -> Page:
        documents = {choice.url: choice for choice in (*other.documents, *self.documents)}
        order = dict.fromkeys(choice.url for choice in (*self.documents, *other.documents))
        return Page(
            tuple(documents[url] for url in order),
            tuple(dict.fromkeys(self.settings + other.settings)),
            tuple(dict.fromkeys(self.embedded + other.embedded)),
        )


def is_page(content: bytes, media_type: str) -> bool:
    """Whether this is HTML, whatever the server calls it."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return media_type in ("text/html", "application/xhtml+xml") or start.startswith(
        (b"<!doctype html", b"<html")
    )


def of_html(text: str, base: str) -> Page:
    """What an HTML page at the URL `base` shows; relative URLs are joined with it, or with its `<base
    href>`."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    base = urljoin(base, reader.base or "")
    scripts = [source for source in reader.scripts if _SETTINGS_SCRIPT.search(urljoin(base, source))]
    page = _page(reader.documents, scripts, base)
    for script in reader.inline:
        page += of_script(script, base)
    return page


def of_script(text: str, base: str) -> Page:
    """What a script sets a viewer up with: `url`, `urls`, `configUrl`, or a whole document.

    `base` is the URL of the page, for viewers resolve relative URLs against it, wherever the script lies.
    """
    text = _COMMENT.sub(lambda match: match[1] or " ", text)
    embedded = tuple(_embedded(text))
    if embedded:
        return Page(embedded=embedded)
    documents = [Choice(_unquoted(match[1])) for match in _REDOC_CALL.finditer(text)]
    settings: list[str] = []
    if _VIEWER.search(text):
        for part in (*_INNERMOST_OBJECT.findall(text), _INNERMOST_OBJECT.sub(" ", text)):
            members = {match[1]: _unquoted(match[2]) for match in _MEMBER.finditer(part)}
            documents += _choices(members)
            settings += [members["configUrl"]] if "configUrl" in members else []
        if not documents and not settings:
            documents += [Choice(_unquoted(match[1])) for match in _ASSIGNED.finditer(text)]
    return _page(documents, settings, base)


def of_configuration(text: str, base: str) -> Page:
    """What a viewer's JSON configuration (`swagger-config`) names: `url`, or `urls` with their names."""
    try:
        configuration: object = json.loads(text)
    except (ValueError, RecursionError):
        return Page()
    if not isinstance(configuration, dict):
        return Page()
    several = configuration.get("urls")
    entries = several if isinstance(several, list) else [configuration]
    documents = [choice for entry in entries if isinstance(entry, dict) for choice in _choices(entry)]
    return _page(documents, [], base)


def _choices(members: Mapping[str, object]) -> Iterator[Choice]:
    name = members.get("name") or members.get("title")
    for key in ("url", "spec-url", "specUrl"):
        url = members.get(key)
        if isinstance(url, str):
            yield Choice(url, name if isinstance(name, str) else None)


def _embedded(text: str) -> Iterator[str]:
    """Documents written out in a script: swagger-ui-express's `swaggerDoc`, Redoc's bundled page, Scalar's
    `content`."""
    decoder = json.JSONDecoder()
    end = 0
    for match in itertools.islice(_EMBEDDED.finditer(text), _MOST_ATTEMPTS):
        if match.start() < end:
            continue
        try:
            value, end = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue
        match value:
            case {"openapi": str()} | {"swagger": str()}:
                yield json.dumps(value)
            case {"spec": {"data": {"openapi": str()} | {"swagger": str()} as document}}:
                yield json.dumps(document)
            case _:
                pass


def _page(documents: list[Choice], settings: list[str], base: str) -> Page:
    absolute = [
        Choice(urljoin(base, choice.url.strip()), choice.name) for choice in documents if choice.url.strip()
    ]
    usable = tuple(choice for choice in absolute if urlsplit(choice.url).scheme in ("http", "https"))
    return Page(usable) + Page(settings=tuple(urljoin(base, source) for source in settings))


def _unquoted(literal: str) -> str:
    """The text of a JavaScript string. Of its escapes only those are known that occur in URLs."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), literal[1:-1])
    return re.sub(r"\\(.)", r"\1", text)


class _Reader(HTMLParser):
    """Collects what may lead to a document, in the order of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base: str | None = None
        self.documents: list[Choice] = []
        self.scripts: list[str] = []
        self.inline: list[str] = []
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value for name, value in attrs if value}
        if tag in _VIEWER_ATTRIBUTES and _VIEWER_ATTRIBUTES[tag] in attributes:
            self.documents.append(Choice(attributes[_VIEWER_ATTRIBUTES[tag]]))
        if tag == "script":
            self._script = []
            if "src" in attributes:
                self.scripts.append(attributes["src"])
            if "data-configuration" in attributes:
                self.inline.append(f"createApiReference({attributes['data-configuration']})")
        elif tag == "base" and self.base is None:
            self.base = attributes.get("href")
        elif tag == "link" and "href" in attributes:
            relations = set(attributes.get("rel", "").lower().split())
            if relations & _LINK_RELATIONS and _DOCUMENT_TYPE.search(attributes.get("type", "").lower()):
                self.documents.append(Choice(attributes["href"], attributes.get("title")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.inline.append("".join(self._script))
            self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)
