"""The one way in which a rule says no."""

from __future__ import annotations


class RefusedError(Exception):
    """The request is answered with this code of the document's error table instead of a result."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
