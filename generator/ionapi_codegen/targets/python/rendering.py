"""Filling templates: a user's own come before ours; what is wrong with them is said with file and line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError, meta

from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped
from ionapi_codegen.targets.python import contract
from ionapi_codegen.targets.python.gate import GateError, check
from ionapi_codegen.targets.python.templates import environment
from ionapi_codegen.targets.python.views import View

_FIELDS = "`ionapi templates` lists the templates and the fields of their views"


class Renderer:
    """The templates of one run. `Stopped` where those of the user cannot be used."""

    def __init__(self, folder: Path | None, diagnostics: Diagnostics) -> None:
        self._folder = folder
        self._diagnostics = diagnostics
        self._templates = environment(folder)
        self._own = frozenset(self._found(folder)) if folder is not None else frozenset[str]()
        self._references: dict[str, frozenset[str]] = {}
        if folder is not None:
            self._look_through(folder)

    def text(self, path: str, view: View, classes: frozenset[str]) -> str:
        """The file at a path in the package; a module has passed the gate."""
        name = contract.template_of(view)
        if not self.is_users(name):
            text = self._templates.get_template(name).render(view=view)
            if path.endswith(".py"):
                check(path, text, classes)
            return text
        text = self._filled(name, path, view)
        if path.endswith(".py"):
            self._check(name, path, text, classes)
        return text

    def users(self, view: View) -> bool:
        """Whether the text for a view comes from a template of the user's own, or from one that uses one."""
        return self.is_users(contract.template_of(view))

    def is_users(self, name: str) -> bool:
        return bool(self._own) and not self._own.isdisjoint({name, *self._used(name)})

    def _filled(self, name: str, path: str, view: View) -> str:
        try:
            return self._templates.get_template(name).render(view=view)
        except Exception as error:
            found = _position(error.__traceback__, str(self._folder))
            if not isinstance(error, TemplateError) and found is None:
                raise
            file, line = found or (str(self._file(name)), None)
            message = _said(error)
            advice = _FIELDS if isinstance(error, UndefinedError) else None
        place = Place(file, "", line, 1) if line else Place(file)
        raise self._diagnostics.stop("template-error", f"{message} (for {path})", place, advice)

    def _check(self, name: str, path: str, text: str, classes: frozenset[str]) -> None:
        try:
            check(path, text, classes, any_import=True)
            return
        except GateError as error:
            message = str(error)
        raise self._diagnostics.stop(
            "template-output",
            f"what the template makes is refused: {message}",
            Place(str(self._file(name))),
            "a template may add declarations, docstrings and imports, and calls that ours have, too; "
            "what runs belongs in a file of your own beside the generated ones",
        )

    def _file(self, name: str) -> Path:
        """The template of the user's own that a template is, or uses."""
        own = name if name in self._own else min(self._own & self._used(name))
        return (self._folder or Path()) / own

    def _look_through(self, folder: Path) -> None:
        """Reads the user's templates before anything is made of them."""
        for name in sorted(self._own):
            self._used(name)
        used = {each for name in contract.TEMPLATES for each in (name, *self._used(name))}
        for name in sorted(self._own):
            version = contract.written_for((folder / name).read_text("utf-8"))
            if version not in (None, contract.VERSION):
                self._diagnostics.warning(
                    "template-contract",
                    f"the template was written for view contract {version}; this is {contract.VERSION}",
                    Place(str(folder / name), "", 1, 1),
                    "compare it with `ionapi templates show NAME`, then correct its first line",
                )
            if name not in used:
                known = (*contract.TEMPLATES, *contract.PARTS)
                near = difflib.get_close_matches(name, known, n=1)
                self._diagnostics.warning(
                    "template-unused",
                    f"there is no template {name!r} to replace, and no other uses it",
                    Place(str(folder / name)),
                    f"did you mean {near[0]}?" if near else _FIELDS,
                )

    def _found(self, folder: Path) -> Iterator[str]:
        try:
            yield from (path.name for path in folder.iterdir() if path.suffix == ".jinja" and path.is_file())
        except OSError as failure:
            reason = (failure.strerror or type(failure).__name__).lower()
            raise self._stop(
                f"the folder of templates cannot be read: {reason}", Place(str(folder))
            ) from None

    def _used(self, name: str) -> frozenset[str]:
        """The templates that a template includes, imports or extends, and those that they do."""
        if name not in self._references:
            self._references[name] = frozenset()  # for templates that use each other
            found = self._named(name)
            self._references[name] = found | {each for used in found for each in self._used(used)}
        return self._references[name]

    def _named(self, name: str) -> frozenset[str]:
        loader = self._templates.loader
        if loader is None:
            raise AssertionError("the environment has a loader")
        place = Place(str((self._folder or Path()) / name))
        try:
            source, _, _ = loader.get_source(self._templates, name)
            references = meta.find_referenced_templates(self._templates.parse(source, name))
            return frozenset(each for each in references if each is not None)
        except TemplateSyntaxError as error:
            message = f"this is no template: {error.message or 'it cannot be read'}"
            raise self._stop(message, Place(place.file, "", error.lineno, 1)) from None
        except TemplateNotFound:
            return frozenset()  # said where it is used
        except (OSError, UnicodeDecodeError):
            raise self._stop("the template cannot be read as UTF-8 text", place) from None

    def _stop(self, message: str, place: Place) -> Stopped:
        return self._diagnostics.stop("template-error", message, place, _FIELDS)


def _said(error: BaseException) -> str:
    match error:
        case TemplateNotFound():
            return f"there is no template {error.name!r}"
        case TemplateError():
            return str(error.message or type(error).__name__)
        case _:
            return f"{type(error).__name__}: {error}"


def _position(trace: TracebackType | None, folder: str) -> tuple[str, int] | None:
    """The last line of a template in the folder that was being filled."""
    found = None
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if Path(file).is_relative_to(folder):
            found = file, trace.tb_lineno
        trace = trace.tb_next
    return found
