"""Answers that are read while they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ionapi_runtime import DecodeError, Event, NotFoundError, Retry, TransportError
from ionapi_runtime.events import Events, Lines

from tests_support.shop import AsyncClient, Client, Item, Problem, Server, answer

SSE = {"content-type": "text/event-stream; charset=utf-8"}
LINES = {"content-type": "application/jsonl"}


class Chunks(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body in pieces that knows how much was read, and whether it was closed; an exception breaks it."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self.pieces = pieces
        self.read = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            self.read += 1
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def reply(chunks: Chunks, headers: dict[str, str], status: int = 200) -> httpx2.Response:
    return httpx2.Response(status, headers=headers, stream=chunks)


def client(*answers: httpx2.Response | Exception) -> Client:
    return Client(auth=None, transport=Server(*answers).transport, retry=Retry(pause=0.0))


def test_events() -> None:
    """Fields, comments, several lines of data, every line end, wherever the chunks are cut."""
    text = (
        b"\xef\xbb\xbf: comment\r\nid: 7\r\nevent: change\r\ndata: a\r\ndata: \xc3\xbc\r\nretry: 100\r\n\r\n"
        b"data:plain\n\nevent: empty\n\ndata: x\rid: 8\r\rdata: incomplete"
    )
    expected = [
        Event("a\nü", event="change", id="7", retry=100),
        Event("plain", id="7"),
        Event("x", id="8"),
    ]
    for size in (1, 2, 3, 7, 1000):
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        assert expected == list(client(reply(Chunks(*pieces), SSE)).items.events())


def test_events_with_json() -> None:
    """Their data as the declared type; `[DONE]` ends the stream."""
    chunks = Chunks(b'data: {"itemId": 1}\n\n', b"data: [DONE]\n\n", b"data: never read\n\n")
    assert [Item(item_id=1)] == list(client(reply(chunks, SSE)).items.changes())
    assert (2, True) == (chunks.read, chunks.closed)


def test_lines() -> None:
    """A JSON value on each; separators of other kinds are characters."""
    text = '{"itemId": 1}\n\n{"itemId": 2, "name": "a\u2028b"}\r\n\x1e{"itemId": 3}'.encode()
    expected = [Item(item_id=1), Item(item_id=2, name="a\u2028b"), Item(item_id=3)]
    for size in (1, 5, 1000):
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        assert expected == list(client(reply(Chunks(*pieces), LINES)).items.changes())


@given(
    st.lists(st.text(alphabet="ab\u2028\x0b", max_size=4)),
    st.integers(1, 5),
    st.sampled_from(["\n", "\r", "\r\n"]),
)
def test_lines_are_cut_the_same_way_whatever_the_chunks(lines: list[str], size: int, end: str) -> None:
    """Chunks of the network mean nothing."""
    text = "".join(line + end for line in lines).encode()
    cutter = Lines()
    found: list[bytes] = []
    for start in range(0, len(text), size):
        found += cutter.feed(text[start : start + size])
    assert lines == [line.decode() for line in [*found, *cutter.end()]]


def test_an_item_that_is_no_json() -> None:
    """Names the operation; the connection is given back."""
    chunks = Chunks(b"{broken\n")
    with pytest.raises(DecodeError, match="GET /changes"):
        list(client(reply(chunks, LINES)).items.changes())
    assert chunks.closed


def test_items_come_while_the_answer_is_read() -> None:
    """The first one before the second was sent; leaving the block closes the connection."""
    chunks = Chunks(b'{"itemId": 1}\n', b'{"itemId": 2}\n')
    with client(reply(chunks, LINES)).items.changes() as changes:
        items = iter(changes)
        assert 1 == next(items).item_id
        assert (1, False) == (chunks.read, chunks.closed)
    assert chunks.closed


def test_leaving_a_loop_gives_the_connection_back() -> None:
    """Without a block, too."""
    chunks = Chunks(b'{"itemId": 1}\n', b'{"itemId": 2}\n')
    for _ in client(reply(chunks, LINES)).items.changes():
        break
    assert (1, True) == (chunks.read, chunks.closed)


def test_a_connection_that_breaks() -> None:
    """Is a TransportError, not the HTTP library's; what came before was handed out."""
    chunks = Chunks(b'{"itemId": 1}\n', httpx2.ReadError("reset"))
    stream = iter(client(reply(chunks, LINES)).items.changes())
    assert 1 == next(stream).item_id
    with pytest.raises(TransportError, match=r"GET /changes: .*reset") as caught:
        next(stream)
    assert (True, None) == (chunks.closed, caught.value.__context__)


