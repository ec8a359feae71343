"""Calls every operation of chosen documents with made-up arguments, against a server that validates them.

Each request is also read back by our own reader of documents and styles (`calling/requested.py`), since the
server leaves much unread, cannot answer some calls, and dies of others. `IONAPI_CORPUS=… python -m corpus.calls
[NAME …]`: exit code 1 where a request violates its document. Whatever violates it by the document's or the
server's own fault stands in `calling/excused.txt`, with the reason.
"""

from __future__ import annotations

import asyncio
import fnmatch
import importlib
import inspect
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import click
import httpx2
from click.testing import CliRunner

from corpus.calling import prism
from corpus.calling.arguments import Arguments, Maker
from corpus.calling.checks import complaints as undeclared
from corpus.calling.described import Document as Described
from corpus.calling.requested import Given, Sent
from corpus.calling.requested import complaints as misread
from corpus.calling.verdicts import verdict
from corpus.documents import Document, chosen, listed
from ionapi_codegen.cli import main as ionapi
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api, SecurityKind, SecurityScheme
from ionapi_codegen.ir.operation import Location, Operation
from ionapi_codegen.lower.document import lower
from ionapi_codegen.sources import find

_HERE = Path(__file__).parent / "calling"
_NOTHING = "nothing came back: "


Call: TypeAlias = Callable[..., object]
"""A method of a client, whose answer is waited for."""

Waiting: TypeAlias = Callable[[Call], Call]
"""What makes such a call of a client's method."""


@dataclass(slots=True)
class Called:
    """A call: what is wrong with its request, whether the server judged all of it, and whether it died of it.
    Our own reader judges every call."""

    said: str
    wrong: list[str]
    by_server: bool
    died: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What is called: a document as we understand it, in its own words, and where its operations are."""

    api: Api
    described: Described
    entries: Any
    maker: Maker


class Recording(httpx2.BaseTransport):
    """Sends requests on, and keeps the last one with its answer."""

    def __init__(self) -> None:
        self._network = httpx2.HTTPTransport(retries=1)
        self.request: httpx2.Request | None = None
        self.body = b""
        self.answer: httpx2.Response | None = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.body = request.read()
        self.request = request
        sent = httpx2.Request(request.method, request.url, headers=request.headers, content=self.body)
        answer = self._network.handle_request(sent)
        answer.read()
        self.answer = answer
        return answer

    def forget(self) -> None:
        """Keep nothing of the last call."""
        self.request, self.answer, self.body = None, None, b""

    def close(self) -> None:
        self._network.close()


class AsyncRecording(httpx2.AsyncBaseTransport):
    """The same for a client for asyncio, which has nothing else to do meanwhile."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        return self._recording.handle_request(request)


def run(document: Document, work: Path, command: Path) -> Iterator[Called]:
    """Each call that was made, by both clients."""
    package = _package(document, work)
    diagnostics = Diagnostics()
    (source,) = find(str(document.file), diagnostics)
    api = lower(source.load(diagnostics), diagnostics)
    manifest = json.loads((work / document.package / ".ionapi-codegen.json").read_text("utf-8"))
    entries = {(each["method"], each["path"]): each for each in manifest["operations"]}
    transport = Recording()
    subject = Subject(api, Described(document.file), entries, Maker(api, package))
    with prism.Prism(command, document.file, work / f"{document.package}.log") as server:
        auth = {each.name.raw: _scheme(package, each) for each in api.security_schemes}
        given = {"base_url": server.url, "auth": auth}
        with package.Client(**given, transport=transport) as client, asyncio.Runner() as runner:
            other = package.AsyncClient(**given, transport=AsyncRecording(transport))
            for made, waiting in ((client, _at_once), (other, lambda call: _waiting(call, runner))):
                for operation in api.operations:
                    for called in _operation(subject, operation, made, waiting, transport):
                        if any(each.startswith(_NOTHING) for each in called.wrong) and server.revive():
                            called.wrong = [one for one in called.wrong if not one.startswith(_NOTHING)]
                            called.died = True
                        yield called
            runner.run(other.aclose())


def _at_once(call: Call) -> Call:
    return call


def _waiting(call: Call, runner: asyncio.Runner) -> Call:
    async def answer(values: dict[str, object]) -> object:
        found = call(**values)
        return await found if inspect.isawaitable(found) else found

    return lambda **values: runner.run(answer(values))


