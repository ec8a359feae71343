"""What changed in the models."""

from __future__ import annotations

import re

from ionapi_codegen.changes.discriminators import Telling
from ionapi_codegen.changes.facets import Facets
from ionapi_codegen.changes.model import Side
from ionapi_codegen.changes.names import Names
from ionapi_codegen.changes.properties import compare_properties
from ionapi_codegen.changes.scene import Scene, Way, side
from ionapi_codegen.changes.spelling import short
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import (
    Alias,
    Anything,
    Discriminator,
    Map,
    Record,
    Schema,
    SchemaId,
    Type,
)

_OF_PROPERTY = re.compile(r"/properties/[^/]+$")
"""Where the words for a property are those for the object written out in it."""

_NAMED_THERE = re.compile(r"/((oneOf|anyOf)/\d+|(\$defs|definitions)/[^/]+)$")
"""What is named neither by a property nor by an operation."""


def compare_schemas(scene: Scene) -> None:
    """Notes what changed in the schemas of both sides, those of the old side in their order first. What is
    written out in place comes and goes with what uses it."""
    identity = scene.identity
    for one, schema in scene.old.schemas.items():
        other = identity.partner.get(one)
        if other is not None:
            _compare(scene, one, other)
        elif identity.is_component(one, of_new=False):
            way = scene.way(one, one)
            name = scene.before.model(one)
            source = way.sent or way.received
            scene.add("schema-removed", name, "was removed", side(schema.place), None, source=source)
    for other, schema in scene.new.schemas.items():
        if other not in identity.origin and identity.is_component(other, of_new=True):
            scene.add("schema-added", scene.after.model(other), "was added", None, side(schema.place))


def _compare(scene: Scene, one: SchemaId, other: SchemaId) -> None:
    old, new = scene.old.schemas[one], scene.new.schemas[other]
    where, way = scene.after.model(other), scene.way(one, other)
    places = side(old.place), side(new.place)
    before, after = scene.before.schemas[one], scene.after.schemas[other]
    if before != after and (_is_named(scene, one) or _is_renamed_alone(scene, old, new)):
        scene.add(
            "schema-renamed",
            scene.before.model(one),
            f"was renamed to {after}",
            side(old.place, before),
            side(new.place, after),
            source=True,
        )
    match old, new:
        case Record(), Record():
            compare_properties(scene, old, new, where, way)
            _compare_bases(scene, old, new, where)
            _compare_further(scene, old, new, where, way)
            _compare_variants(scene, old, new, where, way)
        case Alias(), Alias():
            for facet in Facets(scene, way).of(old.type, new.type):
                scene.add(
                    f"schema-{facet.name}",
                    where,
                    facet.message,
                    side(old.place, facet.old),
                    side(new.place, facet.new),
                    source=facet.source,
                    wire=facet.wire,
                )
        case _:
            _compare_natures(scene, old, new, where, way)
    if not _OF_PROPERTY.search(places[1].pointer) or scene.identity.is_component(other, of_new=True):
        scene.documented("schema", where, "", old.docs, new.docs, places)


def _is_named(scene: Scene, one: SchemaId) -> bool:
    return scene.identity.is_component(one, of_new=False) or one in scene.identity.renamed


def _is_renamed_alone(scene: Scene, old: Schema, new: Schema) -> bool:
    """Whether a class of what is written out in place has another name, though what holds it has not: another
    class has taken it, or it is a member of a union, which its title or its place names, or a record of M3,
    which its transaction names, or its operation is called as before in spite of another operationId."""
    if old.hint == new.hint:
        return True
    if old.hint[:-1] == new.hint[:-1]:
        return scene.after.is_m3 or (new.place is not None and bool(_NAMED_THERE.search(new.place.pointer)))
    calls = _calls(scene.old, scene.before, old)
    return old.hint[1:] == new.hint[1:] and calls != [] and calls == _calls(scene.new, scene.after, new)


def _calls(api: Api, names: Names, schema: Schema) -> list[str]:
    """The operation that a schema is written out in, as it is called; empty for what is no operation's."""
    pointer = schema.place.pointer if schema.place is not None else ""
    return [
        names.call(operation)
        for operation in api.operations
        if operation.place is not None and pointer.startswith(f"{operation.place.pointer}/")
    ]


