"""Where references lead, and what is said of those that lead nowhere."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.spec.document import LoadOptions, load

from .conftest import FolderLoader, Loader, below

HEAD = "openapi: 3.1.0\ncomponents:\n  schemas:\n"


def of_schemas(schemas: str) -> str:
    return HEAD + textwrap.indent(textwrap.dedent(schemas), "    ")


@pytest.mark.parametrize(
    ("reference", "pointer"),
    [
        ("#/components/schemas/B", "/components/schemas/B"),
        ("#/components/schemas/odd~1name~0%25", "/components/schemas/odd~1name~0%"),
        ("#/components/schemas/gr%C3%B6%C3%9Fe", "/components/schemas/größe"),
        ("#/components/schemas/B/allOf/0", "/components/schemas/B/allOf/0"),
        ("#/components/schemas/Chain/properties/x", "/components/schemas/C/properties/x"),
        ("#named", "/components/schemas/C"),
        ("https://schemas.example/d.json", "/components/schemas/D"),
        ("https://schemas.example/d.json#/$defs/E", "/components/schemas/D/$defs/E"),
        ("#/x-shared/F", "/x-shared/F"),
    ],
)
def test_inside_the_document(loaded: Loader, reference: str, pointer: str) -> None:
    """Pointers with their escapes, pointers through other references, anchors, and URIs given by `$id`."""
    text = of_schemas(f"""\
        A: {{$ref: '{reference}'}}
        B: {{allOf: [{{type: string}}]}}
        odd/name~%: {{type: string}}
        größe: {{type: string}}
        C: {{$anchor: named, properties: {{x: {{type: string}}}}}}
        Chain: {{$ref: '#/components/schemas/C'}}
        D:
          $id: https://schemas.example/d.json
          $defs: {{E: {{type: string}}}}
        """)
    read = loaded(text + "x-shared: {F: {type: string, nullable: true}}\n")
    found = read.resolved("components", "schemas", "A")
    assert pointer == found.pointer
    assert f"api.yaml#{pointer}" == found.identity
    assert [] == read.found()


def test_relative_to_an_id(loaded: Loader) -> None:
    """Inside a schema with `$id`, references are relative to it; a pointer it does not have is the document's."""
    text = """\
    D:
      $id: https://schemas.example/d.json
      $defs: {E: {type: string}}
      properties:
        own: {$ref: '#/$defs/E'}
        documents: {$ref: '#/components/schemas/B'}
        beside: {$ref: b.json}
    B: {$id: 'https://schemas.example/b.json', type: string}
    """
    read = loaded(of_schemas(text))
    found = [
        read.resolved("components", "schemas", "D", "properties", name).pointer
        for name in ("own", "documents", "beside")
    ]
    assert ["/components/schemas/D/$defs/E", "/components/schemas/B", "/components/schemas/B"] == found


def test_one_step_keeps_the_name(loaded: Loader) -> None:
    """`target` gives what a reference names; siblings of a `$ref` stay members of the node."""
    read = loaded(
        of_schemas(
            "A: {$ref: '#/components/schemas/B', description: d}\nB: {$ref: '#/components/schemas/C'}\nC: {}\n"
        )
    )
    node = read.schema("A")
    target = read.document.target(node, read.diagnostics)
    assert target is not None
    assert "/components/schemas/B" == target.pointer
    assert "d" == node.text("description")
    assert None is read.document.target(read.schema("C"), read.diagnostics)


