"""The codec of one model class: objects in, instances out, and back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from .codecs import ANY_JSON, codec
from .scalars import Literals
from .shapes import KINDS, Codec, Fit, Mismatch, step
from .unset import UNSET
from .values import PLAIN, is_object, prepare

if TYPE_CHECKING:
    from .fields import Field
    from .model import Model
    from .unions import Discriminator


Table: TypeAlias = "tuple[tuple[str, str, Field], ...]"
"""The fields with their names in Python and on the wire."""

_PLAIN_AND_FLOAT = PLAIN | {float}


class Record(Codec):
    """Reads objects as instances of a model class, and writes instances.

    Args:
        model: the class.
        fields: its fields and those it inherits, by name, in the order of the constructor.
        extra: the annotation of properties that are no fields, with the module it stands in;
            None where they may be anything.
        discriminator: what tells which subclass an object is of.
        exact: whether numbers must be parsed with all their digits.
    """

    kinds = frozenset({dict})
    expected = KINDS[dict]
    direct = True

    def __init__(
        self,
        model: type[Model],
        fields: Mapping[str, Field],
        *,
        extra: tuple[object, str] | None = None,
        discriminator: Discriminator | None = None,
        exact: bool = False,
    ) -> None:
        self.model = model
        self.as_is = frozenset({model})
        self.fields = fields
        self.extra = extra
        self.discriminator = discriminator
        self.exact = exact
        # Where numbers were parsed with all their digits, a float is written with those.
        self._as_they_are = PLAIN if exact else _PLAIN_AND_FLOAT
        self._table: Table = ()
        self._withheld: frozenset[str] = frozenset()
        # Whether something inside of what was received may not be sent back: taken for
        # granted until the first time that it matters.
        self._withholds = True

    def read(self, value: object) -> object:
        if not is_object(value):
            return value
        if self.discriminator:
            record = self._subclass(value)
            if record:
                return record.read(value)
        cls = self.model
        model = cls.__new__(cls)
        model.__source__ = value if isinstance(value, dict) else dict(value)
        return model

    def check(self, value: object) -> object:
        model = self.read(value)
        if not isinstance(model, self.model):
            raise Mismatch(self.expected, value)
        if type(model) is not self.model:
            return type(model).__record__.check(value)
        own = model.__dict__
        for key, item in model.__source__.items():
            field = self.by_wire_name.get(key)
            if field:
                own[field.name] = field.resolve().check_at(step(key), item)
        for field in self.fields.values():
            if not field.optional and field.wire not in model.__source__:
                missing = Mismatch("a value", UNSET, "nothing")
                missing.steps.append(step(field.wire))
                raise missing
        if self.extra:
            own["extra"] = {
                key: self._values.check_at(step(key), item)
                for key, item in model.__source__.items()
                if key not in self.by_wire_name
            }
        return model

    def write(self, value: object, source: object) -> object:
        if is_object(value):
            return self._write_mapping(value)
        return prepare(value)

    def write_model(self, model: Model, request: bool) -> dict[str, object]:
        """The object of an instance of just this class, see `Deferred`."""
        own = model.__dict__
        source = model.__source__
        table = self._table or self._make_table()
        withholds = request and (self._withheld or (source and self._withholds))
        if withholds:
            self._read_nested(model)
        elif not own:
            return source
        written = source
        as_they_are = self._as_they_are
        for name, wire, field in table:
            if name in own:
                value = own[name]
                origin = source.get(wire, UNSET) if source else UNSET
                if value is origin:
                    continue
                if written is source:
                    written = source.copy()
                kind = value.__class__
                if kind in as_they_are or kind in field.as_is:
                    written[wire] = value
                elif value is UNSET:
                    del written[wire]
                else:
                    codec = field.codec or field.resolve()
                    written[wire] = codec.write(value, origin)
        if "extra" in own:
            written = self._with_extra(written, source, own["extra"])
        if withholds:
            left_out = self._withheld
            return {key: item for key, item in written.items() if key not in left_out}
        return written

    def writes(self, value: object) -> bool:
        return isinstance(value, self.model) or is_object(value)

    def inner(self) -> Iterable[Codec]:
        yield from (field.resolve() for field in self.fields.values())
        yield self._values
        if self.discriminator:
            names = vars(sys.modules[self.model.__module__])
            for model in self.discriminator.mapping.values():
                yield codec(model, names)

    def fit(self, value: Mapping[str, object]) -> Fit | None:
        if not self._required <= value.keys():
            return None
        for wire, literals in self._constants:
            if wire in value and not literals.holds(value[wire]):
                return None
        known = len(self.by_wire_name.keys() & value.keys())
        return len(value) - known, -known

    def read_extra(self, model: Model) -> dict[str, object]:
        """What the server sent beside the fields, read anew."""
        read = self._values.read
        return {
            key: read(value)
            for key, value in model.__source__.items()
            if key not in self.by_wire_name
        }

    @cached_property
    def by_wire_name(self) -> Mapping[str, Field]:
        """The fields by their names on the wire."""
        return {field.wire: field for field in self.fields.values()}

    def _make_table(self) -> Table:
        fields = self.fields.items()
        self._withheld = frozenset(field.wire for _, field in fields if field.read_only)
        self._table = tuple((name, field.wire, field) for name, field in fields)
        return self._table

    @cached_property
    def _withholding(self) -> tuple[tuple[str, str], ...]:
        """The fields that hold such properties."""
        return tuple(
            (name, wire)
            for name, wire, field in self._make_table()
            if not field.read_only and _withholds(field.resolve())
        )

    @cached_property
    def _extra_withholds(self) -> bool:
        """Whether the properties that are no fields hold such properties."""
        return self.extra is not None and _withholds(self._values)

    @cached_property
    def _required(self) -> frozenset[str]:
        return frozenset(
            field.wire for field in self.fields.values() if not field.optional
        )

    @cached_property
    def _constants(self) -> tuple[tuple[str, Literals], ...]:
        found = (
            (field.wire, field.resolve())
            for field in self.fields.values()
            if field.may_be_constant
        )
        return tuple((wire, made) for wire, made in found if isinstance(made, Literals))

    @cached_property
    def _values(self) -> Codec:
        """The codec of the properties that are no fields."""
        if self.extra is None:
            return ANY_JSON
        annotation, module = self.extra
        return codec(annotation, vars(sys.modules[module]))

    def _subclass(self, source: Mapping[str, object]) -> Record | None:
        """The record of the subclass that the discriminator names; None if it is this one,
        or none."""
        chosen = self.discriminator.choose(source) if self.discriminator else None
        if chosen is None or chosen is self.model:
            return None
        record = codec(chosen, vars(sys.modules[self.model.__module__]))
        if not isinstance(record, Record) or record is self:
            return None
        return record if issubclass(record.model, self.model) else None

    def _read_nested(self, model: Model) -> None:
        """Read what holds read-only properties, so that they are left out."""
        if not model.__source__:
            return
        for name, wire in self._withholding:
            if wire in model.__source__:
                getattr(model, name)
        if self._extra_withholds:
            _ = model.extra
        self._withholds = bool(self._withholding) or self._extra_withholds

    def _write_mapping(self, value: Mapping[str, object]) -> dict[str, object]:
        """The object of a mapping that stands for an instance, with names of the wire."""
        written: dict[str, object] = {}
        for key, item in value.items():
            if item is not UNSET:
                field = self.by_wire_name.get(key)
                codec = field.resolve() if field else self._values
                written[key] = codec.write(item, UNSET)
        return written

    def _with_extra(
        self,
        written: Mapping[str, object],
        source: Mapping[str, object],
        extra: Mapping[str, object],
    ) -> dict[str, object]:
        """An object with these properties in place of those that are no fields."""
        fields = self.by_wire_name
        changed = {
            key: item for key, item in written.items() if key in fields or key in extra
        }
        for key, value in extra.items():
            if key not in fields:
                changed[key] = self._values.write(value, source.get(key, UNSET))
        return changed


def _withholds(codec: Codec) -> bool:
    """Whether anything inside is left out of requests."""
    seen: dict[int, Codec] = {}
    waiting = [codec]
    while waiting:
        met = waiting.pop()
        if id(met) not in seen:
            seen[id(met)] = met
            if isinstance(met, Record) and any(
                field.read_only for field in met.fields.values()
            ):
                return True
            waiting.extend(met.inner())
    return False
