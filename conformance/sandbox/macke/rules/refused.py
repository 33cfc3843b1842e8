"""The one way in which a rule says no."""

from __future__ import annotations

from collections.abc import Mapping


class RefusedError(Exception):
    """The request is answered with this HTTP status, and these details in its message, instead of a result."""

    def __init__(self, status: int, *details: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, *details)
        self.status = status
        self.details = details
        self.headers = headers or {}
