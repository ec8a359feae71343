"""A value of a document that knows its place: what every later stage walks over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.spec.dynamic import Scope
from ionapi_codegen.spec.pointers import escape
from ionapi_codegen.spec.refs import follow_to_end
from ionapi_codegen.spec.shape import Dangling, Origin, Role, Tree
from ionapi_codegen.spec.source import SourceFile

_KINDS = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "true or false",  # before int, which it is, too
    int: "a number",
    float: "a number",
    type(None): "null",
}


def _kind(value: object) -> str:
    return next(word for kind, word in _KINDS.items() if isinstance(value, kind))


class Node:
    """A value with its place, made from its parent when asked for.

    `value` has OpenAPI 3.1's shape in its own keys, whatever version the document has; values further
    down are upgraded when they become nodes themselves, so members with a meaning are reached by `get`,
    `items` and `elements`. It is shared with other nodes and must not be changed.

    A member of the wrong kind, such as a string where a parameter belongs, is a warning and counts as absent;
    a schema of the wrong kind counts as the empty one.
    """

    __slots__ = (
        *("_identity", "_key", "_members", "_origin", "_parent", "_pointer", "_role", "_tree"),
        *("scope", "value"),
    )

    def __init__(
        self,
        value: object,
        tree: Tree,
        role: Role | None,
        origin: Origin | None = None,
        parent: Node | None = None,
        key: str = "",
        scope: Scope | None = None,
    ) -> None:
        self._tree = tree if origin is None or origin.tree is None else origin.tree
        self._parent = parent
        self._key = key
        self.scope: Scope | None = scope if parent is None else parent.scope
        """What dynamic anchors stand for here that are bound outside of the schema."""
        self._origin = origin
        self._identity: str | None = None
        self._pointer: str | None = None
        self._members: Mapping[str, Origin] | None = origin.members if origin is not None else None
        if role is not None and role.upgrade is not None and isinstance(value, dict):
            shaped = role.upgrade(value, self)
            if shaped is not None:
                value, self._members = shaped.value, shaped.members
        self._role = role
        self.value = value

    def get(self, key: str) -> Node | None:
        """The member of an object; None where it is absent, of the wrong kind, or where this is no object."""
        value = self.value
        if not isinstance(value, dict) or key not in value:
            return None
        role = self._role
        return self._member(key, value[key], role.member(key) if role is not None else None)

    def items(self) -> Iterator[tuple[str, Node]]:
        """The members of an object in document order; none where this is something else."""
        if isinstance(self.value, dict):
            role = self._role
            for key, value in self.value.items():
                member = self._member(key, value, role.member(key) if role is not None else None)
                if member is not None:
                    yield key, member

    def elements(self) -> Iterator[Node]:
        """The elements of an array; none where this is something else."""
        if isinstance(self.value, list):
            role = self._role.elements if self._role is not None else None
            for index, value in enumerate(self.value):
                element = self._member(str(index), value, role)
                if element is not None:
                    yield element

    def text(self, key: str) -> str | None:
        """The string under a key; None where there is none, with a warning where there is something else."""
        value = self._scalar(key, str, "a string")
        return value if isinstance(value, str) else None

    def flag(self, key: str) -> bool:
        """Whether there is `true` under a key; a warning where there is neither true nor false."""
        return self._scalar(key, bool, "true or false") is True

    @property
    def file(self) -> SourceFile:
        return self._tree.source

    @property
    def tree(self) -> Tree:
        """The file as it was written."""
        return self._tree

    @property
    def role(self) -> Role | None:
        """What the value is in OpenAPI's terms; None for data."""
        return self._role

    @property
    def describes_property(self) -> bool:
        """Whether this is the schema of a property, or stands inside of one."""
        node: Node | None = self
        while node is not None:
            if node._key == "properties" and node._role is not None and node._role.named_by_author:
                return True
            node = node._parent
        return False

    @property
    def pointer(self) -> str:
        """RFC 6901 pointer in the file as it was written."""
        if self._pointer is None:
            origin, parent = self._origin, self._parent
            if origin is not None:
                self._pointer = origin.pointer
            else:
                self._pointer = f"{parent.pointer}/{escape(self._key)}" if parent is not None else ""
        return self._pointer

    @property
    def entrance(self) -> str:
        """The pointer of the value that nothing was passed on the way to but references."""
        node = self
        while node._parent is not None:
            node = node._parent
        return node.pointer

    @property
    def place(self) -> Place:
        return self._tree.place(self.pointer)

    @property
    def identity(self) -> str:
        """`file#pointer`, equal for one value however it is reached; different for different schemas, and for
        one that means something else in another scope.

        The pointer is that of the text, but for what an upgrade has made there: `{"nullable": true,
        "allOf": […]}` is a choice between null and a schema that is identified by `/anyOf/0`, though both
        stand in one place.
        """
        if self._identity is None:
            own, parent = self._origin, self._parent
            if parent is not None and (own is None or own.suffix is not None):
                suffix = f"/{escape(self._key)}" if own is None else own.suffix
                self._identity = f"{parent.identity}{suffix}"
            else:
                self._identity = f"{self._tree.source.name}#{own.pointer if own is not None else ''}"
                if self.scope is not None:
                    self._identity += f"[{self.scope.key}]"
        return self._identity

    def _member(self, key: str, value: object, role: Role | None) -> Node | None:
        origin = self._members.get(key) if self._members else None
        if role is not None:
            if isinstance(value, dict) and isinstance(value.get("$ref"), str) and role.is_collection:
                return self._elsewhere(key, value["$ref"], role)
            if not isinstance(value, role.kinds):
                self._warn(key, value, role.expected)
                value = role.instead
                if value is None:
                    return None
        return Node(value, self._tree, role, origin, self, key)

    def _elsewhere(self, key: str, written: str, role: Role) -> Node | None:
        """A collection that stands behind a reference. OpenAPI foresees none there, but documents of many
        files are written so, and whoever reads the collection expects its members."""
        try:
            found = follow_to_end(self, written)
        except Dangling as failure:
            if not failure.reported:
                place = failure.place or self._tree.place(f"{self.pointer}/{escape(key)}/$ref")
                self._tree.diagnostics.error(failure.code, failure.message, place, failure.help)
            return None
        if not isinstance(found.value, role.kinds):
            self._warn(key, found.value, role.expected)
            return None
        return Node(found.value, found.tree, role, Origin(found.pointer))

    def _scalar(self, key: str, kind: type, expected: str) -> object:
        value = self.value.get(key) if isinstance(self.value, dict) else None
        if value is not None and not isinstance(value, kind):
            self._warn(key, value, expected)
        return value

    def _warn(self, key: str, value: object, expected: str) -> None:
        origin = self._members.get(key) if self._members else None
        pointer = origin.pointer if origin is not None else f"{self.pointer}/{escape(key)}"
        self._tree.diagnostics.warning(
            "wrong-kind",
            f"{expected} belongs here, not {_kind(value)}; it is passed over",
            self._tree.place(pointer),
        )
