"""A client from a model: the text of its modules."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import black
import pytest

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api, Tag
from ionapi_codegen.ir.operation import (
    Body,
    Content,
    Effect,
    Location,
    Operation,
    Parameter,
    Response,
    Server,
)
from ionapi_codegen.ir.schema import (
    Access,
    Alias,
    Array,
    Discriminator,
    Docs,
    Enumeration,
    Kind,
    Map,
    Nullable,
    Property,
    Record,
    Ref,
    Scalar,
    Schema,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.base import GatewayDefaults, NamedApi, OperationEntry, Options, Package, Rendered
from ionapi_codegen.targets.python import files, templates
from ionapi_codegen.targets.python.target import PythonTarget

STRING = Scalar(Kind.STRING)
HOSTILE = '"""\r\nimport os; os.system("x")\n# coding: rot13\n\\'


def text(value: str) -> Text:
    return Text(value)


def record(name: str, **fields: Type) -> Record:
    properties = tuple(
        Property(text(wire.rstrip("_")), kind, required=not wire.endswith("_"))
        for wire, kind in fields.items()
    )
    return Record(f"#/{name}", (text(name),), properties)


def ref(name: str) -> Ref:
    return Ref(f"#/{name}")


def api(*operations: Operation, schemas: tuple[Schema, ...] = (), **more: object) -> Api:
    found = Api(text("Shop"), text("1.0"), operations, {schema.id: schema for schema in schemas})
    return replace(found, servers=(Server(text("https://shop.example")),), **more)  # type: ignore[arg-type]


def json(type: Type, status: str = "200") -> Response:
    return Response(status, (Content("application/json", type),))


def query(name: str, type: Type = STRING, required: bool = False) -> Parameter:
    return Parameter(text(name), Location.QUERY, type, required, "form", True)


def path(name: str, type: Type = STRING) -> Parameter:
    return Parameter(text(name), Location.PATH, type, True, "simple", False)


def render(
    *apis: Api, pinned: Mapping[str, str] | None = None, gateway: GatewayDefaults | None = None
) -> Rendered:
    named = tuple(NamedApi(f"api{n}" if n else "shop", found) for n, found in enumerate(apis))
    package = Package("shop", named, gateway)
    return PythonTarget().render(package, Options(pinned or {}, None, "1"), Diagnostics())


def module(rendered: Rendered, path: str) -> str:
    """The text of a module below its imports."""
    found = rendered.files[path].decode()
    return found.split("\n\n\n", 1)[1]


PAYMENT = Alias(
    "#/Payment",
    (text("Payment"),),
    Union(
        (ref("Card"), ref("Invoice")),
        Discriminator(text("kind"), ((text("card"), ref("Card")), (text("invoice"), ref("Invoice")))),
    ),
    Docs(description=text("How an order is paid.")),
)
CARD = record("Card", kind=Enumeration((text("card"),), frozenset({Kind.STRING})), lastDigits=STRING)
INVOICE = record("Invoice", dueDays_=Scalar(Kind.INTEGER))
STATUS = Alias(
    "#/Status", (text("Status"),), Enumeration((text("OPEN"), text("PAID")), frozenset({Kind.STRING}))
)
ORDER = Record(
    "#/Order",
    (text("Order"),),
    (
        Property(text("id"), Scalar(Kind.INTEGER), True, Access.READ),
        Property(text("list"), Array(STRING), False),
        Property(
            text("payment"), Nullable(ref("Payment")), False, docs=Docs(description=text("Its payment"))
        ),
    ),
    additional=Scalar(Kind.INTEGER),
)
SPECIAL = Record("#/Special", (text("Special"),), (), bases=(ref("Order"),))
SHOP = api(
    Operation(
        "GET",
        text("/orders/{orderId}"),
        text("getOrder"),
        (text("Orders"),),
        (path("orderId"), query("from"), query("status", Array(ref("Status")))),
        responses=(json(ref("Order")), json(ref("Problem"), "404"), Response("500")),
        docs=Docs(summary=text("Fetch an order.")),
    ),
    Operation(
        "POST",
        text("/orders"),
        text("orders.create"),
        (text("Orders"),),
        body=Body((Content("application/json", ref("Order")),), True),
        responses=(json(ref("Order"), "201"), Response("202")),
        effect=Effect.WRITE,
    ),
    Operation("GET", text("/status"), responses=(Response("200", (Content("text/plain", STRING),)),)),
    schemas=(PAYMENT, CARD, INVOICE, STATUS, SPECIAL, ORDER, record("Problem", title_=STRING)),
    tags=(Tag(text("Orders"), Docs(description=text("What is bought."))),),
)