def test_errors_come_before_the_stream() -> None:
    """With their body read and decoded, and after repetition."""
    assert [] == list(client(answer(status=503), reply(Chunks(), LINES)).items.changes())
    with pytest.raises(NotFoundError) as caught:
        client(answer({"title": "gone"}, 404)).items.changes()
    assert b'{"title":"gone"}' == caught.value.body


def test_a_streamed_response() -> None:
    """Any operation, its body in chunks, lines or text, or as a whole."""
    text = "ä\nb\u2028c\r\nd".encode("latin-1", "replace")
    headers = {"content-type": "text/plain; charset=latin-1", "etag": '"1"'}
    for take, expected in (
        (lambda made: b"".join(made.iter_bytes()), text),
        (lambda made: list(made.iter_lines()), ["ä", "b?c", "d"]),
        (lambda made: "".join(made.iter_text()), "ä\nb?c\r\nd"),
        (lambda made: made.read(), text),
    ):
        chunks = Chunks(text[:3], text[3:])
        made = client(reply(chunks, headers))
        with made.stream(made.items.download) as streamed:
            assert (200, '"1"', 0) == (streamed.status, streamed.headers["ETag"], chunks.read)
            assert expected == take(streamed)
        assert chunks.closed


def test_text_is_decoded_across_chunks() -> None:
    """A character may come in two pieces; an encoding that nobody knows is UTF-8."""
    chunks = Chunks(b"\xc3", b"\xbc")
    made = client(reply(chunks, {"content-type": "text/plain; charset=nonsense"}))
    with made.stream(made.items.get_note) as streamed:
        assert "ü" == "".join(streamed.iter_text())


def test_a_streamed_error_is_raised_with_its_body() -> None:
    """Before the block is entered."""
    made = client(answer({"title": "gone"}, 404))
    with pytest.raises(NotFoundError) as caught, made.stream(made.items.get_item, "1"):
        raise AssertionError
    assert isinstance(caught.value.error, Problem)


def test_what_is_not_read_is_closed() -> None:
    """Leaving the block gives the connection back, whatever happened in it."""
    chunks = Chunks(b"a", b"b")
    made = client(reply(chunks, {}))
    with pytest.raises(KeyError), made.stream(made.items.download):
        raise KeyError
    assert (0, True) == (chunks.read, chunks.closed)


def test_asynchronous_streams() -> None:
    """The same for `AsyncClient`."""

    async def session() -> None:
        chunks = [Chunks(b"data: a\n\n", b"data: b\n\n") for _ in range(4)]
        broken = Chunks(b"data: a\n\n", httpx2.ReadError("reset"))
        server = Server(*[reply(found, SSE) for found in [*chunks, broken]])
        async with AsyncClient(auth=None, transport=server.transport) as made:
            events = await made.items.events()
            assert ["a", "b"] == [event.data async for event in events]
            async with await made.items.events() as stopped:
                first = aiter(stopped)
                assert "a" == (await anext(first)).data
            async with made.stream(made.items.download) as streamed:
                assert b"data: a\n\ndata: b\n\n" == b"".join([part async for part in streamed.aiter_bytes()])
            async with made.stream(made.items.download) as streamed:
                assert ["data: a", "", "data: b", ""] == [line async for line in streamed.aiter_lines()]
            assert all(found.closed for found in chunks)
            with pytest.raises(TransportError, match="GET /events"):
                async for _ in await made.items.events():
                    pass
            assert broken.closed

    asyncio.run(session())


def test_events_keep_the_last_identifier() -> None:
    """An event without one has that of the event before it; one with a zero byte does not count."""
    events = Events()
    lines = [b"id: 1", b"data: a", b"", b"id: \0", b"data: b", b""]
    assert ["1", "1"] == [event.id for line in lines if (event := events.feed(line))]
