"""What one generated package is worth: `python -m corpus.probe DOCUMENT PACKAGE` prints it as JSON.

Runs in a process of its own, with the package's folder on the path, so that importing it costs what it costs.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from compileall import compile_dir
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_MOST_SHOWN = 20


def main(spec: str, name: str) -> dict[str, object]:
    """Imports everything, resolves every annotation, sends every example through its type."""
    found_at = find_spec(name)
    assert found_at is not None and found_at.origin is not None
    folder = Path(found_at.origin).parent
    compiles = compile_dir(
        folder, quiet=2
    )  # as an installer does, so that importing costs what it costs later
    began = time.perf_counter()
    package = import_module(name)
    _ = package.Client
    seconds = time.perf_counter() - began

    from corpus.examples import examples
    from corpus.roundtrip import Client, misfit, problems

    broken = [*_modules(folder, name), *(() if compiles else ("not every module compiles",))]
    manifest = json.loads((folder / ".ionapi-codegen.json").read_text("utf-8"))
    calls = {(entry["method"], entry["path"]): entry["call"] for entry in manifest["operations"]}
    client = Client(name, calls)
    found: list[tuple[str, str]] = []
    for method, path in calls:
        try:
            _resolve_operation(client, client.operation(method, path))
            found.append((method, path))
        except Exception as error:  # whatever it is, it is what a caller would get
            broken.append(f"{method} {path}: {type(error).__name__}: {error}")
    broken += _models(client, name)

    counts: Counter[str] = Counter()
    lost: list[str] = []
    misfits: list[str] = []
    for example in examples(spec):
        counts["examples"] += 1
        try:
            differing = list(problems(client, example))
            wrong = misfit(client, example)
        except Exception as error:
            differing, wrong = [f"{type(error).__name__}: {error}"], None
        if differing:
            counts["lost"] += 1
            lost.append(f"{example.where}: {'; '.join(differing[:3])}")
        if wrong:
            counts["misfits"] += 1
            misfits.append(f"{example.where}: {wrong}")
    return {
        "import_seconds": seconds,
        "operations": found,
        "broken": broken[:_MOST_SHOWN],
        "broken_count": len(broken),
        "examples": counts["examples"],
        "lost": lost[:_MOST_SHOWN],
        "lost_count": counts["lost"],
        "misfits": misfits[:_MOST_SHOWN],
        "misfit_count": counts["misfits"],
    }


def _modules(folder: Path, name: str) -> Iterator[str]:
    """What cannot be imported."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        module = ".".join((name, *(part for part in parts if part != "__init__")))
        try:
            import_module(module)
        except Exception as error:
            yield f"{path.relative_to(folder)}: {type(error).__name__}: {error}"


def _resolve_operation(client: Any, operation: Any) -> None:
    """Makes all that is made at the first call, for every status."""
    _ = operation.plan
    reader = client.runtime("reading").Reader
    for statuses in (operation.returns, operation.errors):
        for annotation in statuses().values() if statuses is not None else ():
            reader(annotation, operation.declared.__globals__)


def _models(client: Any, name: str) -> Iterator[str]:
    """The fields and aliases whose annotations cannot be read."""
    base = client.runtime("model").Model
    prefix = f"{name}.models"
    modules = [loaded for key, loaded in sorted(sys.modules.items()) if key.startswith(prefix)]
    classes = {
        value for module in modules for value in vars(module).values() if _is_model(value, base, prefix)
    }
    for cls in sorted(classes, key=lambda one: (one.__module__, one.__qualname__)):
        for field in cls.__record__.fields.values():
            try:
                field.resolve()
            except Exception as error:
                yield f"{cls.__qualname__}.{field.name}: {type(error).__name__}: {error}"
    models = sys.modules.get(prefix)
    for alias in getattr(models, "__all__", ()):
        try:
            client.codec(alias)
        except Exception as error:
            yield f"models.{alias}: {type(error).__name__}: {error}"


def _is_model(value: object, base: type, prefix: str) -> bool:
    return isinstance(value, type) and issubclass(value, base) and value.__module__.startswith(prefix)


if __name__ == "__main__":
    json.dump(main(sys.argv[1], sys.argv[2]), sys.stdout)
