"""A badge: the verdict of a run in a few words, as SVG and as an endpoint for shields.io.

The words are ours alone; nothing of an answer or a target file stands in them.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from html import escape

from conformance.report.gathered import Gathered
from conformance.report.layout import plural
from conformance.run.baseline import Assessment
from conformance.run.finding import DEVIATIONS, Verdict

LABEL = "order API"
# White on each of these has a contrast of at least 4.5 to 1.
_GREEN, _RED, _AMBER, _GREY = "#1a7f37", "#c62828", "#9a5700", "#5c6370"
_HEIGHT, _PAD = 20, 7
_NARROW, _WIDE = set("fijlrtI.,:;!|()[]' "), set("mwMWQ@%")


@dataclass(frozen=True)
class Badge:
    """What a badge says."""

    message: str
    color: str
    error: bool = False
    """Whether there is no verdict on the target at all."""


def badge(gathered: Gathered, assessment: Assessment | None = None) -> Badge:
    """The verdict in a few words; with a baseline, what it accepts is counted apart."""
    tally, counts = gathered.tally, Counter(gathered.tally.counted.values())
    match assessment.exit_status if assessment else tally.exit_status:
        case 0:
            accepted = sum(tally.findings[id_].verdict in DEVIATIONS for id_ in (assessment.accepted if assessment else ()))
            kept = plural(counts[Verdict.PASS] + counts[Verdict.OBSERVED], "requirement")
            return Badge(f"conforms, {plural(accepted, 'deviation')} accepted" if accepted else f"conforms: {kept}", _GREEN)
        case 1:
            number = len(assessment.unexpected) if assessment else sum(counts[verdict] for verdict in DEVIATIONS)
            if assessment:
                return Badge(f"{plural(number, 'unexpected deviation')}" if number else "a reading changed", _RED)
            return Badge(f"{plural(number, 'requirement')} not kept", _RED)
        case 2:
            return Badge("baseline out of date", _AMBER)
        case 3:
            return Badge("not judged", _GREY, error=True)
        case 4:
            return Badge("error of the suite", _GREY, error=True)
        case _:
            return Badge("incomplete", _AMBER)


def to_shields(shown: Badge) -> str:
    """The endpoint of shields.io (schema version 1)."""
    fields = {"schemaVersion": 1, "label": LABEL, "message": shown.message, "color": shown.color.lstrip("#"),
              "isError": shown.error}  # fmt: skip
    return json.dumps(fields, indent=1) + "\n"


def to_svg(shown: Badge) -> str:
    """The badge as a picture; a screen reader reads its words."""
    left, right = _width(LABEL), _width(shown.message)
    width, words = left + right, escape(f"{LABEL}: {shown.message}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}" role="img" aria-label="{words}">\n'
        f" <title>{words}</title>\n"
        f' <clipPath id="round"><rect width="{width}" height="{_HEIGHT}" rx="3"/></clipPath>\n'
        f' <g clip-path="url(#round)"><rect width="{left}" height="{_HEIGHT}" fill="#444"/>'
        f'<rect x="{left}" width="{right}" height="{_HEIGHT}" fill="{shown.color}"/></g>\n'
        ' <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">\n'
        f"  {_text(LABEL, left / 2, left)}\n"
        f"  {_text(shown.message, left + right / 2, right)}\n"
        " </g>\n"
        "</svg>\n"
    )


def _text(words: str, middle: float, width: int) -> str:
    # `textLength` makes it fit whatever font the reader has.
    return f'<text x="{middle:g}" y="14" textLength="{width - 2 * _PAD}">{escape(words)}</text>'


def _width(words: str) -> int:
    """The width in Verdana of 11 pixels, to a pixel or two."""
    return 2 * _PAD + round(sum(4.0 if char in _NARROW else 10.2 if char in _WIDE else 6.9 for char in words))
