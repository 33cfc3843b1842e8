"""Expected and actual values as a reader can tell them apart: an empty text, blanks at an end, letters that look like
others, and points in time that are counted from 1970."""

from __future__ import annotations

import re
import unicodedata
from ast import literal_eval
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from conformance.run.finding import DEVIATIONS, Finding

_LITERAL = re.compile(r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?=$|, as )""")
"""A text as Python writes it, at the beginning of what is said of it."""
_PROSE = re.compile(r"[a-z]+|[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|.*\s.*|\W*", re.DOTALL)
"""What is no single value, or one that stands without quotation marks: words, numbers, true and null."""
_EDGE, _RUN = re.compile(r"\A\s+|\s+\Z"), re.compile(r" {2,}")
_EPOCH = re.compile(r"\\?/Date\((-?\d{1,15})([+-]\d{4})?\)\\?/")
_SECONDS = re.compile(r"(?<![\w.-])1\d{9}(?![\w.-])")
_TIMELY = re.compile(r"time|date|modified|created|since", re.IGNORECASE)


def legible(finding: Finding) -> Finding:
    """A deviation with its two values written so that every difference between them shows; others are left alone."""
    if finding.verdict not in DEVIATIONS:
        return finding
    alike = finding.expected != finding.actual and _composed(finding.expected) == _composed(finding.actual)
    expected, actual = _spelled(finding.expected, every=alike), _spelled(finding.actual, every=alike)
    if '"' in (expected[:1], actual[:1]):
        expected, actual = _quoted(expected), _quoted(actual)
    return replace(finding, expected=_dated(expected, finding.where), actual=_dated(actual, finding.where))


def moments(text: str, where: str = "") -> str:
    """The points in time that a text counts from 1970, as dates with time; "" where it counts none."""
    found = [told for match in _EPOCH.finditer(text) if (told := _when(int(match[1]) / 1000, match[2] or ""))]
    if _TIMELY.search(f"{where.rpartition('.')[2]} {text}"):
        found += [_when(int(match[0])) for match in _SECONDS.finditer(text)]
    return ", ".join(found)


def _dated(text: str, where: str) -> str:
    when = moments(text, where)
    return f"{text} ({when})" if when else text


def _when(seconds: float, zone: str = "") -> str:
    """`2009-02-13 23:31:30 UTC`, or in the zone that stands beside the number."""
    away = timedelta(minutes=int(f"{zone[0]}{int(zone[1:3]) * 60 + int(zone[3:])}")) if zone else timedelta()
    try:
        when = datetime.fromtimestamp(seconds, timezone(away) if zone else UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    told = when.isoformat(" ", "milliseconds" if when.microsecond else "seconds")
    return f"{told[:-6]} {told[-6:] if zone else 'UTC'}"


def _spelled(text: str, *, every: bool) -> str:
    literal = _LITERAL.match(text)
    value, rest = (_value(literal[0]), text[literal.end() :]) if literal else (text, "")
    shown = "".join(_letter(char, every=every) for char in _RUN.sub(_blanks, _EDGE.sub(_blanks, value)))
    return f'"{shown}"{rest}' if literal or not value or _EDGE.search(value) else shown


def _value(literal: str) -> str:
    try:
        return str(literal_eval(literal))
    except (ValueError, SyntaxError):
        return literal[1:-1]


def _blanks(match: re.Match[str]) -> str:
    return match[0].replace(" ", "␣").replace("\n", "\\n")


def _letter(char: str, *, every: bool) -> str:
    """The letter, or the number of its code point where it cannot be seen for what it is; half a pair stays one."""
    seen = char.isprintable() or char == "\n" or unicodedata.category(char) == "Cs"
    odd = every and not char.isascii() and char != "␣"
    return char if seen and not odd else f"[U+{ord(char):04X}]"


def _composed(text: str) -> str:
    """What a text looks like: equal for two texts that the eye cannot tell apart by their accents, widths and ligatures."""
    return unicodedata.normalize("NFKC", text)


def _quoted(text: str) -> str:
    """A value that stands alone gets quotation marks, as the other one has them."""
    return text if text.startswith('"') or _PROSE.fullmatch(text) else f'"{text}"'