@pytest.mark.parametrize(
    ("reference", "code", "help"),
    [
        ("#/components/schemas/pet", "ref-not-found", "did you mean '#/components/schemas/Pet'?"),
        ("#/components/schema/Pet", "ref-not-found", "did you mean '#/components/schemas/Pet'?"),
        ("#/definitions/Pet", "ref-not-found", "did you mean '#/components/schemas/Pet'?"),
        ("#/components/schemas/Nothing", "ref-not-found", "correct the reference, or add what it names"),
        ("#/components/schemas/Pet/allOf/2", "ref-not-found", "correct the reference, or add what it names"),
        ("#/components/schemas/A", "ref-cycle", "write out what one of them means"),
        ("#/components/schemas/A/properties/x", "ref-cycle", "write out what one of them means"),
        (
            "http://pets.example/api.yaml",
            "ref-remote",
            "save that document beside this one and refer to the file",
        ),
        ("//pets.example/api.yaml", "ref-remote", "save that document beside this one and refer to the file"),
        ("/etc/passwd", "ref-outside", "refer to the file by a relative path"),
        ("file:///etc/passwd", "ref-outside", "refer to the file by a relative path"),
        ("C:\\pets.yaml", "ref-outside", "refer to the file by a relative path"),
        (
            "../../pets.yaml",
            "ref-outside",
            "move the file below that folder, or name the folder above both, with a file ENTRY in it that names the document",
        ),
        (
            "%2e%2e/pets.yaml",
            "ref-outside",
            "move the file below that folder, or name the folder above both, with a file ENTRY in it that names the document",
        ),
        (
            "link.yaml",
            "ref-outside",
            "move the file below that folder, or name the folder above both, with a file ENTRY in it that names the document",
        ),
        ("Others.yaml#/Pet", "ref-not-found", "did you mean 'others.yaml'?"),
        ("others.yaml#/pet", "ref-not-found", "did you mean 'others.yaml#/Pet'?"),
        ("a\0b", "ref-not-found", "correct the reference, or add what it names"),
    ],
)
def test_leading_nowhere(
    loaded_folder: FolderLoader, tmp_path: Path, reference: str, code: str, help: str | None
) -> None:
    """One error at the reference, with what may have been meant; nothing outside the folder is opened."""
    (tmp_path / "api").mkdir()
    (tmp_path / "secret.yaml").write_text("Pet: {}")
    (tmp_path / "api" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    spelled = '"a\\0b"' if "\0" in reference else f"'{reference}'"
    schemas = f"A: {{$ref: {spelled}}}\nPet: {{allOf: [{{}}]}}\n"
    read = loaded_folder({"api/api.yaml": of_schemas(schemas), "api/others.yaml": "Pet: {}"})
    assert None is read.document.resolve(read.schema("A"), read.diagnostics)
    (found,) = read.diagnostics.sorted()
    assert found.place is not None
    assert (code, "/components/schemas/A/$ref", help) == (found.code, found.place.pointer, found.help)


@pytest.mark.parametrize(
    "reference",
    ["Pet", "#Pet", "components/schemas/Pet", "/components/schemas/Pet", "#/components/schemas/Pet/"],
)
def test_what_can_only_mean_a_component(loaded: Loader, reference: str) -> None:
    """A name, or a pointer without its signs, that is no file: a warning, and what it means."""
    read = loaded(of_schemas(f"A: {{$ref: '{reference}'}}\nPet: {{type: string}}\n"))
    assert "/components/schemas/Pet" == read.resolved("components", "schemas", "A").pointer
    (found,) = read.diagnostics.sorted()
    assert ("ref-guessed", "write '#/components/schemas/Pet'") == (found.code, found.help)


def test_what_a_pasted_schema_refers_to(loaded: Loader) -> None:
    """A pointer that the document does not have is one of the schema around, each time of another."""
    read = loaded(of_schemas("""\
            A: {properties: {x: {$ref: '#/$defs/In'}, y: {$ref: '#/properties/z'}, z: {}}, $defs: {In: {}}}
            B: {properties: {x: {$ref: '#/$defs/In'}}, $defs: {In: {allOf: [{$ref: '#/$defs/In2'}], $defs: {In2: {}}}}}
            """))
    schemas = "/components/schemas"
    for at, leads_to in {
        "A/properties/x": "A/$defs/In",
        "A/properties/y": "A/properties/z",
        "B/properties/x": "B/$defs/In",
        "B/$defs/In/allOf/0": "B/$defs/In/$defs/In2",
    }.items():
        assert f"{schemas}/{leads_to}" == read.resolved("components", "schemas", *at.split("/")).pointer
    assert ["ref-local"] * 4 == [found.code for found in read.diagnostics.sorted()]


def test_circle_of_references(loaded: Loader) -> None:
    """A circle is said once, whoever leads into it; recursion through a property is none."""
    text = """\
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/A'}
    Entrance: {$ref: '#/components/schemas/B'}
    Tree: {properties: {parent: {$ref: '#/components/schemas/Tree'}}}
    """
    read = loaded(of_schemas(text))
    for name in ("A", "B", "Entrance"):
        assert None is read.document.target(read.schema(name), read.diagnostics)
    (found,) = read.diagnostics.sorted()
    assert (
        "references lead in a circle and never to a value: "
        "'#/components/schemas/A' → '#/components/schemas/B' → '#/components/schemas/A'"
    ) == found.message
    assert found.place is not None
    assert "/components/schemas/A/$ref" == found.place.pointer
    assert (
        "/components/schemas/Tree"
        == read.resolved("components", "schemas", "Tree", "properties", "parent").pointer
    )


def test_files(loaded_folder: FolderLoader) -> None:
    """References into files and back are relative to where they stand; fragments are upgraded like the document."""
    read = loaded_folder(
        {
            "api/api.yaml": """\
                openapi: 3.0.3
                paths:
                  /pets: {$ref: paths/pets.yaml}
                components:
                  schemas:
                    Owner: {type: string}
                """,
            "api/paths/pets.yaml": """\
                get:
                  responses:
                    '200':
                      description: Pets.
                      content: {$ref: '../content.json'}
                """,
            "api/content.json": '{"application/json": {"schema": {"$ref": "schemas/my%20pet.yaml#/Pet"}}}',
            "api/schemas/my pet.yaml": """\
                Pet:
                  properties:
                    owner: {$ref: '../api.yaml#/components/schemas/Owner'}
                    name: {type: string, nullable: true}
                """,
        }
    )
    item = read.resolved("paths", "/pets")
    assert "api/paths/pets.yaml" == item.file.name
    schema = below(item, "get", "responses", "200", "content", "application/json", "schema")
    pet = read.document.resolve(schema, read.diagnostics)
    assert pet is not None
    assert "api/schemas/my pet.yaml#/Pet" == pet.identity
    assert {"type": ["string", "null"]} == below(pet, "properties", "name").value
    owner = read.document.resolve(below(pet, "properties", "owner"), read.diagnostics)
    assert owner is not None
    assert read.schema("Owner").identity == owner.identity
    assert ["api.yaml", "content.json", "paths/pets.yaml", "schemas/my pet.yaml"] == list(
        read.document.contents
    )
    assert [] == read.found()


def test_a_wider_folder(tmp_path: Path) -> None:
    """An option allows references into a folder above the document's."""
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "api.yaml").write_text(of_schemas("A: {$ref: '../common.yaml#/A'}\n"))
    (tmp_path / "common.yaml").write_text("A: {type: string}")
    diagnostics = Diagnostics()
    document = load(tmp_path / "api" / "api.yaml", LoadOptions(folder=tmp_path), diagnostics)
    found = document.resolve(below(document.root, "components", "schemas", "A"), diagnostics)
    assert found is not None
    assert {"type": "string"} == found.value


