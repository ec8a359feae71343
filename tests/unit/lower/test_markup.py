"""Descriptions that hold HTML."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionapi_codegen.lower.markup import markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>An <b>order</b>.</p>\n   <p>Its <code>lines</code>.</p>", "An order.\n\nIts `lines`."),
        ("<ul> <li> <p>Open</p> </li> <li>Closed</li></ul>", "- Open \n- Closed"),
        (
            'See <a href="https://shop.example/help">the help</a>, <a href="/faq">the FAQ</a>.',
            "See [the help](https://shop.example/help), the FAQ.",
        ),
        ("One.<br/>Two.", "One.\n\nTwo."),
        ("One.<blockquote>Note.</blockquote>.", "One.\n\nNote."),
        ("<code>&lt;key&gt;</code>, not <code>&amp;lt;</code>", "`<key>`, not `&lt;`"),
        ("<pre>a\nb</pre>", "```\na\nb\n```"),
        ("a &lt; b &amp;&amp; &quot;c&quot; &#39;d&#39;", "a < b && \"c\" 'd'"),
    ],
)
def test_html_becomes_markdown(text: str, expected: str) -> None:
    """Paragraphs, lists, links, code; emphasis goes."""
    assert expected == markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "A List<String> for the <token>, if a < b and c > d.",
        "`<b>bold</b> &amp;` is kept.",
        "```\n<p>x</p>\n```",
        "| a<br>b | c |\n|---|---|",
        "?a=1&copy=2&lt=3",
        "- a\n  - b",
    ],
)
def test_what_is_no_html_stays(text: str) -> None:
    """Types in angle brackets, code, tables, addresses."""
    assert text == markdown(text)


@given(st.text(alphabet=st.sampled_from("<>/ab pli&;#\n\t`|-\"'=hrefcode")))
def test_any_text_has_a_reading(text: str) -> None:
    """Unclosed tags, tags in tags, marks without an end."""
    assert isinstance(markdown(text), str)


@pytest.mark.parametrize(
    "piece", ["<a href='", "<a ", "<p ", "`", "\n", "<li><p>", "<a href='x'>", "```", "&", " <p>\n"]
)
def test_time_grows_with_the_length(piece: str) -> None:
    """Whatever a hostile document repeats; a quadratic reading would take minutes."""
    began = time.process_time()
    markdown(piece * 60_000 + "<p>")
    assert 5 > time.process_time() - began
