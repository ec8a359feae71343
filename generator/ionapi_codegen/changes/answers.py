"""What changed in what an operation answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ionapi_codegen.changes.annotations import NONE, OBJECT, Annotation, assignable
from ionapi_codegen.changes.facets import Facets
from ionapi_codegen.changes.model import Side
from ionapi_codegen.changes.scene import RECEIVED, Scene, joined, side
from ionapi_codegen.changes.spelling import short
from ionapi_codegen.changes.wire import Wire
from ionapi_codegen.ir.operation import Content, Header, Operation, Response
from ionapi_codegen.ir.schema import Anything, Kind, Scalar, Type
from ionapi_codegen.targets.python.media import STREAMS, Family, family, is_binary, preferred
from ionapi_codegen.targets.python.responses import offered_stream, successful
from ionapi_codegen.targets.python.values import behind

_NO_CONTENT = frozenset({"204", "205"})


def compare_answers(scene: Scene, old: Operation, new: Operation) -> None:
    """Notes what changed in the responses of an operation that both sides have."""
    if old.responses == new.responses and scene.old.schemas is scene.new.schemas:
        return
    where = scene.after.call(new)
    before = {response.status: response for response in old.responses}
    after = {response.status: response for response in new.responses}
    good = {response.status for response in successful(old.responses)}
    fine = {response.status for response in successful(new.responses)}
    was, now = _returned(scene, old, of_new=False), _returned(scene, new, of_new=True)
    passes = scene.after.is_m3 or assignable(now, was)
    for status, response in before.items():
        if status in after:
            success = status in good and status in fine
            _compare(scene, where, response, after[status], success=success, passes=passes)
    blamed = passes
    for status, response in after.items():
        if status in before:
            continue
        kind = "response-added" if status in fine else "error-response-added"
        wire = status in fine and not _readable(scene, before, good, response)
        source = status in fine and not blamed
        message = f"may now answer with {status}"
        scene.add(kind, where, message, None, side(response.place), source=source, wire=wire)
        blamed = blamed or status in fine
    for status, response in before.items():
        if status not in after:
            kind = "response-removed" if status in good else "error-response-removed"
            source = status in good and not blamed
            message = f"no longer answers with {status}"
            scene.add(kind, where, message, side(response.place), None, source=source)
    stream, offered = offered_stream(old.responses), offered_stream(new.responses)
    if stream is not None and offered is not None:
        _compare_streams(scene, where, stream, offered, (side(old.place), side(new.place)))
    if stream is not None and offered is None:
        message = "the answer is no longer offered as a stream"
        places = side(old.place), side(new.place)
        wire = not _readable_as_item(scene, stream, new)
        scene.add("response-stream-removed", where, message, *places, source=True, wire=wire)


def _compare_streams(scene: Scene, where: str, old: Content, new: Content, places: tuple[Side, Side]) -> None:
    """What the second method reads, where both sides have one."""
    before, after = (content.type if content.item is None else content.item for content in (old, new))
    for facet in Facets(scene, RECEIVED).of(before or Anything(), after or Anything()):
        joint = ": " if facet.name == "type-changed" else " "
        values = replace(places[0], value=facet.old), replace(places[1], value=facet.new)
        message = f"items of the stream{joint}{facet.message}"
        scene.add("response-type-changed", where, message, *values, source=facet.source, wire=facet.wire)


def _readable_as_item(scene: Scene, stream: Content, new: Operation) -> bool:
    """Whether the old client finds an item in the whole answer, which it is given in place of a stream."""
    item = stream.item if stream.item is not None else stream.type
    whole = [preferred(response.contents) for response in successful(new.responses)]
    return item is not None and all(
        one is not None and one.type is not None and Wire(scene.identity, reads=True).received(item, one.type)
        for one in whole
    )


def _compare(scene: Scene, where: str, old: Response, new: Response, *, success: bool, passes: bool) -> None:
    noun = "response" if success else "error-response"
    subject = "answer" if success else f"error {old.status}"
    places = side(old.place), side(new.place)
    one, other = preferred(old.contents), preferred(new.contents)
    _compare_media(scene, where, old, new, subject, noun, passes=passes or not success)
    if one is not None and other is not None and one.media_type == other.media_type:
        for first, second in ((one.type, other.type), (one.item, other.item)):
            before: Type = Anything() if first is None else first
            after: Type = Anything() if second is None else second
            facets = list(Facets(scene, RECEIVED).of(before, after))
            if facets:
                parts = (
                    f"{subject}{':' if facet.name == 'type-changed' else ''} {facet.message}"
                    for facet in facets
                )
                scene.add(
                    f"{noun}-type-changed",
                    where,
                    joined(parts),
                    replace(places[0], value=facets[0].old),
                    replace(places[1], value=facets[0].new),
                    source=success and not scene.after.is_m3 and any(facet.source for facet in facets),
                    wire=not _takes_anything(scene, one) and any(facet.wire for facet in facets),
                )
    _compare_headers(scene, where, old, new)
    scene.documented("response", where, subject, old.docs, new.docs, places)


def _compare_media(
    scene: Scene, where: str, old: Response, new: Response, subject: str, noun: str, *, passes: bool
) -> None:
    before = [content.media_type for content in old.contents]
    after = [content.media_type for content in new.contents]
    gone = [media for media in before if media not in after]
    come = [media for media in after if media not in before]
    if not gone and not come:
        return
    one, other = preferred(old.contents), preferred(new.contents)
    values = [", ".join(map(short, media)) or None for media in (before, after)]
    places = side(old.place, values[0]), side(new.place, values[1])
    read = one.media_type if one is not None else None
    if one is None or other is None or read in gone or (other.media_type != read):
        message = f"{subject} is now {values[1] or 'empty'}, was {values[0] or 'empty'}"
        wire = noun == "response" and read in gone and not _takes_anything(scene, one)
        kind = f"{noun}-media-type-changed"
        scene.add(kind, where, message, *places, source=not passes, wire=wire)
        return
    if gone:
        message = f"{subject} is no longer offered as {', '.join(map(short, gone))}"
        scene.add(f"{noun}-media-type-removed", where, message, *places)
    if come:
        message = f"{subject} is now offered as {', '.join(map(short, come))}, too"
        scene.add(f"{noun}-media-type-added", where, message, *places)


def _compare_headers(scene: Scene, where: str, old: Response, new: Response) -> None:
    if old.headers == new.headers:
        return
    before = {header.name.raw.lower(): header for header in old.headers}
    after = {header.name.raw.lower(): header for header in new.headers}
    places = side(old.place), side(new.place)
    for name, header in before.items():
        other = after.get(name)
        subject = f"header {short(header.name.raw)} of the answer"
        if other is None:
            wire = header.required
            scene.add("header-removed", where, f"{subject} was removed", places[0], None, wire=wire)
        else:
            _compare_header(scene, where, subject, header, other, old, new)
    for name, header in after.items():
        if name not in before:
            message = f"header {short(header.name.raw)} of the answer was added"
            scene.add("header-added", where, message, None, places[1])


def _compare_header(
    scene: Scene, where: str, subject: str, old: Header, new: Header, one: Response, other: Response
) -> None:
    if old.required and not new.required:
        message = f"{subject} may now be missing"
        scene.add("header-optional", where, message, side(one.place), side(other.place), wire=True)
    elif new.required and not old.required:
        message = f"{subject} is now always there"
        scene.add("header-required", where, message, side(one.place), side(other.place))
    facets = Facets(scene, RECEIVED, in_text=True, typed=False)
    for facet in facets.of(old.type, new.type):
        joint = ": " if facet.name == "type-changed" else " "
        message = f"{subject}{joint}{facet.message}"
        values = side(one.place, facet.old), side(other.place, facet.new)
        scene.add("header-type-changed", where, message, *values, wire=facet.wire)


def _readable(scene: Scene, before: dict[str, Response], good: Iterable[str], new: Response) -> bool:
    """Whether the old client reads an answer with a status that it does not know as what its callers expect:
    as one of the known answers."""
    read = [preferred(before[status].contents) for status in sorted(good)]
    if all(_takes_anything(scene, one) for one in read):
        return True
    content = None if new.status in _NO_CONTENT else preferred(new.contents)
    wire = Wire(scene.identity, reads=True)
    return content is not None and any(
        one is not None
        and family(one) is family(content)
        and (one.type is None or (content.type is not None and wire.received(one.type, content.type)))
        for one in read
    )


def _takes_anything(scene: Scene, content: Content | None) -> bool:
    """Whether the old client makes a value of any answer: nothing, bytes, or its text."""
    if content is None:
        return True
    match family(content):
        case Family.TEXT | Family.BINARY | Family.FORM | Family.MULTIPART:
            return True
        case Family.JSON if content.type is not None:
            found = behind(content.type, scene.old)
            return isinstance(found, Scalar) and found.kind is Kind.STRING and found is content.type
        case _:
            return False


def _returned(scene: Scene, operation: Operation, *, of_new: bool) -> Annotation:
    """The return annotation."""
    found: Annotation = frozenset()
    for response in successful(operation.responses):
        content = preferred(response.contents)
        if content is None or response.status in _NO_CONTENT:
            found |= {NONE}
        else:
            found |= _read(scene, content, of_new=of_new)
    return found or frozenset({NONE})


def _read(scene: Scene, content: Content, *, of_new: bool) -> Annotation:
    own = scene.annotations.new if of_new else scene.annotations.old
    match family(content):
        case Family.JSON:
            return frozenset({OBJECT}) if content.type is None else own(content.type)
        case found if found in STREAMS:
            item = content.item if content.item is not None else content.type
            return frozenset({("Stream", frozenset() if item is None else own(item))})
        case Family.TEXT if not is_binary(content.type):
            return frozenset({("str",)})
        case Family.FORM:
            return frozenset({("str",)})
        case _:
            return frozenset({("bytes",)})
