"""The page as one text: everything that it shows, and the little program that shows it."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ionapi_codegen.report_page.drawing import Drawing, Drawn, drawings
from ionapi_codegen.report_page.holdings import GroupTold, Holdings, ModelTold, OperationTold
from ionapi_codegen.report_page.pairing import Pair
from ionapi_codegen.report_page.tables import Fate, Tables, fate
from ionapi_codegen.report_page.views import Comparison, DrawingView, GroupView, PageView, Tally
from ionapi_codegen.targets.python.templates import folder

_BAR = 160
_MOST_TITLE = 3
_TEMPLATES = folder() / "report"


def page(
    holding: Holdings,
    versions: str,
    operations: Sequence[Pair[OperationTold]],
    models: Sequence[Pair[ModelTold]],
    comparison: Comparison | None,
    changes: Mapping[str, Sequence[int]],
) -> str:
    """The text of the page. `holding` is the new side; `changes` are the numbers of the changes that an
    operation (`o3`) or a model (`m5`) went through."""
    groups = _groups(holding.groups, operations)
    style, script = (
        (_TEMPLATES / name).read_text("utf-8").replace("\r\n", "\n") for name in ("page.css", "page.js")
    )
    tables = Tables(models)
    told_operations, told_models = tables.operations(operations), tables.models(models)
    told: dict[str, object] = {"operations": told_operations, "models": told_models}
    drawn = [Drawn(pair.any, fate(one)) for pair, one in zip(models, told_models, strict=True)]
    found = tuple(map(_drawing_view, drawings(drawn, holding.groups)))
    view = PageView(
        title=_title(holding.titles),
        versions=versions,
        documents=holding.titles if len(holding.titles) > 1 else (),
        comparison=comparison,
        tally=_tally(holding),
        groups=tuple(_group_views(groups, operations, tuple(map(fate, told_operations)))),
        drawings=found,
        note=_note(found, models),
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=Markup(
            tables.to_json({**told, "groups": [numbers for _, numbers in groups], "changes": changes})
        ),
    )
    return _environment().get_template("page.html.jinja").render(view=view)


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )


def _policy(style: str, script: str) -> str:
    """Nothing but this style sheet and this program: what a document could smuggle in would not run, and
    nothing can be asked for."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _title(titles: Sequence[str]) -> str:
    named = [title for title in titles if title] or ["An API"]
    rest = len(named) - _MOST_TITLE
    return ", ".join(named[:_MOST_TITLE]) + (f" and {rest:,} more" if rest > 0 else "")


def _tally(holding: Holdings) -> Tally:
    effects = Counter(one.effect for one in holding.operations())
    return Tally(
        f"{effects.total():,}", f"{effects['read']:,}", f"{effects['write']:,}", f"{len(holding.models):,}"
    )


def _groups(
    groups: Sequence[GroupTold], operations: Sequence[Pair[OperationTold]]
) -> list[tuple[GroupTold, list[int]]]:
    """The groups of the new side with the numbers of their operations; what is gone stands in the group of
    its old name, or in one of its own."""
    members: dict[str, list[int]] = {group.name: [] for group in groups}
    for number, pair in enumerate(operations):
        members.setdefault(pair.any.group, []).append(number)
    known = {group.name: group for group in groups}
    return [(known.get(name) or GroupTold(name, "", ()), numbers) for name, numbers in members.items()]


def _group_views(
    groups: Sequence[tuple[GroupTold, Sequence[int]]],
    operations: Sequence[Pair[OperationTold]],
    fates: Sequence[Fate],
) -> Iterator[GroupView]:
    longest = max((len(numbers) for _, numbers in groups), default=1)
    for group, numbers in groups:
        pairs = [operations[number] for number in numbers]
        effects = Counter(pair.new.effect for pair in pairs if pair.new is not None)
        reads, writes = effects["read"], effects["write"]
        count = f"{reads:,} read{_s(reads)}, {writes:,} write{_s(writes)}"
        touched = sum(fates[number] is not Fate.SAME for number in numbers)
        if touched:
            count += f"; {touched:,} changed"
        yield GroupView(
            group.name or "on the client itself",
            group.said,
            count,
            round(reads * _BAR / longest),
            round(writes * _BAR / longest),
        )


def _drawing_view(drawing: Drawing) -> DrawingView:
    note = ""
    if drawing.left_out:
        note = f"{drawing.left_out:,} more that are linked less, or not at all, are not drawn."
    return DrawingView(
        drawing.name,
        f"{drawing.models:,} model{_s(drawing.models)}",
        note,
        f"Picture of the models of {drawing.name}",
        drawing.svg,
        drawing.alone,
    )


def _note(found: Sequence[DrawingView], models: Sequence[Pair[ModelTold]]) -> str:
    if len(found) == 1 and found[0].open:
        return ""
    return (
        f"One picture of all {len(models):,} models would be a tangle; every model has one of what is next "
        "to it."
    )


def _s(number: int) -> str:
    return "" if number == 1 else "s"
