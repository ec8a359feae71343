"""How a query of Compass ends without its rows."""

from __future__ import annotations

from .errors import BusinessError


class CompassError(BusinessError):
    """Compass took the query, and did not finish it.

    Args:
        code: Compass's code for it; None where it sent none.
        message: what it says, without blanks around it.
        query_id: the query.
        status: the status that the query has, such as `FAILED`.
    """

    def __init__(
        self, code: str | None, message: str, query_id: str, status: str
    ) -> None:
        super().__init__(code, None, status, message)
        self.args = (code, message, query_id, status)
        self.query_id = query_id
        self.status = status

    def __str__(self) -> str:
        code = f", code {self.code}" if self.code else ""
        said = f": {self.message}" if self.message else ""
        return f"the query {self.query_id} is {self.status}{code}{said}"


class QueryCanceledError(CompassError):
    """The query was cancelled: by `cancel()`, or by somebody else."""