def test_a_file_that_cannot_be_read(loaded_folder: FolderLoader) -> None:
    """What is wrong with a file is said once, however many references lead there."""
    schemas = "A: {$ref: 'b.yaml#/A'}\nB: {$ref: 'b.yaml#/B'}\n"
    read = loaded_folder({"api/api.yaml": of_schemas(schemas), "api/b.yaml": "a: b: c"})
    for name in ("A", "B"):
        assert None is read.document.resolve(read.schema(name), read.diagnostics)
    assert [("yaml-syntax", "")] == read.found()


def test_an_ionapi_file_is_no_part_of_a_document(loaded_folder: FolderLoader) -> None:
    """Its secrets reach neither messages nor clients, whatever the file is called."""
    secrets = '{"Sask": "s3cret"}'
    schemas = "A: {$ref: 'acme.ionapi#/Sask'}\nB: {$ref: 'b.json#/Sask'}\n"
    read = loaded_folder(
        {"api/api.yaml": of_schemas(schemas), "api/acme.ionapi": secrets, "api/b.json": secrets}
    )
    for name in ("A", "B"):
        assert None is read.document.resolve(read.schema(name), read.diagnostics)
    assert [
        ("ref-secret", "/components/schemas/A/$ref"),
        ("ref-secret", "/components/schemas/B/$ref"),
    ] == read.found()
    assert "acme.ionapi" not in [source.name for source in read.document.sources]


@pytest.mark.parametrize("name", ["p" * 5000, "folder", "folder/b.yaml", "loop.yaml"])
def test_what_is_no_file_at_all(loaded_folder: FolderLoader, tmp_path: Path, name: str) -> None:
    """Names that are too long, folders and links that lead in a circle are files that are not there."""
    (tmp_path / "api" / "folder").mkdir(parents=True)
    (tmp_path / "api" / "loop.yaml").symlink_to("loop.yaml")
    read = loaded_folder({"api/api.yaml": of_schemas(f"A: {{$ref: '{name}'}}\n")})
    assert None is read.document.resolve(read.schema("A"), read.diagnostics)
    assert [("ref-not-found", "/components/schemas/A/$ref")] == read.found()


def test_a_long_line_of_references_is_followed_once(loaded: Loader) -> None:
    """Thousands of schemas that are each but the next one cost no more than their number."""
    many = "".join(f"A{number}: {{$ref: '#/components/schemas/A{number + 1}'}}\n" for number in range(5000))
    read = loaded(of_schemas(many + "A5000: {type: string}\n"))
    found = read.document.resolve(read.schema("A0"), read.diagnostics)
    assert found is not None
    assert {"type": "string"} == found.value


def test_a_document_from_elsewhere_has_no_files(loaded: Loader) -> None:
    """A document that was downloaded cannot make the generator open files."""
    read = loaded(of_schemas("A: {$ref: 'b.yaml#/A'}\n"))
    assert None is read.document.resolve(read.schema("A"), read.diagnostics)
    assert [("ref-outside", "/components/schemas/A/$ref")] == read.found()


def test_self(loaded: Loader) -> None:
    """3.2: a document may call itself by the URI in `$self`."""
    text = of_schemas("A: {$ref: 'https://api.example/v1.yaml#/components/schemas/B'}\nB: {}\n")
    read = loaded(text + "$self: https://api.example/v1.yaml\n")
    assert "/components/schemas/B" == read.resolved("components", "schemas", "A").pointer


def test_dynamic_references(loaded: Loader) -> None:
    """`$dynamicRef` is read as a reference to the anchor of that name."""
    read = loaded(of_schemas("A: {items: {$dynamicRef: '#node'}}\nB: {$dynamicAnchor: node}\n"))
    assert "/components/schemas/B" == read.resolved("components", "schemas", "A", "items").pointer
