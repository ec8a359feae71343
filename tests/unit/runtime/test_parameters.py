"""How arguments are written in paths, queries, headers and cookies."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from urllib.parse import unquote
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ionapi_runtime import UNSET, Cookie, Header, Model, Path, Query, Querystring, Unset, wire
from ionapi_runtime.parameters import Parameter
from ionapi_runtime.template import PathTemplate

COLORS = ["blue", "black", "brown"]
RGB = {"R": 100, "G": 200}


class Filter(Model):
    state_name: str = wire("stateName")
    size: int | Unset = UNSET


class Color(enum.StrEnum):
    RED = "red&blue"


def path(parameter: Path, value: object, template: str = "/a/{x}/b") -> str:
    return PathTemplate(template, {"x": ("x", parameter.writer("x"))}).expand({"x": value})


@pytest.mark.parametrize(
    ("parameter", "value", "expected"),
    [
        (Path(), "blue", "blue"),
        (Path(), COLORS, "blue,black,brown"),
        (Path(explode=True), RGB, "R=100,G=200"),
        (Path(), RGB, "R,100,G,200"),
        (Path(style="label"), "blue", ".blue"),
        (Path(style="label"), COLORS, ".blue,black,brown"),
        (Path(style="label", explode=True), COLORS, ".blue.black.brown"),
        (Path(style="label"), RGB, ".R,100,G,200"),
        (Path(style="label", explode=True), RGB, ".R=100.G=200"),
        (Path(style="matrix"), "blue", ";x=blue"),
        (Path(style="matrix"), "", ";x"),
        (Path(style="matrix"), COLORS, ";x=blue,black,brown"),
        (Path(style="matrix", explode=True), COLORS, ";x=blue;x=black;x=brown"),
        (Path(style="matrix"), RGB, ";x=R,100,G,200"),
        (Path(style="matrix", explode=True), RGB, ";R=100;G=200"),
        (Path(style="pipeDelimited"), COLORS, "blue%7Cblack%7Cbrown"),
        (Path(style="spaceDelimited"), COLORS, "blue%20black%20brown"),
        (Path(style="tabDelimited"), "blue", "blue"),
        (Path(allow_reserved=True), "c/d?e#f%20%", "c/d%3Fe%23f%20%25"),
        (Path(media_type="application/json"), {"a": 1}, "%7B%22a%22%3A1%7D"),
        (Path(), True, "true"),
        (Path(), 1.5, "1.5"),
    ],
)
def test_path_styles(parameter: Path, value: object, expected: str) -> None:
    """simple, label and matrix as OpenAPI tabulates them."""
    assert f"/a/{expected}/b" == path(parameter, value)


@pytest.mark.parametrize("value", ["", None, UNSET, [], {}])
def test_an_empty_path_argument_is_refused_by_name(value: object) -> None:
    """An empty segment would be another path."""
    with pytest.raises(ValueError, match=r"^x: "):
        path(Path(), value)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        (Path(), "."),
        (Path(), ".."),
        (Path(style="label"), ""),
        (Path(style="label"), "."),
        (Path(allow_reserved=True), "a/../b"),
        (Path(allow_reserved=True), "%2e%2E"),
    ],
)
def test_dot_segments_are_refused_by_name(parameter: Path, value: str) -> None:
    """Servers and proxies take them for steps through the path, encoded or not."""
    with pytest.raises(ValueError, match=r"^x: "):
        path(parameter, value)


@given(st.text(min_size=1))
def test_a_path_argument_never_leaves_its_segment(value: str) -> None:
    """Whatever it is, it comes back from its own segment, or is refused."""
    try:
        written = path(Path(), value)
    except ValueError:
        assert value in (".", "..") or any("\ud800" <= letter <= "\udfff" for letter in value)
        return
    assert written.isascii()
    assert ["", "a", value, "b"] == [unquote(part) for part in written.split("/")]
    assert not {"?", "#"} & set(written)


def test_the_fixed_part_of_a_path_stays_as_it_is_written() -> None:
    """A query in the document's path counts, a fragment does not; what no URL may hold is encoded."""
    assert "/a%20b/Items('x')?t=1" == path(Path(), "x", "/a b/Items('{x}')?t=1")
    assert "/a/x" == path(Path(), "x", "/a/{x}#stream")
    assert "/r%C3%A9sum%C3%A9/x" == path(Path(), "x", "/résumé/{x}")


