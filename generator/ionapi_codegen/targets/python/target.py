"""The Python target: a package's documents in, the files of its client out."""

from __future__ import annotations

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.targets.base import Options, Package, Rendered
from ionapi_codegen.targets.python.formatting import formatted
from ionapi_codegen.targets.python.imports import RUNTIME
from ionapi_codegen.targets.python.package import plan
from ionapi_codegen.targets.python.rendering import Renderer
from ionapi_codegen.targets.python.runtime_parts import needed
from ionapi_codegen.targets.python.templates import runtime_files


class PythonTarget:
    """Renders a package in Python. Pure: it reads the templates and the runtime, and writes nothing but what
    its formatter remembers."""

    name = "python"

    def render(self, package: Package, options: Options, diagnostics: Diagnostics) -> Rendered:
        """The files of the client, by their path in the package's folder, and its operations."""
        planned = plan(package, options.pinned)
        renderer = Renderer(options.templates, diagnostics)
        texts = {path: renderer.text(path, view, planned.classes) for path, view in planned.views.items()}
        modules = {
            path: texts[path]
            for path, view in planned.views.items()
            if path.endswith(".py") and (options.format_all or renderer.users(view))
        }
        texts |= formatted(modules, options.cache)
        files = {path: text.encode("utf-8") for path, text in texts.items()}
        files["py.typed"] = b""
        runtime = needed(runtime_files(), (text for path, text in texts.items() if path.endswith(".py")))
        files |= {f"{RUNTIME}/{name}": text for name, text in runtime.items()}
        return Rendered(dict(sorted(files.items())), planned.entries)