def _operation(
    subject: Subject, operation: Operation, client: Any, waiting: Waiting, transport: Recording
) -> Iterator[Called]:
    path = (operation.written or operation.path).raw
    entry = subject.entries[operation.method, path]
    call = client
    for name in entry["call"].split("."):
        call = getattr(call, name)
    places = {name: (location, wire) for name, (location, wire) in entry["parameters"].items()}
    names = {place: name for name, place in places.items()}
    choice = "content_type" in call.__wrapped__.__annotations__
    for arguments in subject.maker.of(operation, names, choice):
        transport.forget()
        failure = _failure(waiting(call), arguments)
        wrong = list(_wrong(subject, operation, path, arguments, places, transport))
        by_server = False
        if transport.answer is None:
            wrong.append(f"{_NOTHING}{failure}")
        else:
            found, by_server = verdict(transport.answer, arguments.content)
            wrong += found
        yield Called(f"{operation.method} {operation.path.raw} ({arguments.said})", wrong, by_server)


def _failure(call: Call, arguments: Arguments) -> str:
    try:
        call(**arguments.values)
    except Exception as error:  # whatever it is, it belongs into the report
        return f"{type(error).__name__}: {error}"
    return "and nothing failed"


def _wrong(
    subject: Subject,
    operation: Operation,
    path: str,
    arguments: Arguments,
    places: dict[str, tuple[str, str]],
    transport: Recording,
) -> Iterator[str]:
    """What we find in the request by ourselves."""
    request, content = transport.request, arguments.content
    if request is None:
        yield "no request was made"
        return
    yield from undeclared(subject.api, operation, content, request, transport.body)
    given = {places[name]: value for name, value in arguments.values.items() if name in places}
    headers = {name.lower(): value for name, value in request.headers.items()}
    sent = Sent(request.url.raw_path.decode("ascii"), headers, transport.body)
    media_type = content.media_type if content is not None else None
    taken = Given(given, media_type, arguments.values.get("body"))
    yield from misread(subject.described, operation.method, path, sent, taken)


def _scheme(package: ModuleType, scheme: SecurityScheme) -> object:
    schemes = importlib.import_module(f"{package.__name__}._runtime.schemes")
    match scheme.kind:
        case SecurityKind.BASIC:
            return schemes.Basic("user", "password")
        case SecurityKind.API_KEY if scheme.key is not None:
            place = (scheme.location or Location.HEADER).value
            return schemes.ApiKey("key", **{place: scheme.key.raw})
        case _:
            return schemes.Bearer("token")


def _package(document: Document, work: Path) -> ModuleType:
    options = ["--output", str(work), "--package", document.package]
    result = CliRunner().invoke(ionapi, ["generate", str(document.file), *options], catch_exceptions=False)
    if result.exit_code:
        raise RuntimeError(result.output[-2000:])
    return importlib.import_module(document.package)


def _excused(document: Document, said: str) -> bool:
    lines = (_HERE / "excused.txt").read_text("utf-8").splitlines()
    rules = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return any(name == document.name and fnmatch.fnmatchcase(said, rule) for name, rule, _ in rules)


def main(names: list[str]) -> int:
    """The exit code."""
    folder = os.environ.get("IONAPI_CORPUS")
    command = prism.installed() if folder else None
    if folder is None or command is None:
        click.echo(f"skipped: {'there is no npm' if folder else 'IONAPI_CORPUS names no corpus'}")
        return 0
    usual = (_HERE / "documents.txt").read_text("utf-8").split()
    every: list[Called] = []
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        sys.path.insert(0, work)
        for document in chosen(listed(Path(folder)), names or usual):
            calls = list(run(document, Path(work), command))
            wrong = [
                f"{called.said}: {each}"
                for called in calls
                for each in dict.fromkeys(called.wrong)
                if not _excused(document, f"{called.said}: {each}")
            ]
            click.echo(f"{document.name}: {_counted(calls)}, {len(wrong)} violations")
            for line in wrong:
                click.echo(f"    {line[:400]}")
            every += calls
            failed += len(wrong)
    click.echo(f"together: {_counted(every)}, {failed} violations")
    return int(failed > 0)


def _counted(calls: list[Called]) -> str:
    by_server = sum(called.by_server for called in calls)
    died = sum(called.died for called in calls)
    return (
        f"{len(calls)} calls, {by_server} judged by the server and our own reader, {len(calls) - by_server} by "
        f"our own reader alone ({died} killed the server)"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
