"""Pictures of how models hang together, as SVG: of all of them where they are few, of each group's where they
are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ionapi_codegen.report_page.holdings import GroupTold, ModelTold
from ionapi_codegen.report_page.picture import BOX_HEIGHT, Arrow, Box, Picture, picture
from ionapi_codegen.report_page.tables import Fate

_MOST_TOGETHER = 60
_MOST_OF_GROUP = 40
_MOST_PICTURES = 80
_MOST_LETTERS = 28


@dataclass(frozen=True, slots=True)
class Drawn:
    """A model that may be drawn: the new one, or else the old one, and what became of it."""

    model: ModelTold
    fate: Fate


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture with its heading; `left_out` counts models that would have made it unreadable. `alone` says
    that it is the page's only one."""

    name: str
    models: int
    left_out: int
    svg: Markup
    alone: bool


def drawings(models: Sequence[Drawn], groups: Sequence[GroupTold]) -> Iterator[Drawing]:
    """The pictures of a page, in the order of the groups. None of models that do not name each other."""
    numbers = {one.model.key: number for number, one in enumerate(models)}
    edges = {
        number: list(dict.fromkeys(numbers[key] for key in one.model.models if key in numbers))
        for number, one in enumerate(models)
    }
    if len(models) <= _MOST_TOGETHER:
        if any(edges.values()):
            drawn = _drawn(models, range(len(models)), edges)
            yield Drawing("All models", len(models), 0, drawn, alone=True)
        return
    count = 0
    for group in groups:
        start = [numbers[key] for one in group.operations for key in one.models if key in numbers]
        reached = _reached(start, edges)
        shown = _most_linked(reached, edges)
        if shown and count < _MOST_PICTURES:
            count += 1
            drawn = _drawn(models, shown, edges)
            name = group.name or "operations without a group"
            yield Drawing(name, len(shown), len(reached) - len(shown), drawn, alone=False)


def _reached(start: Iterable[int], edges: Mapping[int, Sequence[int]]) -> list[int]:
    """What is given and what it needs, the nearest first."""
    reached = dict.fromkeys(start)
    waiting = list(reached)
    for number in waiting:  # grows while it is read
        for other in edges[number]:
            if other not in reached:
                reached[other] = None
                waiting.append(other)
    return waiting


def _most_linked(reached: Sequence[int], edges: Mapping[int, Sequence[int]]) -> list[int]:
    """Those that a picture says most about: the ones with the most arrows among them, none without."""
    known = frozenset(reached)
    arrows = [(number, other) for number in reached for other in edges[number] if other in known]
    links = Counter(end for arrow in arrows for end in arrow)
    chosen = frozenset(sorted(links, key=lambda number: (-links[number], number))[:_MOST_OF_GROUP])
    return [number for number in reached if number in chosen]


def _drawn(models: Sequence[Drawn], shown: Iterable[int], edges: Mapping[int, Sequence[int]]) -> Markup:
    names = {number: _name(models[number].model) for number in shown}
    return svg(picture(names, edges), names, models)


def svg(drawn: Picture, names: Mapping[int, str], models: Sequence[Drawn]) -> Markup:
    """The text of a picture. Every box is a link to its model; colours come from the page's style sheet."""
    arrows = Markup("").join(_arrow(arrow) for arrow in drawn.arrows)
    boxes = Markup("").join(_box(box, names[box.node], models[box.node]) for box in drawn.boxes)
    return Markup(
        '<svg width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="group" aria-label="{2}">{3}{4}</svg>'
    ).format(drawn.width, drawn.height, "Models and what they are made of", arrows, boxes)


def _arrow(arrow: Arrow) -> Markup:
    return Markup('<path class="arrow{}" d="{}" data-ends="{} {}"/>').format(
        " back" if arrow.back else "", arrow.path, arrow.start, arrow.end
    )


def _box(box: Box, name: str, drawn: Drawn) -> Markup:
    model = drawn.model
    fields = sum(row.kind == "field" for row in model.rows)
    below = f"{fields} field{'' if fields == 1 else 's'}" if model.kind == "record" else "type"
    fate = "" if drawn.fate is Fate.SAME else drawn.fate.value
    return Markup(
        '<a href="#m{}" class="box {} {}" data-node="{}"><title>{}</title>'
        '<rect x="{}" y="{}" width="{}" height="{}" rx="6"/>'
        '<text x="{}" y="{}">{}</text><text class="below" x="{}" y="{}">{}</text></a>'
    ).format(
        box.node,
        model.kind,
        fate,
        box.node,
        "; ".join(filter(None, [f"{model.key}: {model.travels}", fate])),
        *(box.x, box.y, box.width, BOX_HEIGHT),
        *(box.x + 12, box.y + 17, name),
        *(box.x + 12, box.y + 32, " · ".join(filter(None, [below, fate]))),
    )


def _name(model: ModelTold) -> str:
    name = model.key.rpartition(".")[2]
    return name if len(name) <= _MOST_LETTERS else name[: _MOST_LETTERS - 1] + "…"
