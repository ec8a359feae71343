"""Calls every operation of chosen documents with made-up arguments, against a server that validates them.

`IONAPI_CORPUS=… python -m corpus.calls [NAME …]`: exit code 1 where a request violates its document. Whatever
violates it by the document's or the server's own fault stands in `calling/excused.txt`, with the reason.
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
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import click
import httpx2
from click.testing import CliRunner

from corpus.calling import prism
from corpus.calling.arguments import Arguments, Maker
from corpus.calling.checks import complaints
from corpus.documents import Document, chosen, listed
from ionapi_codegen.cli import main as ionapi
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api, SecurityKind, SecurityScheme
from ionapi_codegen.ir.operation import Content, Location, Operation
from ionapi_codegen.lower.document import lower
from ionapi_codegen.sources import find

_HERE = Path(__file__).parent / "calling"
_UNABLE = frozenset(
    (
        *("NO_RESPONSE_DEFINED", "INVALID_CONTENT_TYPE", "UNKNOWN", "SCHEMA_TOO_COMPLEX"),
        *("NO_COMPLEX_OBJECT_TEXT", "UNPROCESSABLE_ENTITY", "UNAUTHORIZED"),
    )
)
"""What the server says of a call that it cannot answer, or whose violations are listed beside."""

_NEGOTIATED = [["header", name] for name in ("accept", "accept-encoding", "authorization", "content-type")]
"""Headers whose description OpenAPI ignores ("Parameter Object"), and what the HTTP library negotiates."""

_DIED = "the server died of it"
_NOTHING = "nothing came back: "
_FORMS = ("multipart/", "application/x-www-form-urlencoded")


Call: TypeAlias = Callable[..., object]
"""A method of a client, whose answer is waited for."""

Waiting: TypeAlias = Callable[[Call], Call]
"""What makes such a call of a client's method."""


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


def run(document: Document, work: Path, command: Path) -> Iterator[tuple[str, list[str]]]:
    """Each call that was made, by both clients, and what is wrong with it."""
    package = _package(document, work)
    diagnostics = Diagnostics()
    (source,) = find(str(document.file), diagnostics)
    api = lower(source.load(diagnostics), diagnostics)
    manifest = json.loads((work / document.package / ".ionapi-codegen.json").read_text("utf-8"))
    entries = {(each["method"], each["path"]): each for each in manifest["operations"]}
    transport = Recording()
    maker = Maker(api, package)
    with prism.Prism(command, document.file, work / f"{document.package}.log") as server:
        auth = {each.name.raw: _scheme(package, each) for each in api.security_schemes}
        given = {"base_url": server.url, "auth": auth}
        with package.Client(**given, transport=transport) as client, asyncio.Runner() as runner:
            other = package.AsyncClient(**given, transport=AsyncRecording(transport))
            for made, waiting in ((client, _at_once), (other, lambda call: _waiting(call, runner))):
                for operation in api.operations:
                    for said, found in _operation(api, operation, entries, maker, made, waiting, transport):
                        if any(each.startswith(_NOTHING) for each in found) and server.revive():
                            found = [_DIED if each.startswith(_NOTHING) else each for each in found]
                        yield said, found
            runner.run(other.aclose())


def _at_once(call: Call) -> Call:
    return call


def _waiting(call: Call, runner: asyncio.Runner) -> Call:
    async def answer(values: dict[str, object]) -> object:
        found = call(**values)
        return await found if inspect.isawaitable(found) else found

    return lambda **values: runner.run(answer(values))


def _operation(
    api: Api,
    operation: Operation,
    entries: Any,
    maker: Maker,
    client: Any,
    waiting: Waiting,
    transport: Recording,
) -> Iterator[tuple[str, list[str]]]:
    where = f"{operation.method} {operation.path.raw}"
    entry = entries[operation.method, (operation.written or operation.path).raw]
    call = client
    for name in entry["call"].split("."):
        call = getattr(call, name)
    names = {(location, wire): name for name, (location, wire) in entry["parameters"].items()}
    choice = "content_type" in call.__wrapped__.__annotations__
    for arguments in maker.of(operation, names, choice):
        said = f"{where} ({arguments.said})"
        yield said, list(_call(api, operation, arguments, waiting(call), transport))


def _call(
    api: Api, operation: Operation, arguments: Arguments, call: Call, transport: Recording
) -> Iterator[str]:
    transport.forget()
    failure: Exception | None = None
    try:
        call(**arguments.values)
    except Exception as error:  # whatever it is, it belongs into the report
        failure = error
    request, answer = transport.request, transport.answer
    if request is not None:
        yield from complaints(api, operation, arguments.content, request, transport.body)
    if answer is not None:
        yield from _violations(answer, arguments.content)
    else:
        yield f"{_NOTHING}{type(failure).__name__}: {failure}"


def _violations(answer: httpx2.Response, content: Content | None) -> Iterator[str]:
    for each in _listed(answer.headers.get("sl-violations", "[]")):
        ours = each["location"][:1] == ["request"] and each.get("severity") != "Warning"
        ours = ours and each["location"][1:] not in _NEGOTIATED
        if ours and not _is_unread(content, each["location"], each["message"]):
            yield f"{'.'.join(map(str, each['location']))}: {each['message']}"
    if "json" not in answer.headers.get("content-type", ""):
        return
    try:
        said = answer.json()
    except ValueError:
        return
    problem = str(said.get("type", "")) if isinstance(said, dict) else ""
    _, found, kind = problem.partition("prism/errors#")
    if found and kind not in _UNABLE:
        yield f"{kind}: {said.get('detail')}"


def _listed(header: str) -> list[dict[str, Any]]:
    """The violations in the header's text; JSON, unless it was too long for a header and left out."""
    try:
        found: list[dict[str, Any]] = json.loads(header)
    except ValueError:
        return [{"location": ["request"], "message": f"violations that cannot be read: {header[:300]!r}"}]
    return found


def _is_unread(content: Content | None, location: list[str], message: str) -> bool:
    """Whether the server holds against a body that it cannot read it: XML and JSON under other names, and
    the arrays and objects of forms, of which it knows the last field only."""
    if content is None or location[:2] != ["request", "body"]:
        return False
    if content.media_type.startswith(_FORMS):
        return message.endswith(("must be array", "must be object"))
    return not content.media_type.endswith(("application/json", "+json"))


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
    failed = False
    with tempfile.TemporaryDirectory() as work:
        sys.path.insert(0, work)
        for document in chosen(listed(Path(folder)), names or usual):
            calls = list(run(document, Path(work), command))
            died = sum(_DIED in found for _, found in calls)
            wrong = [
                f"{said}: {each}"
                for said, found in calls
                for each in dict.fromkeys(found)
                if each != _DIED and not _excused(document, f"{said}: {each}")
            ]
            failed = failed or bool(wrong)
            click.echo(
                f"{document.name}: {len(calls)} calls, {len(wrong)} violations, {died} killed the server"
            )
            for line in wrong:
                click.echo(f"    {line[:400]}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
