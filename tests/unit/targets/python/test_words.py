"""Which words a name consists of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.words import pascal, singular, snake, words, words_with_signs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("customerId", "customer_id"),
        ("CustomerID", "customer_id"),
        ("customer-id", "customer_id"),
        ("CUSTOMER_ID", "customer_id"),
        ("getHTTPStatus", "get_http_status"),
        ("CRS610MI", "crs610mi"),
        ("LstMPOPLPU2-sum", "lst_mpoplpu2_sum"),
        ("S3Bucket", "s3_bucket"),
        ("sha256Hash", "sha256_hash"),
        ("userIDs", "user_ids"),
        ("OAuth2Token", "oauth2_token"),
        ("ipv4Address", "ipv4_address"),
        ("IPv6Address", "ipv6_address"),
        ("v1beta1", "v1_beta1"),
        ("3rdParty", "3rd_party"),
        ("Größe", "grosse"),
        ("Straße", "strasse"),
        ("Øre", "ore"),
        ("名前", "u540d_u524d"),
        ("$filter", "filter"),
        ("a.b[c]", "a_b_c"),
        ("---", ""),
    ],
)
def test_words_are_found_in_every_spelling(name: str, expected: str) -> None:
    """Capitals, digits, separators and other scripts."""
    assert expected == snake(words(Text(name)))


def test_signs_are_words_where_they_tell_names_apart() -> None:
    """GitHub's reactions are called +1 and -1."""
    assert ("plus", "1") == words_with_signs(Text("+1"))
    assert ("minus", "1") == words_with_signs(Text("-1"))
    assert ("underscore", "id") == words_with_signs(Text("_id"))


def test_classes_join_words_with_capitals() -> None:
    """Digits that meet stay apart."""
    assert "OrderLine" == pascal(("order", "line"))
    assert "V1_2" == pascal(("v1", "2"))


def test_one_of_many_has_a_name() -> None:
    """What is no plural stays."""
    assert ["line", "entry", "address", "box", "status", "series"[:-1], "data"] == [
        singular(word) for word in ("lines", "entries", "addresses", "boxes", "status", "series"[:-1], "data")
    ]


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("aliases", "alias"),
        ("alias", "alias"),
        ("series", "series"),
        ("sizes", "size"),
        ("quizzes", "quiz"),
        ("statuses", "status"),
        ("causes", "cause"),
        ("uses", "use"),
        ("cookies", "cookie"),
        ("categories", "category"),
        ("databases", "database"),
    ],
)
def test_one_of_many_is_named_as_people_would(word: str, one: str) -> None:
    """Plurals that a rule for `s` alone would get wrong."""
    assert one == singular(word)


@given(st.text())
def test_words_are_lower_case_ascii(name: str) -> None:
    """Whatever the document calls things."""
    for word in words(Text(name)):
        assert word.isascii()
        assert word.isalnum()
        assert word == word.lower()