@pytest.mark.parametrize(
    ("parameter", "value", "expected"),
    [
        (Query(), "a b&c=d+é#", ["x=a%20b%26c%3Dd%2B%C3%A9%23"]),
        (Query(), "", ["x="]),
        (Query(), Color.RED, ["x=red%26blue"]),
        (Query(), [], []),
        (Query(), {}, []),
        (Query(), COLORS, ["x=blue", "x=black", "x=brown"]),
        (Query(), ("a", None, UNSET, "b"), ["x=a", "x=b"]),
        (Query(explode=False), COLORS, ["x=blue,black,brown"]),
        (Query(explode=False), ["a,b", "c"], ["x=a%2Cb,c"]),
        (Query(), RGB, ["R=100", "G=200"]),
        (Query(explode=False), RGB, ["x=R,100,G,200"]),
        (Query(style="spaceDelimited"), COLORS, ["x=blue%20black%20brown"]),
        (Query(style="pipeDelimited"), COLORS, ["x=blue%7Cblack%7Cbrown"]),
        (Query(style="tabDelimited"), COLORS, ["x=blue%09black%09brown"]),
        (Query(style="pipeDelimited"), RGB, ["x=R%7C100%7CG%7C200"]),
        (Query(style="deepObject"), RGB, ["x%5BR%5D=100", "x%5BG%5D=200"]),
        (
            Query(style="deepObject"),
            {"a": {"b": [1, 2], "c": None}, "d": [{"e": True}]},
            ["x%5Ba%5D%5Bb%5D%5B0%5D=1", "x%5Ba%5D%5Bb%5D%5B1%5D=2", "x%5Bd%5D%5B0%5D%5Be%5D=true"],
        ),
        (Query(style="deepObject"), ["a", "b"], ["x%5B0%5D=a", "x%5B1%5D=b"]),
        (Query(style="deepObject"), Filter(state_name="new"), ["x%5BstateName%5D=new"]),
        (Query(), Filter(state_name="new", size=2), ["stateName=new", "size=2"]),
        (Query(media_type="application/json"), {"a": [1]}, ["x=%7B%22a%22%3A%5B1%5D%7D"]),
        (Query(allow_reserved=True), "a/b:c,d%20e%&f#g+h[i]", ["x=a/b:c,d%20e%25%26f%23g%2Bh%5Bi%5D"]),
        (Query("$filter"), "a eq 1", ["$filter=a%20eq%201"]),
        (Query("a&b=c[]"), "1", ["a%26b%3Dc%5B%5D=1"]),
        (Query(), {"a": {"b": 1}}, ["a=%7B%22b%22%3A1%7D"]),
        (Query(), {"page": 1, "sort": ["a", "b"], "none": []}, ["page=1", "sort=a", "sort=b"]),
    ],
)
def test_query_styles(parameter: Query, value: object, expected: list[str]) -> None:
    """form, the delimited ones and deepObject; reserved characters only where they are allowed, and then none
    that would end the value."""
    assert expected == parameter.writer("x")(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (12, "12"),
        (0.5, "0.5"),
        (Decimal("1E+3"), "1000"),
        (dt.date(2026, 3, 1), "2026-03-01"),
        (dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC), "2026-03-01T08%3A30%3A00Z"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (b"hi", "aGk%3D"),
    ],
)
def test_scalars(value: object, expected: str) -> None:
    """Python's types in the spelling of OpenAPI's formats."""
    assert [f"x={expected}"] == Query().writer("x")(value)


@pytest.mark.parametrize(
    ("parameter", "value", "expected"),
    [
        (Header(), "a b", b"a b"),
        (Header(), " \tpadded ", b"padded"),
        (Header(), "Zürich", "Zürich".encode("latin-1")),
        (Header(), COLORS, b"blue,black,brown"),
        (Header(), RGB, b"R,100,G,200"),
        (Header(explode=True), RGB, b"R=100,G=200"),
        (Header(style="pipeDelimited"), COLORS, b"blue|black|brown"),
        (Header(style="spaceDelimited"), COLORS, b"blue black brown"),
        (Header(style="tabDelimited"), COLORS, b"blue\tblack\tbrown"),
        (Header(media_type="application/json"), {"a": 1}, b'{"a":1}'),
        (
            Header(media_type="application/json"),
            {"a": "Łódź \U0001f600"},
            b'{"a":"\\u0141\\u00f3d\\u017a \\ud83d\\ude00"}',
        ),
        (Header(), Color.RED, b"red&blue"),
    ],
)
def test_header_styles(parameter: Header, value: object, expected: bytes) -> None:
    """simple, in ISO 8859-1, nothing percent-encoded."""
    assert expected == parameter.writer("x")(value)


@pytest.mark.parametrize("value", ["a\r\nb", "a\nb", "a\0b", "\x7f", "日本", ["a", "b\r"]])
def test_what_a_header_cannot_hold_is_refused_by_name(value: object) -> None:
    """Line breaks and other control characters, and what is not in ISO 8859-1."""
    with pytest.raises(ValueError, match=r"^trace_id: a header can"):
        Header("X-Trace").writer("trace_id")(value)


@pytest.mark.parametrize(
    ("parameter", "value", "expected"),
    [
        (Cookie(), "a;b c", ["x=a%3Bb%20c"]),
        (Cookie(), "YQ==", ["x=YQ=="]),
        (Cookie(explode=False), COLORS, ["x=blue,black,brown"]),
        (Cookie(), RGB, ["R=100", "G=200"]),
        (Cookie(style="cookie"), "a%20b", ["x=a%20b"]),
    ],
)
def test_cookie_styles(parameter: Cookie, value: object, expected: list[str]) -> None:
    """form encodes what a cookie cannot hold; the style `cookie` sends the text as it is."""
    assert expected == parameter.writer("x")(value)


def test_a_raw_cookie_cannot_break_out() -> None:
    """In the style `cookie` a semicolon is refused."""
    with pytest.raises(ValueError, match="session"):
        Cookie("SID", style="cookie").writer("session")("a; admin=1")


@pytest.mark.parametrize(
    ("parameter", "value", "expected"),
    [
        (Querystring(), {"a": 1, "b": [1, 2], "c": None}, ["a=1", "b=1", "b=2"]),
        (Querystring(), "a=1&b=%20c d", ["a=1&b=%20c%20d"]),
        (Querystring(media_type="application/json"), {"a": 1}, ["%7B%22a%22%3A1%7D"]),
    ],
)
def test_querystring(parameter: Querystring, value: object, expected: list[str]) -> None:
    """A mapping is a form, a text the query itself, JSON is one document."""
    assert expected == parameter.writer("q")(value)


def test_defaults_are_openapi_s() -> None:
    """form explodes, all others do not."""

    def defaults(parameter: Parameter) -> tuple[str, bool]:
        return parameter.style, parameter.explode

    assert ("form", True) == defaults(Query())
    assert ("pipeDelimited", False) == defaults(Query(style="pipeDelimited"))
    assert ("simple", False) == defaults(Path())
    assert ("simple", False) == defaults(Header())
    assert ("form", True) == defaults(Cookie())
