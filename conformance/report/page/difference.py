"""Marks the difference between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

Piece = tuple[str, bool]
"""A part of a text, and whether only this text has it."""
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.5
"""Below this likeness two texts are different altogether, and marks would be confetti."""
_LONGEST = 600
"""Words of a text; beyond this, marking takes longer than reading."""


def marked(expected: str, actual: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; what differs is marked in each. Texts that have little in common stay whole."""
    left, right = _WORD.findall(expected), _WORD.findall(actual)
    if max(len(left), len(right)) > _LONGEST:
        return [(expected, False)], [(actual, False)]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if expected == actual or matcher.ratio() < _ALIKE:
        return [(expected, False)], [(actual, False)]
    opcodes = matcher.get_opcodes()
    return (
        _joined([("".join(left[i1:i2]), tag != "equal") for tag, i1, i2, _, _ in opcodes]),
        _joined([("".join(right[j1:j2]), tag != "equal") for tag, _, _, j1, j2 in opcodes]),
    )


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind become one; a blank between two marks is marked too."""
    result: list[Piece] = []
    for index, (text, differs) in enumerate(pieces):
        if not text:
            continue
        between = 0 < index < len(pieces) - 1 and not text.strip() and pieces[index - 1][1] and pieces[index + 1][1]
        if result and result[-1][1] == (differs or between):
            result[-1] = (result[-1][0] + text, differs or between)
        else:
            result.append((text, differs or between))
    return result
