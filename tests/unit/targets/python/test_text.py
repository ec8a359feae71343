"""How text of the document becomes text of a Python file."""

from __future__ import annotations

import ast
import math

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.text import comment, docstring, first_line, literal

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("\"'\\\n\r\t \x00\x0b\x1b\x85\u2028\u202e\ufeff\ud800#`-*1.|"), st.characters()
    )
)


def value_of(code: str) -> object:
    return ast.literal_eval(code)


def black_prints(code: str) -> str:
    return black.format_str(code, mode=black.Mode())


@given(HOSTILE)
def test_a_literal_reads_back_as_its_value(raw: str) -> None:
    """On one printable line, in ASCII quotes."""
    code = literal(Text(raw))
    assert raw == value_of(code)
    assert code.isprintable()


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_a_literal_is_quoted_as_black_does(raw: str) -> None:
    """Double quotes, unless single ones save backslashes."""
    code = f"x = {literal(Text(raw))}\n"
    assert code == black_prints(code)


def test_other_literals() -> None:
    """What has no literal is spelled by a call."""
    assert ["None", "True", "12345678901234567890123", "1.5"] == [
        literal(value) for value in (None, True, 12345678901234567890123, 1.5)
    ]
    assert math.isnan(eval(literal(math.nan), {"float": float}))
    assert 'float("-inf")' == literal(-math.inf)


@settings(max_examples=150, deadline=None)
@given(st.lists(HOSTILE, max_size=3), st.sampled_from([0, 4, 8]))
def test_a_docstring_is_a_docstring_and_formatted(texts: list[str], indent: int) -> None:
    """Whatever the text: one string, which black leaves as it is."""
    code = docstring(
        [[Text(text)] for text in texts], indent, [("argument", [Text(text)]) for text in texts[:1]]
    )
    if not code:
        return
    head = {0: "", 4: "class A:\n    ", 8: "class A:\n    def f(self):\n        "}[indent]
    module = f"{head}{code}\n"
    assert isinstance(value_of(code), str)
    assert module == black_prints(module)


@pytest.mark.parametrize(
    "hostile",
    [
        '"""\nimport os\nos.system("x")\n"""',
        "\\",
        '\\"""',
        'ends with a quote"',
        '"starts with one',
        "a\rb",
        "a line that ends, and one of a soft hyphen\x1e\xad",
        "\x00",
        "\u202eevil",
        "\ud800",
    ],
)
def test_nothing_leaves_a_docstring(hostile: str) -> None:
    """The module has one statement: the docstring."""
    tree = ast.parse(docstring([[Text(hostile)]], 0))
    assert ["Expr"] == [type(statement).__name__ for statement in tree.body]


def test_a_short_docstring_stands_on_one_line() -> None:
    """With its quotes it has 88 columns at most."""
    assert '"""' + "x" * 78 + '"""' == docstring([[Text("x" * 78)]], 4)
    assert 3 == len(docstring([[Text("x " * 42)]], 4).splitlines())


def test_a_long_docstring_is_wrapped() -> None:
    """Paragraphs are filled; arguments hang."""
    text = docstring(
        [[Text("Place an order.")], [Text("word " * 30)]], 8, [("page_size", [Text("How many " * 12)])]
    )
    lines = text.splitlines()
    assert max(len(line) for line in lines[1:]) <= 88
    assert '"""Place an order.' == lines[0]
    assert "        Args:" in lines
    assert any(line.startswith("            page_size: How many") for line in lines)
    assert any(line.startswith(("                many", "                How")) for line in lines)


def test_lists_and_code_keep_their_lines() -> None:
    """A list's items start lines, code is left alone."""
    text = "Values:\n- one\n- two\n\n```\nif x:\n    y\n```"
    assert text == value_of(docstring([[Text(text)]], 0)).strip()  # type: ignore[attr-defined]


def test_nothing_to_say_is_no_docstring() -> None:
    """Blank text counts as none."""
    assert "" == docstring([[Text(" \n ")], []], 4)


@given(HOSTILE)
def test_a_comment_is_one_printable_line(raw: str) -> None:
    """Cut where it is long."""
    line = comment(Text(raw))
    assert line.isprintable()
    assert len(line) <= 60


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Orders of the shop.\nMore.", "Orders of the shop."),
        ("# Introduction\n\n![logo](x.png)\n---\nOrders of the shop.", "Orders of the shop."),
        ("<p>Orders</p>", ""),
        ("", ""),
    ],
)
def test_the_first_line_is_one_of_words(text: str, line: str) -> None:
    """What a README quotes of a description that may be a page of its own."""
    assert Text(line) == first_line(Text(text))


def test_a_quotation_stays_one_when_it_is_wrapped() -> None:
    """Each of its lines begins as the first does."""
    code = docstring([[Text("Issues.\n\n> [!NOTE]\n> " + "word " * 40)]], 4)
    quoted = [line for line in str(value_of(code)).splitlines() if line.startswith("    >")]
    assert "    > [!NOTE]" == quoted[0]
    assert ["word"] * 40 == " ".join(line.removeprefix("    > ") for line in quoted[1:]).split()
    assert 88 >= max(map(len, code.splitlines()))


def test_the_mark_of_an_item_stays_with_its_first_word() -> None:
    """However long that is: a lone dash would be no item."""
    code = docstring([[Text("See:\n- [a](https://shop.example/" + "a" * 80 + ") and more")]], 4)
    lines = [line.strip() for line in str(value_of(code)).strip().splitlines()]
    assert ["See:", "- [a](https://shop.example/" + "a" * 80 + ")", "and more"] == lines
