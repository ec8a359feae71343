"""The codec of one model class: objects in, instances out, and back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, cast

from .codecs import ANY_JSON, codec
from .containers import are_untouched
from .scalars import Literals
from .shapes import KINDS, Codec, Fit, Mismatch, step
from .spelling import Speller, Spelling, speller
from .strict import Checker, checker
from .tables import Reading, Tables
from .unset import UNSET
from .values import PLAIN_AND_FLOAT, is_object, prepare

if TYPE_CHECKING:
    from .fields import Field
    from .model import Model
    from .unions import Discriminator


_WORTH_COMPILING = 50
"""From so many objects on, compiling the strict reading costs less than it saves."""


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
        self.as_is = PLAIN_AND_FLOAT | {model}
        self.fields = fields
        self.extra = extra
        self.discriminator = discriminator
        self.exact = exact
        self._tables: Tables | None = None
        self._readings: dict[str, Reading] = {}
        self._checker: Checker | None = None
        self._checked = 0
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

    def read_each(self, values: Iterable[object]) -> list[object]:
        if self.discriminator:
            return super().read_each(values)
        cls, new = self.model, self.model.__new__
        models: list[object] = []
        for value in values:
            # The usual case of `read`, without calling it.
            if value.__class__ is dict:
                model = new(cls)
                model.__source__ = cast("dict[str, object]", value)
                models.append(model)
            else:
                models.append(self.read(value))
        return models

    def check(self, value: object) -> object:
        model = self.read(value)
        if not isinstance(model, self.model):
            raise Mismatch(self.expected, value)
        if type(model) is not self.model:
            return type(model).__record__.check(value)
        checker = self._checker
        if checker is None:
            checker = self._next_checker()
        if not checker(model.__source__, model.__dict__):
            self._check_fields(model.__source__, model.__dict__)
        if self.extra:
            model.__dict__["extra"] = {
                key: self._values.check_at(step(key), item)
                for key, item in model.__source__.items()
                if key not in self.by_wire_name
            }
        return model

    def check_each(self, values: Iterable[object], checked: list[object]) -> None:
        cls, new = self.model, self.model.__new__
        usual = not self.discriminator and not self.extra
        for value in values:
            checker = self._checker
            if usual and checker and value.__class__ is dict:
                # The usual case of `check`, without calling it.
                model = new(cls)
                model.__source__ = cast("dict[str, object]", value)
                source, own = model.__source__, model.__dict__
                if not checker(source, own):
                    self._check_fields(source, own)
                checked.append(model)
            else:
                checked.append(self.check(value))

    def _check_fields(
        self, source: Mapping[str, object], own: dict[str, object]
    ) -> bool:
        """What a `Checker` does, for the first objects, and for those that it refused."""
        missing: Mismatch | None = None
        for name, field in self.fields.items():
            value = source.get(field.wire, UNSET)
            if value is not UNSET:
                own[name] = field.resolve().check_at(step(field.wire), value)
            elif not field.optional and missing is None:
                missing = Mismatch("a value", UNSET, "nothing")
                missing.steps.append(step(field.wire))
        if missing:
            raise missing
        return True

    def _next_checker(self) -> Checker:
        """A compiled one, where enough objects came that it pays."""
        self._checked += 1
        if self._checked < _WORTH_COMPILING:
            return self._check_fields
        made = checker(
            (name, field.wire, field.resolve(), field.optional)
            for name, field in self.fields.items()
        )
        self._checker = made or self._check_fields
        return self._checker

    def write(self, value: object, source: object) -> object:
        if is_object(value):
            return self._write_mapping(value)
        return prepare(value)

    def write_model(self, model: Model, request: bool) -> dict[str, object]:
        """The object of an instance of just this class, see `Deferred`."""
        own = model.__dict__
        source = model.__source__
        tables = self._tables or self._make_tables()
        if source:
            if request and (tables.withheld or self._withholds):
                return self._write_received(model, tables, request)
            if own and not self._is_untouched(own, source):
                return self._write_received(model, tables, request)
            return source
        written: dict[str, object] = {}
        for name, wire, field in tables.sent if request else tables.all:
            if name in own:
                value = own[name]
                if value.__class__ in field.as_is:
                    written[wire] = value
                elif value is not UNSET:
                    core = field.core or field.resolve().core
                    written[wire] = core.write(value, UNSET)
        if "extra" in own:
            return self._with_extra(written, source, own["extra"])
        return written

    def speller(self, spelling: Spelling) -> Speller | None:
        """What makes the JSON texts of instances, see `Deferred`."""
        if self.exact:
            return None
        tables = self._tables or self._make_tables()
        table = tables.sent if spelling.request else tables.all
        return speller(
            ((name, wire, field.default is not UNSET) for name, wire, field in table),
            spelling,
        )

    def _is_untouched(
        self, own: Mapping[str, object], source: Mapping[str, object]
    ) -> bool:
        """Whether what was read or assigned is certainly what was received: the usual case
        of `_write_received`, for less."""
        readings = self._readings
        for name, value in own.items():
            reading = readings.get(name) or self._reading(name)
            if reading is None:
                return False
            wire, reads_as = reading
            origin = source.get(wire, UNSET)
            if value is not origin and not reads_as(origin, value):
                return False
        return True

    def _reading(self, name: str) -> Reading | None:
        field = self.fields.get(name)
        if field is None or field.core is None:
            return None
        return self._readings.setdefault(name, (field.wire, field.core.reads_as))

    def _write_received(
        self, model: Model, tables: Tables, request: bool
    ) -> dict[str, object]:
        """What was received, with what was read or assigned in its place. What still reads
        the same is what was received; where all does, this is `__source__` itself."""
        if request and self._withholds:
            self._read_nested(model)
        withholds = request and self._withholds
        own = model.__dict__
        written = source = model.__source__
        # Where numbers are parsed with all their digits, a float is written with those.
        compared = float if self.exact else None
        for name, wire, field in tables.all:
            if name not in own:
                continue
            value = own[name]
            origin = source.get(wire, UNSET)
            if value.__class__ not in field.as_is or value.__class__ is compared:
                if value is not UNSET:
                    core = field.core or field.resolve().core
                    value = core.write(value, origin)
            elif value.__class__ is list and not withholds:
                value = origin if are_untouched(value, origin) else value
            if value is origin:
                continue
            if written is source:
                written = source.copy()
            if value is UNSET:
                del written[wire]
            else:
                written[wire] = value
        if "extra" in own:
            written = self._with_extra(written, source, own["extra"])
        withheld = tables.withheld
        if withheld and request and not withheld.isdisjoint(written):
            return {key: item for key, item in written.items() if key not in withheld}
        return written

    def writes(self, value: object) -> bool:
        return isinstance(value, self.model) or is_object(value)

    def inner(self) -> Iterable[Codec]:
        yield from (field.resolve() for field in self.fields.values())
        yield self._values
        if self.discriminator:
            names = vars(sys.modules[self.model.__module__])
            for model in self.discriminator.models:
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

    def _make_tables(self) -> Tables:
        self._tables = Tables(self.fields)
        return self._tables

    @cached_property
    def _withholding(self) -> tuple[tuple[str, str], ...]:
        """The fields that hold such properties."""
        return tuple(
            (name, wire)
            for name, wire, field in self._make_tables().sent
            if _withholds(field.resolve())
        )

    @cached_property
    def _extra_withholds(self) -> bool:
        """Whether the properties that are no fields hold such properties."""
        return self.extra is not None and _withholds(self._values)

    @cached_property
    def _required(self) -> frozenset[str]:
        # A mapping that stands for a model in a request has no read-only properties.
        return frozenset(
            field.wire
            for field in self.fields.values()
            if not field.optional and not field.read_only
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
