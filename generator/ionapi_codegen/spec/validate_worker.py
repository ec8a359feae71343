"""The child process of `validate`: runs the validator on documents that it gets on standard input.

A process of its own, because the validator is slow and recursive and can be stopped in the middle only from
outside; because its imports take half a second, in which the generator can do something else; and because
here, and nowhere else, the network can be switched off and its environment be set.

Input is, for each document, a line of JSON (`Header`) and the texts of the document's files. Output is, for
each document, a line of JSON for each finding, flushed at once so that what was found before the process was
stopped is not lost, and a line saying how it ended (`Verdict`).
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import itertools
import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, Protocol, TypedDict, final

from ionapi_codegen.spec.validate_defaults import Defaults

LONGEST_MESSAGE = 240

VALIDATORS = {
    "2.0": "OpenAPIV2SpecValidator",
    "3.0": "OpenAPIV30SpecValidator",
    "3.1": "OpenAPIV31SpecValidator",
    "3.2": "OpenAPIV32SpecValidator",
}
"""Version of a document, without its patch number -> the class that knows it."""

_OPERATION = re.compile(r"for '(?P<method>[a-z]+)' (?:operation )?in '(?P<path>/.*?)' (?:is|was) not ")
_REFERRING = ("$ref", "$dynamicRef", "$recursiveRef")
_NAMING = ("$id", "$schema")
_DATA = frozenset(("const", "default", "enum", "example", "examples"))
_OF_NAMES = frozenset(
    (
        *("$defs", "definitions", "dependentSchemas", "patternProperties", "properties"),
        *("callbacks", "content", "encoding", "headers", "links", "mediaTypes", "parameters"),
        *("pathItems", "paths", "requestBodies", "responses", "schemas", "securitySchemes", "webhooks"),
    )
)
"""Keywords of objects whose members have names that the author chose."""

_FAST, _USUAL = "openapi_spec_validator_rs", "openapi_spec_validator"


class Request(TypedDict):
    """`documents` maps the URI of each file to its content; `root` is the URI of the one to validate."""

    version: str
    root: str
    documents: dict[str, object]


class Header(TypedDict):
    """What comes before the texts. `files` are the URI of each, the one to validate first, and how many bytes
    of JSON it has; `most` is how many findings are written out, `seconds` the processor time that there is,
    the start of the process included in that of the first document, 0 for as long as it takes."""

    version: str
    files: list[tuple[str, int]]
    most: int
    seconds: float


@final
class Finding(TypedDict):
    """`path` leads to the value; `message` is one printable sentence of bounded length."""

    path: list[str | int]
    message: str


@final
class Verdict(TypedDict):
    """`more` findings were not written out; `failed` names the exception that ended the validator, if one
    did; `seconds` is the processor time that it took."""

    more: int
    failed: NotRequired[str]
    seconds: NotRequired[float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a worker wrote of one document. `cut_short` is that it was ended before it wrote its verdict."""

    findings: tuple[Finding, ...]
    more: int = 0
    failed: str | None = None
    cut_short: bool = False
    seconds: float = 0.0


def outcome(output: Iterable[bytes]) -> Outcome:
    """What the worker's lines up to the next verdict say; a line that it was writing when it was ended does
    not count."""
    findings: list[Finding] = []
    for line in output:
        if not line.endswith(b"\n"):
            break
        written: Finding | Verdict = json.loads(line)
        if "more" in written:
            return Outcome(
                tuple(findings), written["more"], written.get("failed"), seconds=written.get("seconds", 0.0)
            )
        findings.append(written)
    return Outcome(tuple(findings), cut_short=True)


class ValidationError(Protocol):
    """What both libraries tell of an error. `instance` is the value at `absolute_path`; `context` holds, for
    a choice of schemas, what was wrong under each of them, `validator` the keyword of the schema that
    failed."""

    message: str
    instance: object
    validator: object

    @property
    def absolute_path(self) -> Iterable[str | int]: ...

    @property
    def schema_path(self) -> Iterable[str | int]: ...

    @property
    def context(self) -> Sequence[ValidationError] | None: ...


