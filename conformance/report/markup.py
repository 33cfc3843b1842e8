r"""Strangers' texts inside Markdown: whatever they hold, they stay texts.

What comes from an answer stands in a code span or a fenced block, where no dialect of Markdown reads markup, mentions
(`@somebody`), references (`#1`), links or formulas. Never inside a table: dialects disagree on `\\|`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from conformance.wire.excerpt import shortened, visible

LONGEST = 60_000
"""Characters of a whole text: a comment on GitHub may hold 65,536."""
_LONGEST = 300
_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~!#])")
_RISKY = re.compile(r"[@#<$\n]|://|www\.|:\w+:")
_TICKS = re.compile("`+")


def bounded(parts: Iterable[str], rest: str, closing: str = "") -> str:
    """As many parts of a text as a comment may hold.

    Args:
        parts: the text; what is most important comes first.
        rest: says that something was left out, where something was.
        closing: what comes last, whatever was left out.
    """
    text = ""
    for part in parts:
        if len(text) + len(part) > LONGEST - len(closing) - len(rest):
            return text + rest + closing
        text += part
    return text + closing


def code(text: str, longest: int = _LONGEST) -> str:
    """A text of any origin as a code span of one line; a long one is cut."""
    shown = shortened(visible(text.replace("\n", "\\n")), longest)
    if not shown.strip():
        return "*nothing*" if not shown else "*blanks*"
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(shown)), default=0))
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def prose(text: str) -> str:
    """A sentence inside a paragraph; as a code span where a dialect could read more into it than words."""
    return code(text, 2 * _LONGEST) if _RISKY.search(text) or not text.strip() else _SPECIAL.sub(r"\\\1", visible(text))


def fenced(lines: Iterable[str], language: str = "") -> list[str]:
    """Lines of any origin as a block that they cannot end."""
    shown = [part for line in lines for part in visible(line).split("\n")]
    longest = max((len(run) for line in shown for run in _TICKS.findall(line)), default=0)
    ticks = "`" * max(3, longest + 1)
    return [f"{ticks}{language}", *shown, ticks]
