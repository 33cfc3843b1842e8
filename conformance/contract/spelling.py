"""What somebody who wrote an unknown name will have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def meant(given: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: the known one that is most like it; "" where none is."""
    close = difflib.get_close_matches(given, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
