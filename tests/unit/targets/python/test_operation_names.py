"""What operations and groups are called."""

from __future__ import annotations

import pytest

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Location, Operation, Parameter
from ionapi_codegen.ir.schema import Kind, Scalar
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.base import NamedApi, Options, Package, Rendered
from ionapi_codegen.targets.python.target import PythonTarget


def render(*operations: Operation) -> Rendered:
    api = Api(Text("Shop"), Text("1"), operations, {})
    return PythonTarget().render(
        Package("shop", (NamedApi("shop", api),), None), Options({}, None, "1"), Diagnostics()
    )


def called(*operations: Operation) -> list[str]:
    return [entry.call for entry in render(*operations).operations]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/customers/{id}", "get_customers_by_id"),
        ("GET", "/get_channels", "get_channels"),
        ("GET", "/GetChannels/{id}", "get_channels_by_id"),
        ("DELETE", "/delete", "delete"),
        ("POST", "/get_channels", "post_get_channels"),
        ("GET", "/getaways", "get_getaways"),
        ("GET", "/", "get"),
    ],
)
def test_a_name_from_method_and_path_says_the_method_once(method: str, path: str, expected: str) -> None:
    """Of an operation without an operationId; the path may begin with the method itself."""
    variable = Parameter(Text("id"), Location.PATH, Scalar(Kind.STRING), True, "simple", False)
    operation = Operation(method, Text(path), parameters=(variable,) if "{" in path else ())
    assert [expected] == called(operation)


def test_paths_that_differ_by_the_method_keep_apart() -> None:
    """Each has a name of its own; the shorter path has the plain one."""
    names = called(Operation("GET", Text("/channels")), Operation("GET", Text("/get_channels")))
    assert ("get_channels", 2) == (names[0], len(set(names)))


def test_text_says_a_group_s_name_without_underscore() -> None:
    """A tag `group` has a class that is kept apart from the runtime's; people read of the tag."""
    files = render(Operation("GET", Text("/a"), id=Text("getA"), tags=(Text("group"),))).files
    assert '    def group(self) -> Group_[M]:\n        """Group."""\n' in files["client.py"].decode()
    assert '"""The operations of the group Group."""' in files["groups/group.py"].decode()
