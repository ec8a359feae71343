"""For each kind of change: what is said to break is what breaks, and nothing else.

Each folder in `kinds` has two documents, a caller of the old one's client, and the changes that are told. The
caller's code is checked against both clients by mypy; then it is run, with the old client, against servers that
take and answer exactly what the old or the new document says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from changes.proof import SIDES, Case, Proof, cases, importable
from ionapi_codegen.changes import places, sides
from ionapi_codegen.changes.compare import compare
from ionapi_codegen.changes.json_form import as_json
from ionapi_codegen.changes.model import Breaks, Change, Described
from ionapi_codegen.changes.package_model import decode, encode
from ionapi_codegen.diagnostics import Diagnostics
from tests_support.plugins import install_example

CASES = cases()


def changes(case: Case) -> tuple[Change, ...]:
    return places.with_lines(compare(*described(case)), {})


def described(case: Case) -> tuple[Described, Described]:
    old, new = (
        sides.side(str(case.spec(side)), case.dialect(side), Diagnostics()).described for side in SIDES
    )
    return old, new


@pytest.fixture(scope="module", autouse=True)
def plug_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The dialect of the documentation's example can be named."""
    with pytest.MonkeyPatch.context() as patch:
        install_example(tmp_path_factory.mktemp("site"), patch)
        yield


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
def test_changes_are_told(case: Case, request: pytest.FixtureRequest) -> None:
    """The changes of a folder are those of its `expected.json`, the kind that it is named after among them."""
    found = changes(case)
    told = as_json(found).replace(f"{case.folder}/", "")
    expected = case.folder / "expected.json"
    if request.config.getoption("--update"):
        expected.write_text(told, "utf-8")
    assert json.loads(expected.read_text("utf-8")) == json.loads(told)
    assert case.kind in {change.kind for change in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
def test_a_package_tells_the_same(case: Case) -> None:
    """The model that a package carries, in place of the document that it was made from, on either side."""
    told = [(change.kind, change.breaks, change.message) for change in compare(*described(case))]
    one, other = (replace(decode(encode(side.apis, {}, None), ""), package=None) for side in described(case))
    assert told == [(change.kind, change.breaks, change.message) for change in compare(one, other)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("proof")
    yield from (made for _ in importable(made))


def test_what_is_said_to_break_breaks(folder: Path) -> None:
    """*source* is said exactly where mypy finds an error in the caller against the new client; *wire* exactly
    where the old client fails against a server of the new document. With what they were written for, all
    callers type-check and work."""
    proof = Proof(CASES, folder)
    errors = proof.type_errors()
    assert [] == [said for (_, side), said in errors.items() if side == "old"]
    assert [] == [(case.folder.name, reason) for case, reason in proof.failures("old")]
    failures = {case.name: reason for case, reason in proof.failures("new")}
    wrong: list[str] = []
    for case in CASES:
        claimed = {one for change in changes(case) for one in change.breaks}
        said = errors.get((case.name, "new"), [])
        if (Breaks.SOURCE in claimed) != bool(said):
            wrong.append(f"{case.folder.name}: source is {'' if said else 'not '}broken {said}")
        if (Breaks.WIRE in claimed) != (case.name in failures):
            reason = failures.get(case.name, "")
            wrong.append(f"{case.folder.name}: wire is {'' if reason else 'not '}broken {reason}")
    assert [] == wrong


def test_every_kind_is_documented() -> None:
    """`docs/changes.md` has a section for each kind and in it a line for each case, with its level."""
    text = (Path(__file__).parents[2] / "docs" / "changes.md").read_text("utf-8")
    sections = dict(re.findall(r"^#### (\S+)\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL))
    assert {case.kind for case in CASES} == sections.keys()
    for case in CASES:
        told = json.loads((case.folder / "expected.json").read_text("utf-8"))["changes"]
        one = next(change for change in told if change["kind"] == case.kind)
        level = ": ".join([one["level"], *filter(None, [", ".join(one["breaks"])])])
        assert f"- {level}: `{one['where']}: {one['message']}`" in sections[case.kind]
