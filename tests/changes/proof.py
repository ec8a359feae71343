"""What the kinds of changes are proved with: for each a caller, two documents, and what came of them."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import yaml
from mypy import api as mypy

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects.registry import AUTO
from ionapi_codegen.ir.text import Text
from ionapi_codegen.pipeline import understand
from ionapi_codegen.targets.base import NamedApi, Options, Package
from ionapi_codegen.targets.python.target import PythonTarget
from tests_support.strict_server import VARIANTS, StrictServer

KINDS = Path(__file__).parent / "kinds"
_PLACEHOLDER = re.compile(r"\bexample(?=_|\b)")
SIDES = ("old", "new")


@dataclass(frozen=True, slots=True)
class Case:
    """A folder: `kind`, or `kind--what is particular`."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name.replace("-", "_")

    @property
    def kind(self) -> str:
        return self.folder.name.partition("--")[0]

    def spec(self, side: str) -> Path:
        """The document of one side, or the folder of its documents."""
        one = self.folder / f"{side}.yaml"
        return one if one.is_file() else self.folder / side

    def dialect(self, side: str) -> str:
        """What refines the documents of one side, as `--dialect` names it."""
        named = self.folder / "dialects.yaml"
        found: dict[str, str] = yaml.safe_load(named.read_text("utf-8")) if named.is_file() else {}
        return found.get(side, AUTO)

    @property
    def asks_for_servers(self) -> bool:
        """Whether the caller chooses among the addresses of its document."""
        return "client.example_servers" in (self.folder / "caller.py").read_text("utf-8")

    def documents(self, side: str) -> list[Path]:
        spec = self.spec(side)
        return [spec] if spec.is_file() else sorted(spec.iterdir())


def _rendered(apis: tuple[NamedApi, ...]) -> Mapping[str, bytes]:
    package, options = Package("client", apis, None), Options({}, None, "0")
    return PythonTarget().render(package, options, Diagnostics()).files


def cases() -> list[Case]:
    return [Case(folder) for folder in sorted(KINDS.iterdir()) if folder.is_dir()]


class Proof:
    """One client that has every document of every case, and the callers of each beside it."""

    def __init__(self, cases: Sequence[Case], folder: Path) -> None:
        self._cases = cases
        self._folder = folder
        self._write_client()
        for case in cases:
            for side in SIDES:
                text = (case.folder / "caller.py").read_text("utf-8")
                text = _PLACEHOLDER.sub(f"{case.name}_{side}", text)
                (folder / f"{case.name}_against_{side}.py").write_text(text, "utf-8")

    def _write_client(self) -> None:
        """The clients of the same runtime: one is all that has to be checked and imported."""
        apis: list[NamedApi] = []
        for case in self._cases:
            for side in SIDES:
                for path in case.documents(side):
                    diagnostics = Diagnostics()
                    (api,) = understand(str(path), case.dialect(side), diagnostics)
                    last = "" if path.stem == side else f"_{path.stem}"
                    name = f"{case.name}_{side}{last}"
                    apis.append(NamedApi(name, replace(api, title=Text(name), version=Text("1"))))
                if case.asks_for_servers:
                    self._write_servers(apis[-1])
        self._write(_rendered(tuple(sorted(apis, key=lambda one: one.name))))

    def _write_servers(self, named: NamedApi) -> None:
        """The module of addresses that the document's client has where it is the only one, with what it needs
        of the runtime."""
        files = _rendered((named,))
        needed = {path: content for path, content in files.items() if path.startswith("_runtime/")}
        if "servers.py" in files:
            self._write(needed | {f"{named.name}_servers.py": files["servers.py"]})

    def _write(self, files: Mapping[str, bytes]) -> None:
        for path, content in files.items():
            target = self._folder / "client" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def type_errors(self) -> dict[tuple[str, str], list[str]]:
        """What mypy says of the callers, by case and side."""
        callers = sorted(self._folder.glob("*_against_*.py"))
        config = self._folder / "mypy.ini"
        config.write_text("[mypy]\nsqlite_cache = True\n[mypy-client.*]\nfollow_imports = silent\n", "utf-8")
        arguments = ["--config-file", str(config), "--cache-dir", str(self._folder / "cache")]
        out, err, _ = mypy.run([*arguments, "--no-error-summary", *map(str, callers)])
        assert not err, err
        found: dict[tuple[str, str], list[str]] = {}
        for line in out.splitlines():
            path, _, said = line.partition(":")
            name, _, side = Path(path).stem.rpartition("_against_")
            if ": error:" in said:
                found.setdefault((name, side), []).append(line)
        return found

    def failures(self, side: str) -> Iterator[tuple[Case, str]]:
        """The callers of the old client that fail against servers of one side, and of what."""
        for case in self._cases:
            documents = [yaml.safe_load(path.read_text("utf-8")) for path in case.documents(side)]
            module = importlib.import_module(f"{case.name}_against_old")
            for variant in VARIANTS:
                if (reason := self._run(module, documents, variant)) is not None:
                    yield case, f"variant {variant}: {reason}"
                    break

    def _run(self, module: Any, documents: Sequence[Any], variant: int) -> str | None:
        servers = [StrictServer(document, variant) for document in documents]

        def answer(request: httpx2.Request) -> httpx2.Response:
            answers = [server(request) for server in servers]
            return next((one for one in answers if one.status_code != 404), answers[0])

        client = importlib.import_module("client")
        transport = httpx2.MockTransport(answer)
        auth, base_url = getattr(module, "AUTH", None), getattr(module, "BASE_URL", None)
        try:
            with client.Client(auth=auth, base_url=base_url, transport=transport) as made:
                module.call(made)
        except Exception as failure:
            refused = [reason for server in servers for reason in server.refusals]
            return f"{type(failure).__name__}: {failure} {refused}"
        return None


def importable(folder: Path) -> Iterator[None]:
    """The callers and their client can be imported for a while."""
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    before = set(sys.modules)
    yield
    sys.path.remove(str(folder))
    for name in set(sys.modules) - before:
        if name.partition(".")[0] == "client" or "_against_" in name:
            del sys.modules[name]
