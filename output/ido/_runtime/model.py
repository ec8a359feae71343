"""The base class of all models: data that the API sends or takes, with types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from reprlib import recursive_repr
from typing import (
    TYPE_CHECKING,
    ClassVar,
    Final,
    Generic,
    Self,
    TypeVar,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
)

from .codecs import CLASSES
from .errors import DecodeError
from .fields import Field, wire
from .jsontext import parse, spell
from .records import Record
from .shapes import name_of_kind
from .unset import UNSET
from .values import Deferred, copy_json, settle

if TYPE_CHECKING:
    from .spelling import Speller, Spelling
    from .unions import Discriminator

T = TypeVar("T")

_NOTHING: Final[dict[str, object]] = {}
"""What a model was made of that was not received."""


@dataclass_transform(kw_only_default=True, field_specifiers=(wire,))
class Model(Deferred):
    """An object of the API.

    >>> class Customer(Model):
    ...     customer_id: str = wire("customerId")
    ...     email: str | None | Unset = UNSET
    >>> customer = Customer.from_json('{"customerId": "Y30000", "vip": true}')
    >>> customer.customer_id, customer.email, customer.to_dict()
    ('Y30000', UNSET, {'customerId': 'Y30000', 'vip': True})

    Fields are annotations; those without a default are required by the constructor, which
    takes keywords only. `repr` and `==` are those of a dataclass.

    A model that was received keeps what came, and reads a field when it is first asked for.
    Whatever the server added or wrote in its own way goes back as it came, unless it was
    changed: unknown properties (`extra`), null, absence, and the text of values, such as the
    milliseconds of `08:30:00.000Z`. A value of another shape than the field's is kept as it
    came, too; a required field that is missing raises AttributeError when it is read.

    Names of fields must differ from the public names below.

    Args:
        discriminator: a class argument: what tells which subclass an object is of.
        exact: a class argument: whether `from_json` parses numbers with all their digits, for
            models that somewhere hold an `Annotated[Decimal, EXACT]`.
    """

    __slots__ = ("__dict__", "__source__", "__weakref__")

    __record__: ClassVar[Record]

    def __init_subclass__(
        cls, *, discriminator: Discriminator | None = None, exact: bool = False
    ) -> None:
        super().__init_subclass__()
        fields: dict[str, Field] = {}
        extra: tuple[object, str] | None = None
        for base in reversed(cls.__bases__):
            if issubclass(base, Model):
                fields.update(base.__record__.fields)
                extra = base.__record__.extra or extra
                exact = exact or base.__record__.exact
        module = cls.__module__
        own = cls.__dict__
        for name, annotation in cls.__annotations__.items():
            field = own.get(name, ...)
            if not isinstance(field, Field):
                if str(annotation).startswith("ClassVar["):
                    continue
                field = Field(None, field, False)
                setattr(cls, name, field)
            field.bind(name, annotation, module)
            fields[name] = field
        cls.__record__ = Record(
            cls, fields, extra=extra, discriminator=discriminator, exact=exact
        )

    def __init__(self, /, **values: object) -> None:
        self.__source__ = _NOTHING
        own = self.__dict__
        fields = type(self).__record__.fields
        missing: list[str] = []
        for name, field in fields.items():
            if name in values:
                value = values[name]
                if value is not UNSET or field.default is not UNSET:
                    own[name] = value
            elif field.default is ...:
                missing.append(name)
            elif field.default is not UNSET:
                own[name] = copy_json(field.default)
        if missing or not values.keys() <= fields.keys():
            raise TypeError(_wrong_arguments(type(self), fields, values, missing))

    @classmethod
    def from_dict(cls, data: Mapping[str, object], *, strict: bool = False) -> Self:
        """Make a model of JSON values, with the names that they have on the wire.

        Args:
            data: what came; it is kept, and must not be changed afterwards.
            strict: whether to read everything at once, and to refuse values of another
                shape.

        Raises:
            DecodeError: `data` is no object; or, with `strict`, the path of the first value
                of another shape, such as `$.items[3].price`.
        """
        model = cls.__record__.decode(data, strict)
        if isinstance(model, cls):
            return model
        raise DecodeError("$", f"expected an object, found {name_of_kind(data)}")

    def to_dict(self) -> dict[str, object]:
        """The JSON values of the model, with the names that they have on the wire; they may
        be changed freely."""
        return cast("dict[str, object]", settle(self, request=False))

    @classmethod
    def from_json(cls, text: str | bytes, *, strict: bool = False) -> Self:
        """Make a model of a JSON text.

        Raises:
            DecodeError: as `from_dict`, and where the text is not JSON.
        """
        data = parse(text, exact=cls.__record__.exact)
        return cls.from_dict(cast("dict[str, object]", data), strict=strict)

    def to_json(self) -> str:
        """The compact JSON text of the model.

        Raises:
            TypeError: JSON has nothing for a value.
            ValueError: a number is NaN or infinite.
        """
        return spell(self)

    @property
    def extra(self) -> Mapping[str, object]:
        """The properties that the document does not name, by their names on the wire."""
        return _extra(self)

    @classmethod
    def __speller__(cls, spelling: Spelling) -> Speller | None:
        return cls.__record__.speller(spelling)

    def __json__(self, request: bool) -> dict[str, object]:
        return type(self).__record__.write_model(self, request)

    def __delattr__(self, name: str) -> None:
        if name not in type(self).__record__.fields:
            super().__delattr__(name)
        elif getattr(self, name, UNSET) is UNSET:
            raise AttributeError(f"{type(self).__name__}.{name} is not set", name=name)
        else:
            self.__dict__[name] = UNSET

    @recursive_repr()
    def __repr__(self) -> str:
        shown = [f"{name}={value!r}" for name, value in _set_fields(self)]
        if extra := _peek_extra(self):
            shown.append(f"extra={extra!r}")
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__ or not isinstance(other, Model):
            return NotImplemented
        return _set_fields(self) == _set_fields(other) and (
            _peek_extra(self) == _peek_extra(other)
        )


Model.__record__ = Record(Model, {})


class OpenModel(Model, Generic[T]):
    """A model whose further properties all have one type.

    >>> class Metrics(OpenModel[int]):
    ...     name: str
    >>> metrics = Metrics(name="x")
    >>> metrics.extra["hits"] = 3

    The type may be a text, which is then evaluated as late as an annotation:
    `OpenModel["dict[str, Price]"]`.
    """

    def __init_subclass__(
        cls, *, discriminator: Discriminator | None = None, exact: bool = False
    ) -> None:
        super().__init_subclass__(discriminator=discriminator, exact=exact)
        forms: tuple[object, ...] = cls.__dict__.get("__orig_bases__", ())
        for form in forms:
            if get_origin(form) is OpenModel:
                argument: object = get_args(form)[0]
                # typing wraps a text in a ForwardRef.
                annotation = getattr(argument, "__forward_arg__", argument)
                cls.__record__.extra = annotation, cls.__module__

    @property
    def extra(self) -> dict[str, T]:
        """The further properties by their names on the wire; what is changed here is sent."""
        return cast("dict[str, T]", _extra(self))


def _extra(model: Model) -> dict[str, object]:
    """What was received beside the fields, the same dict at every call."""
    own = model.__dict__
    if "extra" not in own:
        own.setdefault("extra", type(model).__record__.read_extra(model))
    return cast("dict[str, object]", own["extra"])


def _peek_extra(model: Model) -> dict[str, object]:
    """Like `_extra`, but leaves the model as it is."""
    if "extra" in model.__dict__:
        return _extra(model)
    return type(model).__record__.read_extra(model)


def _set_fields(model: Model) -> list[tuple[str, object]]:
    """Names and values of the fields that are there."""
    values = (
        (name, getattr(model, name, UNSET)) for name in type(model).__record__.fields
    )
    return [(name, value) for name, value in values if value is not UNSET]


def _wrong_arguments(
    cls: type[Model], known: Iterable[str], given: Iterable[str], missing: list[str]
) -> str:
    """What Python itself would say."""
    unexpected = sorted(set(given) - set(known))
    if unexpected:
        problem = f"got an unexpected keyword argument {unexpected[0]!r}"
    else:
        quoted = [repr(name) for name in missing]
        names = (
            f"{', '.join(quoted[:-1])}, and {quoted[-1]}"
            if len(quoted) > 2
            else " and ".join(quoted)
        )
        plural = "s" if len(quoted) > 1 else ""
        problem = (
            f"missing {len(quoted)} required keyword-only argument{plural}: {names}"
        )
    return f"{cls.__qualname__}.__init__() {problem}"


CLASSES[Model] = attrgetter("__record__")
