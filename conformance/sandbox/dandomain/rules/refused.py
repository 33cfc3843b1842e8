"""The one way in which a rule says no."""

from __future__ import annotations

from collections.abc import Mapping


class RefusedError(Exception):
    """The request is answered with this HTTP status and a word that says why."""

    def __init__(self, status: int, word: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, word)
        self.status = status
        self.word = word
        self.headers = headers or {}
