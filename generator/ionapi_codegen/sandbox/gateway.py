"""The sandbox as an ASGI application: the paths of an ION API gateway and its authorization server.

| path | what |
|---|---|
| `/{tenant}/as/token.oauth2`, `revoke_token.oauth2`, `authorization.oauth2` | authorization server, cloud |
| `/{tenant}/connect/token`, `revocation`, `authorize` | the same on premises; below `/InforIntSTS`, too |
| `/{tenant}/{gateway path}/...` | a document whose dialect knows its place behind the gateway |
| `/{tenant}/{base path}/...`, `/{base path}/...` | any other document, by the path of its server's URL |
| `/{tenant}/{suite}/IDORequestService/ido/dynamic/...` | documents of IDOs, where one of Mongoose is served |
| `/_sandbox/...` | faults and counters (`control`) |

Every call needs a good access token, whatever a document says of security, as on a real gateway.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Operation, Server
from ionapi_codegen.sandbox import compass, ido, ln, m3
from ionapi_codegen.sandbox.answers import Answer, Answers
from ionapi_codegen.sandbox.arguments import Call, complaint
from ionapi_codegen.sandbox.authorization import Authorization, Form, Reply
from ionapi_codegen.sandbox.control import Control, Entry
from ionapi_codegen.sandbox.routes import Found, Routes

_CONTROL = "/_sandbox/"
_PREFERRED_STATUS = re.compile(r"\bcode=([1-5]\d\d)\b")


@dataclass(frozen=True, slots=True)
class _Target:
    """An operation with the API it belongs to."""

    api: Api
    operation: Operation
    answers: Answers
    program: m3.Program | None
    ido: ido.Service | None
    other: ln.Service | compass.Service | None


class Gateway:
    """Serves APIs for one tenant. `authorization` has given out the tokens; `control` says what goes
    wrong."""

    def __init__(self, apis: Iterable[Api], authorization: Authorization, control: Control) -> None:
        self._tenant = authorization.credentials.tenant
        self._authorization = authorization
        self._control = control
        self._routes: Routes[_Target] = Routes()
        self._endpoints = _endpoints(self._tenant, authorization)
        self._bulk: dict[str, dict[str, m3.Program]] = {}
        self._mongoose: dict[str, None] = {}
        for api in apis:
            answers = Answers(api)
            program = m3.program(api)
            if program is not None:
                service = base_of(api, (), self._tenant).rpartition("/")[0]
                self._bulk.setdefault(service, {})[program.name] = program
            other = ln.service(api, answers) or compass.service(api, answers)
            mongoose = ido.service(api, answers)
            if mongoose is not None and (root := ido.root(base_of(api, api.servers, self._tenant))):
                self._mongoose[root] = None
            for operation in api.operations:
                paths = (operation.path.raw,) if program is None else m3.templates(operation)
                for base in _bases(api, operation, self._tenant):
                    target = _Target(api, operation, answers, program, mongoose, other)
                    for path in paths:
                        self._routes.add(operation.method, base + path, target)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        path: str = scope.get("raw_path", b"").decode("ascii", "replace") or scope["path"]
        if path.startswith(_CONTROL):
            response = self._controlled(request, path.removeprefix(_CONTROL))
        elif path in self._endpoints:
            response = await self._authorized(request, path)
        else:
            response = await self._called(request, path)
            query = request.url.query
            self._control.count_call(Entry(request.method, ido.masked(path), query, response.status_code))
        await response(scope, receive, send)

    async def _called(self, request: Request, path: str) -> Response:
        found = self._routes.find(request.method, path)
        if found is None and path.split("/")[1] != self._tenant:
            return _json(400, {"error": "Bad Request"})
        if self._control.throttle.refuses():
            return _json(429, {"error": "Spike arrest violation"}, {"Retry-After": "1"})
        if not self._has_token(request):
            challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
            return _json(
                401, {"error": "invalid_token", "error_description": "no good access token"}, challenge
            )
        failure = self._control.call_failures.take()
        if failure is not None:
            return _json(failure, {"error": "failed on request"})
        if request.method == "POST" and path in self._bulk:
            return self._replied(
                m3.execute(self._bulk[path], await request.body(), self._control.refusals), path
            )
        if found is None and (answer := await self._dynamic(request, path)) is not None:
            return self._executed(Response(answer.content, answer.status, answer.headers), path)
        if found is None:
            methods = self._routes.methods(path)
            if methods:
                return _json(405, {"error": "Method Not Allowed"}, {"Allow": ", ".join(methods)})
            return _json(404, {"error": "Not Found"})
        return await self._answered(request, found)

    async def _dynamic(self, request: Request, path: str) -> Answer | None:
        """What Mongoose answers beside the documents."""
        for root in self._mongoose:
            call = Call({}, request.url.query, dict(request.headers.items()), await request.body())
            answer = ido.dynamic(root, path, request.method, call, self._control.refusals)
            if answer is not None:
                return answer
        return None

    def _has_token(self, request: Request) -> bool:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self._authorization.book.is_good(token)

    async def _answered(self, request: Request, found: Found[_Target]) -> Response:
        api, operation = found.target.api, found.target.operation
        headers = dict(request.headers.items())
        if found.target.program is not None:
            call = Call(found.variables, request.url.query, headers, b"")
            reply = m3.transact(found.target.program, operation, call, self._control.refusals)
            return self._replied(reply, request.url.path)
        call = Call(found.variables, request.url.query, headers, await request.body())
        wrong = complaint(api, operation, call)
        if wrong is not None:
            return _json(400, {"error": "Bad Request", "message": wrong})
        if found.target.ido is not None:
            answer = ido.transact(found.target.ido, operation, call, self._control.refusals)
            return self._executed(Response(answer.content, answer.status, answer.headers), request.url.path)
        if found.target.other is not None:
            answer = found.target.other.transact(operation, call, self._control.refusals)
            return self._executed(Response(answer.content, answer.status, answer.headers), request.url.path)
        preferred = _PREFERRED_STATUS.search(headers.get("prefer", ""))
        status = int(preferred[1]) if preferred else None
        answer = found.target.answers.of(operation, headers.get("accept", "*/*"), status)
        return self._executed(Response(answer.content, answer.status, answer.headers), request.url.path)

    def _replied(self, reply: m3.Reply, path: str) -> Response:
        return self._executed(_json(reply.status, reply.answer), path)

    def _executed(self, response: Response, path: str) -> Response:
        """The answer of a call that was carried out, unless it gets lost on the way."""
        if response.status_code < 400:
            self._control.executed[ido.masked(path)] += 1
        lost = self._control.lost_answers.take()
        return response if lost is None else _json(lost, {"error": "lost on request"})

    async def _authorized(self, request: Request, path: str) -> Response:
        endpoint = self._endpoints[path]
        text = (
            request.url.query
            if request.method == "GET"
            else (await request.body()).decode("utf-8", "replace")
        )
        headers = {name.title(): value for name, value in request.headers.items()}
        form = Form.parse(request.method, path, headers, text)
        if endpoint == self._authorization.token:
            return await self._token(form)
        if endpoint == self._authorization.revoke:
            self._control.revocations += 1
        return _sent(endpoint(form))

    async def _token(self, form: Form) -> Response:
        if self._control.token_delay:
            await asyncio.sleep(self._control.token_delay)
        failure = self._control.token_failures.take()
        if failure is not None:
            response = _json(failure, {"error": "temporarily_unavailable"})
        elif form.method != "POST":
            response = _json(405, {"error": "invalid_request"}, {"Allow": "POST"})
        else:
            response = _sent(self._authorization.token(form))
        self._control.count_token_request(form.fields.get("grant_type", ""), response.status_code)
        return response

    def _controlled(self, request: Request, name: str) -> Response:
        if request.method == "GET" and name == "stats":
            return _json(200, self._control.stats())
        if request.method == "GET" and name == "journal":
            return _json(200, [asdict(entry) for entry in self._control.journal])
        try:
            done = request.method == "POST" and self._control.command(
                name, dict(parse_qsl(request.url.query))
            )
        except ValueError:
            return _json(400, {"error": "an argument is no number"})
        return _json(200, self._control.stats()) if done else _json(404, {"error": "no such command"})


def base_of(api: Api, servers: tuple[Server, ...], tenant: str) -> str:
    """The path behind the gateway that the paths of operations are appended to, without a slash at its end.

    Where a dialect knows it, `servers` do not count.
    """
    if api.gateway_path is not None:
        return f"/{tenant}/{api.gateway_path.raw.strip('/')}".rstrip("/")
    return f"/{tenant}{_path(servers)}"


def _bases(api: Api, operation: Operation, tenant: str) -> list[str]:
    """Every path that an operation is found below."""
    servers = operation.servers or api.servers
    base = base_of(api, servers, tenant)
    return [base] if api.gateway_path is not None else [base, _path(servers)]


def _path(servers: tuple[Server, ...]) -> str:
    """The path of the first server's URL, its variables replaced by their defaults."""
    if not servers:
        return ""
    url = servers[0].url.raw
    for variable in servers[0].variables:
        url = url.replace(f"{{{variable.name.raw}}}", variable.default.raw)
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    stripped = path.strip("/")
    return f"/{stripped}" if stripped else ""


def _endpoints(tenant: str, authorization: Authorization) -> dict[str, Callable[[Form], Reply]]:
    token, revoke, authorize = authorization.token, authorization.revoke, authorization.authorize
    endpoints: dict[str, Callable[[Form], Reply]] = {
        f"/{tenant}/as/token.oauth2": token,
        f"/{tenant}/as/revoke_token.oauth2": revoke,
        f"/{tenant}/as/authorization.oauth2": authorize,
    }
    for folder in (tenant, "InforIntSTS"):
        endpoints |= {
            f"/{folder}/connect/token": token,
            f"/{folder}/connect/revocation": revoke,
            f"/{folder}/connect/authorize": authorize,
        }
    return endpoints


def _sent(reply: Reply) -> Response:
    return Response(reply.content, reply.status, dict(reply.headers))


def _json(status: int, value: object, headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps(value), status, headers, media_type="application/json")