class Validator(Protocol):
    def iter_errors(self) -> Iterator[ValidationError]: ...


def validate(request: Request) -> Iterator[Finding]:
    """Every finding once, in the validator's order. Raises whatever the validator raises."""
    content = request["documents"][request["root"]]
    defaults = Defaults(content)
    seen: set[str] = set()
    for error in _validator(request).iter_errors():
        finding = _finding(_telling(error), content, defaults)
        key = json.dumps(finding)
        if key not in seen:
            seen.add(key)
            yield finding


def _validator(request: Request) -> Validator:
    """The fast validator where it is installed and the document refers to nothing but itself (else it would
    read the files and URLs that are referred to); otherwise the usual one, which is given our files and
    nothing else."""
    name, root, documents = VALIDATORS[request["version"]], request["root"], request["documents"]
    with contextlib.suppress(ImportError):
        fast = importlib.import_module(_FAST)
        if not leads_elsewhere(documents[root]):
            fast_class: Callable[[object], Validator] = getattr(fast, name)
            return fast_class(documents[root])
    usual = importlib.import_module(_USUAL)
    paths = importlib.import_module("jsonschema_path")
    tree: object = paths.SchemaPath.from_dict(documents[root], base_uri=root, handlers=_Loaded(documents))
    usual_class: Callable[[object], Validator] = getattr(usual, name)
    return usual_class(tree)


def leads_elsewhere(document: object) -> bool:
    """Whether anything in a document names another one. What an example or a default holds is data, where
    only a reference might be followed all the same."""
    waiting: list[tuple[object, bool, bool]] = [(document, False, False)]
    while waiting:
        value, has_names, is_data = waiting.pop()
        if isinstance(value, list):
            waiting.extend((each, False, is_data) for each in value)
        if not isinstance(value, dict):
            continue
        for key, each in value.items():
            telling = _REFERRING if is_data else (*_REFERRING, *_NAMING)
            if key in telling and isinstance(each, str) and not each.startswith("#"):
                return True
            inside = is_data or (not has_names and key in _DATA)
            waiting.append((each, not has_names and key in _OF_NAMES, inside))
    return False


