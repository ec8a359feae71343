"""A client as the generator writes it, by hand: for tests of the runtime alone."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from functools import cached_property

import httpx2
from ionapi_runtime import (
    UNSET,
    Async,
    AsyncClientBase,
    Binary,
    Declared,
    Event,
    File,
    Form,
    Group,
    Header,
    Json,
    JsonLines,
    M,
    Model,
    Multipart,
    Part,
    Path,
    Query,
    Settings,
    Stream,
    Sync,
    SyncClientBase,
    Text,
    Unset,
    operation,
    wire,
)


class Item(Model):
    item_id: int = wire("itemId")
    name: str | Unset | None = UNSET


class Problem(Model):
    title: str | Unset = UNSET


class Job(Model):
    job_id: str = wire("jobId")


class Upload(Model):
    file: File
    title: str | Unset = UNSET
    item: Item | Unset = UNSET
    stored_at: str | Unset = wire("storedAt", default=UNSET, read_only=True)


class Items(Group[M]):
    """Things."""

    @operation(
        "GET",
        "/items/{itemId}",
        parameters={"item_id": Path("itemId"), "trace": Header("X-Trace")},
        errors=lambda: {404: Problem, "5XX": Problem},
    )
    def get_item(self, item_id: str, *, language: str | None = None, trace: str | None = None) -> Item:
        """Fetch one.

        GET /items/{itemId}
        """
        raise Declared

    @operation("GET", "/items", parameters={"page_size": Query("pageSize")})
    def list_items(self, *, page_size: int | None = None) -> list[Item]:
        raise Declared

    @operation(
        "POST",
        "/items",
        returns=lambda: {201: Item, 202: Job, "3XX": None},
        errors=lambda: {"default": Problem},
    )
    def create_item(self, *, body: Item | Mapping[str, object] | None = None) -> Item | Job | None:
        raise Declared

    @operation("DELETE", "/items/{itemId}", parameters={"item_id": Path("itemId")})
    def delete_item(self, item_id: str) -> None:
        raise Declared

    @operation("POST", "/search", effect="read", body=Form())
    def search(self, *, body: Mapping[str, object]) -> list[Item]:
        raise Declared

    @operation("GET", "/note")
    def get_note(self) -> str:
        raise Declared

    @operation("GET", "/content")
    def download(self) -> bytes:
        raise Declared

    @operation("PUT", "/content", body=Binary("image/*"))
    def upload(self, *, body: bytes | Iterable[bytes] | AsyncIterable[bytes] | File) -> None:
        raise Declared

    @operation(
        "POST",
        "/form",
        body=[Json(), Multipart(parts={"item": Part("application/json", headers={"X-Part": "1"})}), Text()],
    )
    def send(self, *, body: object, content_type: str = "application/json") -> None:
        raise Declared

    @operation("POST", "/lines", body=JsonLines())
    def send_lines(self, *, body: Iterable[object] | AsyncIterable[object]) -> None:
        raise Declared

    @operation("GET", "/events")
    def events(self) -> Stream[Event]:
        raise Declared

    @operation("GET", "/changes")
    def changes(self) -> Stream[Item]:
        raise Declared

    @operation("GET", "/elsewhere", server="https://other.example/v2")
    def elsewhere(self) -> None:
        raise Declared

    @operation("GET", "/versioned")
    def versioned(self, *, version: str = "7") -> None:
        raise Declared


class Api(Group[M]):
    @cached_property
    def items(self) -> Items[M]:
        return Items(self)

    @operation("GET", "/status")
    def get_status(self) -> dict[str, object]:
        raise Declared


SETTINGS = Settings(title="Shop", user_agent="shop/1", base_url="https://shop.example/v1")


class Client(SyncClientBase, Api[Sync]):
    settings = SETTINGS


class AsyncClient(AsyncClientBase, Api[Async]):
    settings = SETTINGS


class Server:
    """A transport for both clients that keeps requests and gives the answers it was told, or empty ones."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.requests: list[httpx2.Request] = []
        self.bodies: list[bytes] = []
        self._answers = list(answers)
        self.transport = httpx2.MockTransport(self._handle)

    def _handle(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        self.bodies.append(request.content)
        answer = self._answers.pop(0) if self._answers else httpx2.Response(204)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def target(self) -> str:
        """Path and query of the last request, as they were sent."""
        return self.requests[-1].url.raw_path.decode()

    @property
    def headers(self) -> httpx2.Headers:
        return self.requests[-1].headers


def answer(value: object = None, status: int = 200, **headers: str) -> httpx2.Response:
    """An answer in JSON."""
    return httpx2.Response(status, json=value, headers=headers)


Connect = Callable[..., Client]
