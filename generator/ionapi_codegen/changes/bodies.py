"""What changed in what an operation is sent as its body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ionapi_codegen.changes.annotations import OBJECT, Annotation, assignable
from ionapi_codegen.changes.facets import Facets
from ionapi_codegen.changes.scene import SENT, Scene, joined, side
from ionapi_codegen.changes.spelling import short
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Body, Content, Operation
from ionapi_codegen.ir.schema import Anything, Type
from ionapi_codegen.targets.python.bodies import is_object, is_without_fields, passed
from ionapi_codegen.targets.python.media import Family, family

_MAPPING = ("Mapping",)
_JSON = frozenset({Family.JSON, Family.JSON_LINES})


def compare_bodies(scene: Scene, old: Operation, new: Operation) -> None:
    """Notes what changed in the body of an operation that both sides have."""
    where = scene.after.call(new)
    one, other = old.body, new.body
    if one is None or other is None:
        if one is not None:
            scene.add("body-removed", where, "body was removed", side(one.place), None, source=True)
        if other is not None and other.required:
            place = side(other.place)
            message = "body was added, and is required"
            scene.add("body-added-required", where, message, None, place, source=True, wire=True)
        elif other is not None:
            scene.add("body-added", where, "body was added", None, side(other.place))
        return
    if one == other:
        return
    places = side(one.place), side(other.place)
    if one.required != other.required:
        words = [("required" if body.required else "optional") for body in (one, other)]
        values = replace(places[0], value=words[0]), replace(places[1], value=words[1])
        kind, breaks = f"body-{words[1]}", other.required
        scene.add(kind, where, f"body became {words[1]}", *values, source=breaks, wire=breaks)
    _compare_media(scene, where, one, other)
    scene.documented("body", where, "body", one.docs, other.docs, places)


def _compare_media(scene: Scene, where: str, old: Body, new: Body) -> None:
    before = {content.media_type: content for content in old.contents}
    after = {content.media_type: content for content in new.contents}
    places = side(old.place), side(new.place)
    gone = [media for media in before if media not in after]
    come = [media for media in after if media not in before]
    if gone:
        passed = assignable(_annotation(scene, old, of_new=False), _annotation(scene, new, of_new=True))
        listed = ", ".join(map(short, gone))
        instead = f", but as {', '.join(map(short, come))}" if come and len(gone) == len(before) else ""
        scene.add(
            "body-media-type-removed",
            where,
            f"body is no longer taken as {listed}{instead}",
            replace(places[0], value=listed),
            replace(places[1], value=", ".join(map(short, after))),
            source=not passed or len(before) > 1,
            wire=True,
        )
    if come and len(gone) < len(before):
        listed = ", ".join(map(short, come))
        message = f"body is now taken as {listed}, too"
        values = replace(places[0], value=", ".join(map(short, before))), replace(places[1], value=listed)
        scene.add("body-media-type-added", where, message, *values)
    for media, content in before.items():
        if media in after:
            _compare_content(scene, where, content, after[media], old, new)


def _compare_content(scene: Scene, where: str, old: Content, new: Content, body: Body, other: Body) -> None:
    for one, two in ((old.type, new.type), (old.item, new.item)):
        before: Type = Anything() if one is None else one
        after: Type = Anything() if two is None else two
        in_text = family(new) not in _JSON
        facets = list(Facets(scene, SENT, in_text=in_text).of(before, after))
        if not facets:
            continue
        scene.add(
            "body-type-changed",
            where,
            joined(f"body{':' if facet.name == 'type-changed' else ''} {facet.message}" for facet in facets),
            side(body.place, facets[0].old),
            side(other.place, facets[0].new),
            source=any(facet.source for facet in facets),
            wire=any(facet.wire for facet in facets),
        )
    if _written(old) != _written(new):
        media = short(new.media_type)
        places = side(body.place), side(other.place)
        message = f"parts of the body as {media} are written in another way"
        scene.add("body-encoding-changed", where, message, *places, wire=True)


def _written(content: Content) -> Mapping[str, object]:
    return {
        part.name.raw: (part.media_types, part.style, part.explode, part.allow_reserved)
        for part in content.parts
        if part.media_types or part.style is not None or part.explode is not None or part.allow_reserved
    }


def _annotation(scene: Scene, body: Body, *, of_new: bool) -> Annotation:
    """What may be passed as the body."""
    api = scene.new if of_new else scene.old
    found: Annotation = frozenset()
    for content in passed(body.contents, api):
        found |= _of_content(scene, content, api, of_new=of_new)
    return found


def _of_content(scene: Scene, content: Content, api: Api, *, of_new: bool) -> Annotation:
    match family(content):
        case Family.BINARY:
            return frozenset({("raw",), ("bytes",)})
        case Family.TEXT | Family.EVENTS:
            return frozenset({("str",), ("bytes",)})
        case Family.JSON_LINES:
            return frozenset({("Iterable",)})
        case _ if content.type is None:
            return frozenset({OBJECT})
        case _ if is_without_fields(content, api):
            return frozenset({_MAPPING})
        case _:
            own = scene.annotations.new if of_new else scene.annotations.old
            more = {_MAPPING} if is_object(content.type, api) else set[tuple[str]]()
            return own(content.type) | more
