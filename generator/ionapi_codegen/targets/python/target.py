"""The Python target: a package's documents in, the files of its client out."""

from __future__ import annotations

from jinja2 import Environment

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.targets.base import Options, Package, Rendered
from ionapi_codegen.targets.python.formatting import formatted
from ionapi_codegen.targets.python.gate import check
from ionapi_codegen.targets.python.package import plan
from ionapi_codegen.targets.python.templates import environment, runtime_files
from ionapi_codegen.targets.python.views import (
    ApiModule,
    ClientModule,
    GroupModule,
    IndexModule,
    ModelsModule,
    PackageModule,
    PlainModule,
    Readme,
    View,
)

_TEMPLATES: dict[type[View], str] = {
    ApiModule: "api.py.jinja",
    ClientModule: "client.py.jinja",
    GroupModule: "group.py.jinja",
    IndexModule: "models_index.py.jinja",
    ModelsModule: "models.py.jinja",
    PackageModule: "package.py.jinja",
    PlainModule: "plain.py.jinja",
    Readme: "readme.md.jinja",
}


class PythonTarget:
    """Renders a package in Python. Pure: it reads the templates and the runtime, and writes nothing."""

    name = "python"

    def render(self, package: Package, options: Options, diagnostics: Diagnostics) -> Rendered:
        """The files of the client, by their path in the package's folder, and its operations."""
        planned = plan(package, options.pinned)
        files = {f"_runtime/{name}": text for name, text in runtime_files().items()}
        files["py.typed"] = b""
        templates = environment(options.templates)
        for path, view in planned.views.items():
            text = _rendered(view, templates)
            if path.endswith(".py"):
                check(path, text, planned.classes)
                if options.templates is not None:
                    text = formatted(text)
            files[path] = text.encode("utf-8")
        return Rendered(dict(sorted(files.items())), planned.entries)


def _rendered(view: View, templates: Environment) -> str:
    return templates.get_template(_TEMPLATES[type(view)]).render(view=view)