class _Loaded(Mapping[str, object]):
    """Answers for every URI scheme, so that the library's own way, fetching it, is never taken."""

    def __init__(self, documents: Mapping[str, object]) -> None:
        self._documents = documents

    def __getitem__(self, scheme: str) -> object:
        return self._documents.__getitem__

    def __contains__(self, scheme: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _telling(error: ValidationError) -> ValidationError:
    """The innermost error that says why no branch of a choice fits: "is not valid under any of the given
    schemas" helps nobody.

    The branch meant is one whose marks (`in: query`, `$ref`) the value has, with the least against it.
    """
    while error.context:
        branches: dict[object, list[ValidationError]] = {}
        for inner in error.context:
            branches.setdefault(next(iter(inner.schema_path), None), []).append(inner)
        meant = min(branches.values(), key=lambda errors: (any(map(_is_of_another, errors)), len(errors)))
        error = max(meant, key=lambda inner: len(list(inner.absolute_path)))
    return error


def _is_of_another(error: ValidationError) -> bool:
    """Whether the error says that the value is something else, not that it is a bad one of the kind."""
    return error.validator in ("enum", "const") or "'$ref' is a required property" in error.message


def _finding(error: ValidationError, content: object, defaults: Defaults) -> Finding:
    path = list(error.absolute_path)
    named = _OPERATION.search(error.message)
    if not path and named:
        path = ["paths", named["path"], named["method"]]
    elif not path or not _leads_to(path, content, error.instance):
        # The paths of errors in default values start there; those behind references lead nowhere.
        wanted: object = getattr(error, "validator_value", None)
        path = list(defaults.path(path, error.instance, error.validator, wanted, error.message))
    return {"path": path, "message": _sentence(error)}


def _leads_to(path: list[str | int], content: object, value: object) -> bool:
    for step in path:
        match content:
            case dict() if step in content:
                content = content[step]
            case list() if isinstance(step, int) and step < len(content):
                content = content[step]
            case _:
                return False
    return not path or content == value


def _sentence(error: ValidationError) -> str:
    message = error.message
    if isinstance(error.instance, dict | list):
        noun = "the object" if isinstance(error.instance, dict) else "the list"
        message = message.replace(repr(error.instance), noun)
    message = "".join(letter if letter.isprintable() else " " for letter in message)
    return message if len(message) <= LONGEST_MESSAGE else message[: LONGEST_MESSAGE - 1] + "…"


def _without_files(content: object) -> object:
    """Answers of `type: file`, which Swagger 2.0 allows (Response Object) and the validator does not, as
    strings."""
    if isinstance(content, list):
        return [_without_files(value) for value in content]
    if not isinstance(content, dict):
        return content
    copy = {key: _without_files(value) for key, value in content.items()}
    schema = copy.get("schema")
    if "description" in copy and isinstance(schema, dict) and schema.get("type") == "file":
        copy["schema"] = {**schema, "type": "string"}
    return copy


def _write(line: Finding | Verdict) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _report(findings: Iterable[Finding], most: int) -> Verdict:
    """Writes at most so many findings; says how many more there are."""
    rest = iter(findings)
    for finding in itertools.islice(rest, most):
        _write(finding)
    return {"more": sum(1 for _ in rest)}


def _request(header: Header, texts: Iterable[bytes]) -> Request:
    documents: dict[str, object] = {
        address: json.loads(text) for (address, _), text in zip(header["files"], texts, strict=True)
    }
    if header["version"] == "2.0":
        documents = {address: _without_files(content) for address, content in documents.items()}
    return Request(version=header["version"], root=header["files"][0][0], documents=documents)


def _answer(header: Header, texts: Iterable[bytes], spent: float) -> Verdict:
    """Reads, validates and reports one document; of its processor time so much has been spent already.
    Half of it is left for the document, however slow the start was."""
    try:
        if header["seconds"]:
            _limit_cpu(max(header["seconds"] - spent, header["seconds"] / 2))
        return _report(validate(_request(header, texts)), header["most"])
    except Exception as failure:
        return {"more": 0, "failed": type(failure).__name__}
    finally:
        _limit_cpu(0)


def _confine(own_folder: str) -> None:
    """Ends the network and `file:` URLs for this process, whatever a document makes the library do. Only its
    own schemas, below `own_folder`, does the library read through such URLs rightly."""

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in ("socket.connect", "socket.getaddrinfo"):
            raise PermissionError("the validator has no network")
        if event == "urllib.Request" and not str(arguments[0]).startswith(own_folder):
            raise PermissionError("the validator reads no URLs")

    sys.addaudithook(refuse)


def _limit_cpu(seconds: float) -> None:
    """Lets the system end this process after so much processor time from now on, wherever it then is; 0 lets
    it live. Processor time, so that a busy machine does not change what is found."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def main() -> None:
    """`python -m ionapi_codegen.spec.validate_worker`: answers until its input ends."""
    # Without this the library changes to jsonschema-rs wherever that is installed, and finds other things.
    os.environ["OPENAPI_SPEC_VALIDATOR_SCHEMA_VALIDATOR_BACKEND"] = "jsonschema"
    if importlib.util.find_spec(_FAST) is None:
        importlib.import_module(_USUAL)  # now, while nobody waits
    library = importlib.util.find_spec(_USUAL)
    assert library is not None
    assert library.origin is not None
    _confine(Path(library.origin).parent.as_uri() + "/")
    ended = 0.0
    while line := sys.stdin.buffer.readline():
        header: Header = json.loads(line)
        spent = time.process_time() - ended  # for the first document, what the start has taken
        verdict = _answer(header, [sys.stdin.buffer.read(size) for _, size in header["files"]], spent)
        verdict["seconds"] = time.process_time() - ended
        ended = time.process_time()
        _write(verdict)


if __name__ == "__main__":
    main()