def _compare_natures(scene: Scene, old: Schema, new: Schema, where: str, way: Way) -> None:
    """A class became a name for another type, or the other way round."""
    alias = next(one for one in (old, new) if isinstance(one, Alias))
    takes_any = isinstance(alias.type, Anything) or (
        isinstance(alias.type, Map) and isinstance(alias.type.values, Anything)
    )
    words = [
        Facets(scene, way).spelled_alias(one.type, of_new=one is new) if isinstance(one, Alias) else "a model"
        for one in (old, new)
    ]
    scene.add(
        "schema-type-changed",
        where,
        f"{words[0]} -> {words[1]}",
        side(old.place, words[0]),
        side(new.place, words[1]),
        source=True,
        wire=(way.sent_on_wire or way.received_on_wire) and not takes_any,
    )


def _compare_bases(scene: Scene, old: Record, new: Record, where: str) -> None:
    partner = scene.identity.partner
    before = [base.target for base in old.bases]
    after = [base.target for base in new.bases]
    places = side(old.place), side(new.place)
    for one in before:
        if partner.get(one) not in after:
            message = f"is no {scene.before.schemas[one]} any more"
            scene.add("schema-base-removed", where, message, *places, source=True)
    known = {partner.get(one) for one in before}
    for one in after:
        if one not in known:
            scene.add("schema-base-added", where, f"is now a {scene.after.schemas[one]}, too", *places)


def _compare_further(scene: Scene, old: Record, new: Record, where: str, way: Way) -> None:
    before: Type = Anything() if old.additional is None else old.additional
    after: Type = Anything() if new.additional is None else new.additional
    facets = list(Facets(scene, way, inside=True).of(before, after))
    if not facets:
        return
    message = "; ".join(f"further properties: {facet.message}" for facet in facets)
    source = any(facet.source for facet in facets) and not isinstance(before, Anything)
    scene.add(
        "schema-further-properties-changed",
        where,
        message,
        side(old.place, facets[0].old),
        side(new.place, facets[0].new),
        source=source,
        wire=any(facet.wire for facet in facets),
    )


def _compare_variants(scene: Scene, old: Record, new: Record, where: str, way: Way) -> None:
    one, other = old.discriminator, new.discriminator
    places = side(old.place), side(new.place)
    if one is None or other is None:
        if one is not other:
            word = "no longer tells" if other is None else "now tells"
            message = f"{word} what an object is by a property"
            scene.add("schema-discriminator-changed", where, message, *places)
        return
    if one.property != other.property:
        message = f"is told apart by {short(other.property.raw)}, was {short(one.property.raw)}"
        scene.add("schema-discriminator-changed", where, message, *places)
    bases = scene.before.schemas[old.id], scene.after.schemas[new.id]
    _compare_meanings(scene, Telling(scene.identity, way, one, other), where, places, bases)
    for value in _values(one, other):
        message = f'no longer comes as "{value}"'
        scene.add("schema-variant-removed", where, message, *places, wire=way.sent_on_wire)
    for value in _values(other, one):
        scene.add("schema-variant-added", where, f'may now come as "{value}"', *places)


def _compare_meanings(
    scene: Scene, told: Telling, where: str, places: tuple[Side, Side], bases: tuple[str, str]
) -> None:
    """What the values stand for that both sides know, and what an object is that has none of them: of the
    base class, where the document does not say."""
    before, after = scene.before.schemas, scene.after.schemas
    for value, old, new in told.moved():
        message = f'"{short(value.raw)}" is now {after[new.target]}, was {before[old.target]}'
        scene.add("schema-discriminator-changed", where, message, *places, wire=told.mistaken(old, new))
    if told.moves_rest():
        was, now = bases
        if told.old.default is not None:
            was = before[told.old.default.target]
        if told.new.default is not None:
            now = after[told.new.default.target]
        message = f"any other value, or none, is now {now}, was {was}"
        scene.add("schema-discriminator-changed", where, message, *places, wire=told.mistakes_rest())


def _values(one: Discriminator, other: Discriminator) -> list[str]:
    known = {value for value, _ in other.mapping}
    return [short(value.raw) for value, _ in one.mapping if value not in known]
