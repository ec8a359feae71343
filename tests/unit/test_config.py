"""`ionapi.toml`: found, read, merged with the command line; every mistake has its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_codegen import config, config_file
from ionapi_codegen.config import Config, FetchSettings, Overrides, PackageSettings
from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped
from ionapi_codegen.dialects.registry import CHOICES

FULL = """\
[packages.crs610mi]
documents = ["specs/CRS610MI.json", "https://example.com/more.json"]
ionapi = "acme.ionapi"
output = "clients"
dialect = "infor"

[packages.crs610mi.names]
"LstByNumber" = "list_by_number"
"/paths/~1Add/get" = "add_customer"

[packages.orders]
documents = ["specs/orders.yaml"]
"""


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(text: str, file: str = "ionapi.toml") -> Config:
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(text, "utf-8")
    return config_file.read(Path(file), Diagnostics())


def mistakes(text: str) -> list[str]:
    """`line:column: message (help)` for each key that is wrong."""
    Path("ionapi.toml").write_text(text, "utf-8")
    diagnostics = Diagnostics()
    with pytest.raises(Stopped):
        config_file.read(Path("ionapi.toml"), diagnostics)
    return [
        f"{found.place.line}:{found.place.column}: {found.message}"
        + (f" ({found.help})" if found.help else "")
        for found in diagnostics.sorted()
        if found.place
    ]


def test_every_setting_is_read() -> None:
    crs610mi, orders = read(FULL).packages

    assert crs610mi == PackageSettings(
        name="crs610mi",
        documents=("specs/CRS610MI.json", "https://example.com/more.json"),
        ionapi=Path("acme.ionapi"),
        output=Path("clients"),
        dialect="infor",
        names={"LstByNumber": "list_by_number", "/paths/~1Add/get": "add_customer"},
        fetched=(
            FetchSettings(
                "https://example.com/more.json", Path("specs/more.json"), False, Place("ionapi.toml")
            ),
        ),
    )
    assert orders == PackageSettings("orders", ("specs/orders.yaml",))


def test_paths_are_relative_to_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (settings,) = read(
        '[packages.a]\ndocuments = ["a.json"]\noutput = "out"', "repository/ionapi.toml"
    ).packages
    assert settings.documents == ("repository/a.json",)
    assert settings.output == Path("repository/out")


def test_a_section_of_pyproject_does_as_well() -> None:
    text = '[project]\nname = "x"\n[tool.ionapi-codegen.packages.a]\ndocuments = ["a.json"]\n'
    assert read(text, "pyproject.toml").packages == (PackageSettings("a", ("a.json",)),)


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "ionapi.toml").touch()
    assert tmp_path / "ionapi.toml" == config.locate(inner)

    (tmp_path / "a" / "pyproject.toml").write_text("[project]\n")
    assert tmp_path / "ionapi.toml" == config.locate(inner)

    (tmp_path / "a" / "pyproject.toml").write_text("[tool.ionapi-codegen.packages.a]\n")
    assert tmp_path / "a" / "pyproject.toml" == config.locate(inner)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '[packages.tiny]\ndocument = ["a.json"]\n',
            ["2:1: unknown key 'document' (did you mean documents?)"],
        ),
        (
            '[packages.a]\ndocuments = "a.json"\n',
            ['2:1: documents must be a list of texts (write documents = ["…"])'],
        ),
        (
            '[packages.a]\ndocuments = ["a"]\n  dialect = "sap"\n',
            [f"3:3: there is no dialect 'sap' (one of {', '.join(CHOICES)})"],
        ),
        (
            '[packages.class]\ndocuments = ["a"]\n',
            ["1:1: the package name 'class' is a word or a standard module of Python (choose another name)"],
        ),
        (
            '[package.a]\ndocuments = ["a"]\n',
            ["1:1: unknown key 'package' (did you mean packages?)"],
        ),
        ("", ["1:1: the configuration names no package (add [packages.NAME] with documents = […])"]),
        (
            "[packages.a]\n",
            ['1:1: package a names no document (add documents = ["specs/FILE"])'],
        ),
        (
            '[packages.a]\ndocuments = ["a"]\nnames.x = 1\n',
            ['3:1: x must be a text in quotes (write x = "…")'],
        ),
        (
            "[packages.a\n",
            [
                (
                    "1:12: the configuration is not TOML: Expected ']' at the end of a table declaration "
                    "(correct it there; https://toml.io says how it is written)"
                )
            ],
        ),
        (
            '[packages.a]\ndocuments = ["a"]\n[packages.a.names]\ngetX = "class"\n',
            ["4:1: the name 'class' is a word of Python (choose another name)"],
        ),
        (
            '[packages.a]\ndocuments = ["a"]\nnames.getX = "x; import os"\n',
            [
                (
                    "3:1: the name 'x; import os' is not a Python identifier "
                    "(letters, digits and _, no digit first) (choose another name)"
                )
            ],
        ),
        (
            "packages = [1]\n",
            ["1:1: packages must be a table (write [packages] and its keys below)"],
        ),
    ],
)
def test_each_mistake_has_its_line_and_what_to_do(text: str, expected: list[str]) -> None:
    assert expected == mistakes(text)


class TestMerge:
    """The command line and the configuration together."""

    PACKAGES = (PackageSettings("a", ("a.json",), dialect="none"), PackageSettings("b", ("b.json",)))
    CONFIG = Config(Path("ionapi.toml"), PACKAGES)

    def test_without_arguments_all_packages_are_made(self) -> None:
        assert self.PACKAGES == config.merge((), Overrides(), self.CONFIG)

    def test_options_hold_for_every_package(self) -> None:
        merged = config.merge((), Overrides(output=Path("out")), self.CONFIG)
        assert [Path("out"), Path("out")] == [one.output for one in merged]

    def test_one_package_can_be_chosen(self) -> None:
        assert self.PACKAGES[1:] == config.merge((), Overrides(package="b"), self.CONFIG)

    def test_a_package_that_is_not_there_is_nothing(self) -> None:
        assert () == config.merge((), Overrides(package="c"), self.CONFIG)

    def test_documents_of_the_command_line_do_without_the_configuration(self) -> None:
        merged = config.merge(("x.json",), Overrides(), self.CONFIG)
        assert (PackageSettings(None, ("x.json",)),) == merged

    def test_a_package_of_the_configuration_gives_what_the_command_line_leaves_out(self) -> None:
        merged = config.merge(("x.json",), Overrides(package="a"), self.CONFIG)
        assert (PackageSettings("a", ("x.json",), dialect="none"),) == merged


def test_what_init_writes_is_what_generate_reads() -> None:
    settings = PackageSettings(
        "a", ('odd "name".json', "b\\c.json"), Path("acme.ionapi"), Path("clients"), "infor"
    )
    assert read(config.to_toml(settings)).packages == (settings,)