def test_models_are_classes_and_aliases() -> None:
    """In document order, each after what it needs."""
    expected = '''\
class Card(Model):
    kind: Literal["card"] = "card"
    last_digits: str = wire("lastDigits")


class Invoice(Model):
    due_days: int | Unset = wire("dueDays", default=UNSET)


Payment: TypeAlias = Annotated[
    Card | Invoice, Discriminator("kind", {"card": Card, "invoice": Invoice})
]
"""How an order is paid."""

Status: TypeAlias = Literal["OPEN", "PAID"] | str


class Order(OpenModel[int]):
    id: int = wire(default=UNSET, read_only=True)
    list: builtins.list[str] | Unset = UNSET
    payment: Payment | None | Unset = UNSET
    """Its payment."""


class Special(Order):
    """An object of which the document names no property."""


class Problem(Model):
    title: str | Unset = UNSET
'''
    assert expected == module(render(SHOP), "models.py")


def test_operations_are_declarations() -> None:
    """Only what their names do not say stands in the decorator."""
    expected = '''\
class Orders(Group[M]):
    """What is bought."""

    @operation(
        "GET",
        "/orders/{orderId}",
        parameters={"order_id": Path("orderId"), "from_": Query("from")},
        errors=lambda: {404: models.Problem},
    )
    def get_order(
        self,
        order_id: str,
        *,
        from_: str | None = None,
        status: list[models.Status] | None = None,
    ) -> models.Order:
        """Fetch an order.

        GET /orders/{orderId}
        """
        raise Declared

    @operation("POST", "/orders", returns=lambda: {201: models.Order, 202: None})
    def create(
        self, *, body: models.Order | Mapping[str, object]
    ) -> models.Order | None:
        """POST /orders"""
        raise Declared
'''
    assert expected == module(render(SHOP), "groups/orders.py")


def test_the_manifest_lists_every_operation() -> None:
    """With what it is called, and where its arguments go."""
    expected = OperationEntry(
        "getOrder",
        "GET",
        "/orders/{orderId}",
        "orders.get_order",
        {
            "order_id": ("path", "orderId"),
            "from_": ("query", "from"),
            "status": ("query", "status"),
        },
        None,
        "read",
    )
    entries = {entry.call: entry for entry in render(SHOP).operations}
    assert {"get_status", "orders.get_order", "orders.create"} == entries.keys()
    assert expected == entries["orders.get_order"]
    assert "application/json" == entries["orders.create"].body


