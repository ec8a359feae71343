"""Which identifier each thing of a scope gets."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.names import Case, Scope, Wanted, allocate, identifier, wanted
from ionapi_codegen.targets.python.scopes import FIELDS, GROUPS, METHODS, MODELS, MODULES, PARAMETERS, hinted

SCOPES = st.sampled_from([FIELDS, METHODS, MODELS, MODULES, PARAMETERS])
NAMES = st.lists(
    st.text(max_size=12) | st.sampled_from(["id", "_id", "ID", "Id", "class", "1", "+1", "-1"]), unique=True
)


def names(scope: Scope, *wires: str) -> dict[str, str]:
    return allocate(scope, [wanted(wire, Text(wire)) for wire in wires])


@pytest.mark.parametrize(
    ("scope", "name", "expected"),
    [
        (PARAMETERS, "pageSize", "page_size"),
        (PARAMETERS, "from", "from_"),
        (PARAMETERS, "body", "body_"),
        (PARAMETERS, "1LAY", "parameter_1lay"),
        (PARAMETERS, "", "parameter"),
        (FIELDS, "to_dict", "to_dict_"),
        (FIELDS, "dt", "dt_"),
        (FIELDS, "__class__", "class_"),
        (FIELDS, "+1", "plus_1"),
        (FIELDS, "+1_votes", "plus_1_votes"),
        (FIELDS, "2fa_is-on", "field_2fa_is_on"),
        (FIELDS, "list", "list"),
        (MODELS, "order-line", "OrderLine"),
        (MODELS, "File", "File_"),
        (MODELS, "none", "None_"),
        (MODULES, "CON", "con_"),
    ],
)
def test_a_name_alone_is_spelled_by_its_words(scope: Scope, name: str, expected: str) -> None:
    """Keywords, names of the runtime, devices and digits in front are avoided."""
    assert expected == identifier(scope, Text(name))


def test_names_that_differ_by_case_keep_their_own_spelling() -> None:
    """M3 has a system parameter `cono` and a field `CONO`."""
    assert {"cono": "cono", "CONO": "CONO"} == names(PARAMETERS, "CONO", "cono")


def test_names_of_modules_are_lower_case() -> None:
    """Also where two tags have the same words: they are files, too."""
    tags = names(GROUPS, "Time entries", "TimeEntries", "Time-Entries")
    assert ("time_entries", "timeentries") == (tags["Time entries"], tags["TimeEntries"])
    assert 3 == len({name for name in tags.values() if name == name.lower()})


def test_names_that_differ_by_signs_spell_them() -> None:
    """MongoDB's `_id` beside `id`."""
    assert {"id": "id", "_id": "underscore_id"} == names(FIELDS, "_id", "id")


def test_the_better_claim_wins() -> None:
    """The other is qualified by something of its own."""
    things = [
        wanted("header id", Text("id"), (("header",),), rank=2),
        wanted("path id", Text("id"), (("path",),), rank=0),
    ]
    assert {"header id": "id_header", "path id": "id"} == allocate(PARAMETERS, things)


def test_a_qualifier_that_both_have_is_not_used() -> None:
    """Two parameters of the query are told apart by their spelling."""
    things = [wanted(name, Text(name), (("query",),)) for name in ("cono", "CONO")]
    assert {"cono": "cono", "CONO": "CONO"} == allocate(PARAMETERS, things)


def test_a_pinned_name_wins() -> None:
    """Even over the thing that has the name by itself."""
    things = [wanted("a", Text("total")), wanted("b", Text("sum"))]
    found = allocate(FIELDS, things, {"b": "total"})
    assert "total" == found["b"]
    assert "total" != found["a"]


def test_modules_differ_without_regard_to_case() -> None:
    """Windows and macOS see one file."""
    found = names(MODULES, "Order", "ORDER", "order")
    assert 3 == len({name.casefold() for name in found.values()})


def test_a_model_is_named_from_where_it_stands() -> None:
    """One line of an order's lines."""
    assert ("order", "line") == hinted((Text("Order"), Text("lines"), Text("item")))
    assert ("order", "data", "item") == hinted((Text("Order"), Text("data"), Text("item")))
    assert ("order", "payment") == hinted((Text("Order"), Text("payment")))


@given(SCOPES, NAMES)
def test_identifiers_are_valid_and_unique(scope: Scope, wires: list[str]) -> None:
    """Whatever the document calls things."""
    found = names(scope, *wires)
    assert len(wires) == len(set(found.values()))
    for name in found.values():
        assert name.isidentifier()
        assert name.isascii()
        assert not keyword.iskeyword(name)
        assert not name.startswith("_")
        assert name not in scope.reserved
        assert len(name.encode()) <= 100


@given(SCOPES, NAMES, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(scope: Scope, wires: list[str], random: object) -> None:
    """Nor does the order of a hash table."""
    assert names(scope, *wires) == names(scope, *reversed(wires))


@given(SCOPES, NAMES)
def test_a_name_without_a_rival_is_what_it_would_be_alone(scope: Scope, wires: list[str]) -> None:
    """So a name that is added renames nothing but what it collides with."""
    found = names(scope, *wires)
    alone = {wire: identifier(scope, Text(wire)) for wire in wires}
    folded = [name.casefold() for name in alone.values()]
    for wire in wires:
        if folded.count(alone[wire].casefold()) == 1:
            assert alone[wire] == found[wire]


def test_what_has_the_same_words_is_told_apart_by_a_digest_at_last() -> None:
    """The digest is of the thing itself: it does not count neighbours."""
    scope = Scope(Case.PASCAL, "Model")
    things = [Wanted(key, ("order",), Text("order")) for key in ("a", "b")]
    more = [*things, Wanted("c", ("order",), Text("order"))]
    assert allocate(scope, things)["b"] == allocate(scope, more)["b"]
