"""Pages about an API lead to the document that they show."""

from __future__ import annotations

import pytest

from ionapi_codegen.spec.pages import Choice, Page, is_page, of_configuration, of_html, of_script

BASE = "https://api.example/docs/index.html"


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<redoc spec-url="petstore.yaml"></redoc>', "https://api.example/docs/petstore.yaml"),
        ('<rapi-doc spec-url="/openapi.json"></rapi-doc>', "https://api.example/openapi.json"),
        ('<elements-api apiDescriptionUrl="../v1.yaml"/>', "https://api.example/v1.yaml"),
        ('<script id="api-reference" data-url="/openapi.json"></script>', "https://api.example/openapi.json"),
        ("<script>Redoc.init('a.json', {}, e)</script>", "https://api.example/docs/a.json"),
        (
            "<script>const ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui' })</script>",
            "https://api.example/openapi.json",
        ),
        (
            "<script>Scalar.createApiReference('#app', { url: '/openapi.json' })</script>",
            "https://api.example/openapi.json",
        ),
        (
            """<script data-configuration='{"spec": {"url": "/scalar.json"}}'></script>""",
            "https://api.example/scalar.json",
        ),
        (
            '<link rel="service-desc" type="application/vnd.oai.openapi+json" href="/api.json">',
            "https://api.example/api.json",
        ),
        ('<base href="/other/"><redoc spec-url="a.json"></redoc>', "https://api.example/other/a.json"),
        ('<redoc spec-url="a.json?x=1&amp;y=2"></redoc>', "https://api.example/docs/a.json?x=1&y=2"),
    ],
)
def test_one_document(html: str, url: str) -> None:
    """Each viewer's way to name its document is understood, and the URL made absolute."""
    assert [url] == [choice.url for choice in of_html(html, BASE).documents]


def test_several_documents_have_their_names() -> None:
    """`urls` of Swagger UI: each with the name that people choose by, whichever comes first in the braces."""
    script = """window.ui = SwaggerUIBundle({
        urls: [{url: "/one.json", name: "One"}, {"name": "Two", "url": "\\/two.json"}],
        layout: "StandaloneLayout" })"""
    expected = (Choice("https://api.example/one.json", "One"), Choice("https://api.example/two.json", "Two"))
    assert expected == of_script(script, BASE).documents


def test_settings_beside_the_page() -> None:
    """Swagger UI's page names a script and no document; the script's `configUrl` names a configuration."""
    page = of_html('<script src="./swagger-initializer.js"></script><script src="app.js"></script>', BASE)
    assert Page(settings=("https://api.example/docs/swagger-initializer.js",)) == page
    script = 'SwaggerUIBundle({ configUrl: "/v3/api-docs/swagger-config" })'
    assert Page(settings=("https://api.example/v3/api-docs/swagger-config",)) == of_script(script, BASE)


def test_configuration() -> None:
    """springdoc's `swagger-config` names one document or several."""
    several = '{"url": "/all", "urls": [{"url": "/v3/api-docs/a", "name": "a"}]}'
    assert (Choice("https://api.example/v3/api-docs/a", "a"),) == of_configuration(several, BASE).documents
    assert (Choice("https://api.example/v3", None),) == of_configuration('{"url": "/v3"}', BASE).documents
    assert Page() == of_configuration("no JSON", BASE)


def test_comments_and_other_objects_name_nothing() -> None:
    """What is commented out, and URLs of scripts that set up no viewer, are no documents."""
    assert Page() == of_script('// SwaggerUIBundle({ url: "/old.json" })', BASE)
    assert Page() == of_script('/* Redoc.init("/old.json") */', BASE)
    assert Page() == of_script('fetch({ url: "/track" })', BASE)
    assert Page() == of_html('<link rel="alternate" type="text/html" href="/de/">', BASE)


def test_the_document_stands_in_the_page() -> None:
    """A document written into the page is taken, and the URLs inside it are not mistaken for documents."""
    document = '{"openapi": "3.0.0", "servers": [{"url": "https://api.example/v1"}]}'
    express = f'var options = {{"swaggerDoc": {document}}}; SwaggerUIBundle(options)'
    assert Page(embedded=(document,)) == of_script(express, BASE)
    redoc = f'<script>const __redoc_state = {{"menu": 1, "spec": {{"data": {document}}}}}</script>'
    assert Page(embedded=(document,)) == of_html(redoc, BASE)


def test_only_web_addresses() -> None:
    """A page cannot lead to a file or a script URL."""
    html = '<redoc spec-url="file:///etc/passwd"></redoc><redoc spec-url="javascript:alert(1)"></redoc>'
    assert Page() == of_html(html, BASE)


@pytest.mark.parametrize(
    "hostile",
    [
        "SwaggerUIBundle(" + "{" * 200_000,
        "SwaggerUIBundle" + "/*" * 200_000,
        "SwaggerUIBundle" + '"\\' * 200_000,
        "SwaggerUIBundle" + 'url:"\\"' * 50_000,
        "Redoc.init(" * 50_000,
        '"spec":{' * 50_000,
    ],
)
def test_hostile_scripts_take_no_time(hostile: str) -> None:
    """Unbalanced text of every kind is through in moments, without an exception."""
    assert () == of_script(hostile, BASE).documents


@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        (b"<!DOCTYPE html><html>", "text/plain", True),
        (b"\xef\xbb\xbf\n<html lang=en>", "application/json", True),
        (b"{}", "text/html", True),
        (b'{"openapi": "3.1.0"}', "application/json", False),
        (b"openapi: 3.1.0", "text/plain", False),
    ],
)
def test_is_page(content: bytes, media_type: str, expected: bool) -> None:
    """HTML is known by its media type or by its first words."""
    assert expected is is_page(content, media_type)
