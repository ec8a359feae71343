"""What all answers of M3 have in common, to one transaction or to many."""

from __future__ import annotations

import json
from collections.abc import Mapping

import httpx2

from .errors import IonApiError, status_error_class
from .mi_errors import failure
from .values import is_object


def opened(content: bytes) -> Mapping[str, object] | None:
    """The object that the body of an answer holds, in the words of version 2 of M3's
    service; None where it holds anything else."""
    try:
        answer: object = json.loads(content)
    except (ValueError, RecursionError):
        from .mi_version1 import salvaged

        return salvaged(content)
    if not is_object(answer):
        return None
    if "results" not in answer:
        from .mi_version1 import translated

        return translated(answer)
    return answer


def succeeds(status: int) -> bool:
    """Whether a status says that M3 has answered; what it answers may be a failure."""
    return 200 <= status < 300


def refusal(response: httpx2.Response, method: str, path: str) -> IonApiError:
    """The exception for an answer of another status: M3's own words where it has any,
    else the status."""
    answer = opened(response.content)
    found = failure(answer) if answer is not None else None
    status = response.status_code
    return found or status_error_class(status)(
        status, response.headers, response.content, None, method, path
    )