@pytest.mark.parametrize("longest", [500, 10])
def test_every_module_is_formatted(longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As black prints it."""
    monkeypatch.setattr(files, "LONGEST_MODULE", longest)
    for rendered in (render(SHOP), render(SHOP, documented("x " * 60))):
        for name, content in rendered.files.items():
            if name.endswith(".py") and not name.startswith("_runtime/"):
                assert black.format_str(content.decode(), mode=black.Mode()) == content.decode(), name


def test_many_models_have_a_module_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """What extends another's name stands beside it; the index loads them on first use."""
    monkeypatch.setattr(files, "LONGEST_MODULE", 0)
    monkeypatch.setattr(files, "_TINY", 4)
    found = render(SHOP).files
    assert "models.py" not in found
    assert {"models/__init__.py", "models/order.py", "models/payment.py"} <= found.keys()
    assert "from .card import Card\n" in found["models/payment.py"].decode()


def test_several_documents_share_a_client() -> None:
    """Each has a folder, and there is one runtime."""
    found = render(SHOP, api(Operation("GET", text("/GetBasicData")), gateway_path=text("M3/CRS610MI")))
    assert {"client.py", "shop/groups/orders.py", "shop/models.py", "api1/api.py"} <= found.files.keys()
    assert {"shop.orders.get_order", "api1.get_basic_data"} <= {entry.call for entry in found.operations}
    assert 'gateway_path="M3/CRS610MI"' in found.files["api1/api.py"].decode()
    assert "from ..._runtime import" in found.files["shop/groups/orders.py"].decode()


def test_the_gateway_stands_in_the_settings() -> None:
    """What is no secret of an .ionapi file."""
    gateway = GatewayDefaults(
        "https://gateway.example", "ACME_TST", "https://as.example/t", None, None, "password"
    )
    client = render(SHOP, gateway=gateway).files["client.py"].decode()
    assert "gateway=GatewayDefaults(" in client
    assert 'tenant="ACME_TST"' in client


def test_a_pinned_operation_is_called_what_its_user_says() -> None:
    """By its operationId."""
    calls = {entry.call for entry in render(SHOP, pinned={"getOrder": "fetch"}).operations}
    assert "orders.fetch" in calls


def shape(tree: ast.AST) -> list[str]:
    return [type(node).__name__ for node in ast.walk(tree)]


def documented(description: str) -> Api:
    docs = Docs(description=text(description), examples=(text(description),))
    order = replace(
        ORDER, docs=docs, properties=tuple(replace(found, docs=docs) for found in ORDER.properties)
    )
    operation = replace(SHOP.operations[0], docs=docs)
    tag = replace(SHOP.tags[0], docs=docs)
    schemas = {**SHOP.schemas, order.id: order}
    return replace(
        SHOP,
        title=text(description),
        docs=docs,
        schemas=schemas,
        tags=(tag,),
        operations=(operation, *SHOP.operations[1:]),
    )


def test_no_text_of_the_document_becomes_code() -> None:
    """A hostile text gives modules of the same shape as a harmless one."""
    hostile, harmless = render(documented(HOSTILE)).files, render(documented("x")).files
    assert hostile.keys() == harmless.keys()
    for name, content in hostile.items():
        if name.endswith(".py"):
            assert shape(ast.parse(content)) == shape(ast.parse(harmless[name])), name
            assert b"coding:" not in b"".join(content.splitlines()[:2]), name


def test_numbers_with_all_digits_are_parsed_as_such() -> None:
    """In the model that has one, and in each that leads to it."""
    found = render(
        api(schemas=(record("Sum", total=Scalar(Kind.DECIMAL)), record("Bill", sums=Array(ref("Sum")))))
    )
    expected = """\
class Sum(Model, exact=True):
    total: Annotated[Decimal, EXACT]


class Bill(Model, exact=True):
    sums: list[Sum]
"""
    assert expected == module(found, "models.py")


def test_a_recursive_alias_is_a_string() -> None:
    """Its right-hand side cannot be executed."""
    tree = Alias("#/Tree", (text("Tree"),), Union((STRING, Map(ref("Tree")))))
    found = render(api(schemas=(tree,)))
    assert 'Tree: TypeAlias = "str | dict[str, Tree]"' in found.files["models.py"].decode()


def test_many_operations_without_a_tag_have_a_module() -> None:
    """Procedures of a flat path stay on the client."""
    operations = [Operation("GET", text(f"/Lst{chr(65 + n)}")) for n in range(20)]
    found = render(api(*operations))
    assert "class Api(Operations[M])" in found.files["client.py"].decode()
    assert "def lst_a(self)" in found.files["operations.py"].decode()


def test_the_templates_are_the_checkout_s() -> None:
    """Not a copy that a build has left in the package."""
    assert Path(templates.__file__).parents[4] / "templates" == templates.folder()


def test_text_of_a_template_of_one_s_own_is_formatted_by_black(tmp_path: Path) -> None:
    """Whatever layout a template has, the module is what black prints."""
    (tmp_path / "plain.py.jinja").write_text(
        "{{ header }}\n{{ view.module.doc }}\n\n__all__: list[str]=[ ]\n", "utf-8"
    )
    package = Package("shop", (NamedApi("shop", api(Operation("GET", text("/x"), tags=(text("t"),)))),), None)
    rendered = PythonTarget().render(package, Options({}, tmp_path, "1"), Diagnostics())
    assert rendered.files["groups/__init__.py"].decode().endswith("\n\n__all__: list[str] = []\n")
