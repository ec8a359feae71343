"""Whether a run would do what the last one did: then its answer is known without reading a document.

What a job made and said is kept in the user's cache, not in a repository: it holds only for one build of the
generator on one machine. Nothing is believed that can be checked: the documents, what the `.ionapi` files
give, the templates and every file of the packages must be what they were, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import ionapi_codegen
from ionapi_codegen.diagnostics import Diagnostic, Diagnostics, Place, Severity
from ionapi_codegen.output import manifest as manifests
from ionapi_codegen.output import obstacles
from ionapi_codegen.output.lock import is_locked
from ionapi_codegen.output.manifest import sha256
from ionapi_codegen.output.survey import Outcome, staging_folders

_LIBRARIES = (
    "black",
    "jinja2",
    "jsonschema",
    "openapi-spec-validator",
    "openapi-spec-validator-rs",
    "python-jsonpath",
    "PyYAML",
)
"""What the text of a client, or a finding, may depend on."""


@dataclass(frozen=True, slots=True)
class Made:
    """A package as a run left it; `manifest` is the SHA-256 of its manifest."""

    name: str
    folder: str
    operations: int
    models: int
    manifest: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What a run made of its job and said about it. `read` are the files of its documents, each with its
    SHA-256."""

    made: tuple[Made, ...]
    read: Mapping[str, str]
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the cache. `place` names the memory, so that a project has one and not one for each
    version of its documents; `key` is a digest of everything but the documents that decides what a run makes
    and says."""

    place: str
    key: str

    @classmethod
    def of(cls, job: object, built_in: object, templates: Iterable[Path]) -> Question:
        """`job` is what is to be made of which documents, `built_in` what else goes into the text, both with
        a `repr` that tells all of it; `templates` are the folders of the users' own. Raises OSError."""
        where = f"{Path.cwd()}\n{job!r}"
        versions = [f"{name} {_version(name)}" for name in _LIBRARIES]
        rest = [sys.version, *versions, _generator(), *map(_folder_digest, templates), repr(built_in)]
        return cls(_digest(where), _digest("\n".join([where, *rest])))


def recall(question: Question) -> tuple[Memory, tuple[Outcome, ...]] | None:
    """The memory of the last run, where that had the same key and nothing has changed since."""
    try:
        tree = json.loads((cache_folder() / f"{question.place}.json").read_bytes())
        if tree["key"] != question.key:
            return None
        memory = _memory(tree)
        if any(sha256(Path(name).read_bytes()) != digest for name, digest in memory.read.items()):
            return None
        return memory, tuple(map(_unchanged, memory.made))
    except (OSError, ValueError, LookupError, TypeError, RuntimeError):
        return None


def remember(question: Question, memory: Memory) -> None:
    """Keeps the memory until the next run; nowhere, where there is no cache that can be written."""
    with suppress(OSError, RuntimeError):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        # Of one name, so that what a killed run leaves is not left for good.
        new = folder / f"{question.place}.new"
        new.write_text(json.dumps({"key": question.key, **asdict(memory)}), "utf-8")
        new.replace(folder / f"{question.place}.json")


def _memory(tree: Mapping[str, object]) -> Memory:
    made, read, findings = tree["made"], tree["read"], tree["findings"]
    if not (isinstance(made, list) and isinstance(read, dict) and isinstance(findings, list)):
        raise ValueError("not a memory")
    return Memory(tuple(Made(**one) for one in made), read, tuple(map(_finding, findings)))


def _finding(tree: dict[str, object]) -> Diagnostic:
    match tree:
        case {
            "code": str(code),
            "severity": int(severity),
            "message": str(message),
            "place": place,
            "help": help,
        }:
            where = Place(**place) if isinstance(place, dict) else None
            return Diagnostic(
                code, Severity(severity), message, where, help if isinstance(help, str) else None
            )
    raise ValueError("not a finding")


def _unchanged(made: Made) -> Outcome:
    """What writing the package would do: nothing. Raises ValueError where it would do something."""
    folder = Path(made.folder)
    content = (folder / manifests.FILE).read_bytes()
    if sha256(content) != made.manifest or staging_folders(folder) or is_locked(folder.parent):
        raise ValueError("the package has changed")
    files = manifests.parse(content).files
    trouble = Diagnostics()
    for path, digest in files.items():
        current = obstacles.content(folder, path, trouble)
        if current is None or sha256(current) != digest:
            raise ValueError("a file has changed")
    return Outcome((), tuple(sorted((*files, manifests.FILE))), ())


def cache_folder() -> Path:
    """`ionapi-codegen` where the operating system keeps what may be deleted at any time. Raises RuntimeError
    for a user without a home."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "ionapi-codegen"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass"))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


@cache
def _generator() -> str:
    """A digest of the generator's own files: in a checkout they change while the version does not."""
    package = Path(ionapi_codegen.__file__).parent
    beside = package.parents[1] / "templates"
    return _folder_digest(package) + (_folder_digest(beside) if beside.is_dir() else "")


def _folder_digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(_files(folder)):
        digest.update(_digest(path.relative_to(folder).as_posix()).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        yield from (Path(path, name) for name in files)
