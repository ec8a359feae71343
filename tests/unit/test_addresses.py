"""Secrets and documents travel by HTTPS, or stay on this machine."""

from __future__ import annotations

import pytest

from ionapi_codegen.addresses import is_loopback, is_safe, parts


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine(host: str) -> None:
    """Loopback by name or number."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.example", "127.0.0.1.example", "10.0.0.1", "0.0.0.0", "::", ""])
def test_other_machines(host: str) -> None:
    """What only looks like this machine, and what may be reached from others."""
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "url", ["", "host", "//host", "https:///path", "https://h:x", "https://h:0", "https://[::1"]
)
def test_what_is_no_url(url: str) -> None:
    """Without scheme or host, or with a port that is none."""
    assert parts(url) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://host/x", True),
        ("http://127.0.0.1:8700", True),
        ("http://host", False),
        ("http://localhost@host", False),
        ("ftp://localhost", False),
    ],
)
def test_safe(url: str, expected: bool) -> None:
    """HTTPS to anybody, HTTP to this machine, nothing else; the name before an @ is no host."""
    split = parts(url)
    assert split is not None
    assert expected is is_safe(split)
