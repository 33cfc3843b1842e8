"""Content negotiation over the Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class _Range(NamedTuple):
    kind: str
    subtype: str
    quality: float

    def precision(self, media_type: str) -> int:
        """How closely it names the media type: 2 exactly, 1 by its kind, 0 by `*/*`, -1 not at all."""
        if f"{self.kind}/{self.subtype}" == media_type:
            return 2
        if self.subtype != "*":
            return -1
        return 0 if self.kind == "*" else 1 if media_type.startswith(f"{self.kind}/") else -1


def best_match(accept: str, offered: Sequence[str]) -> str | None:
    """The media type that an Accept header likes best out of `offered` (favourite first), or None.

    The more precise range decides a type's quality. Among equals the more precisely named type wins, then the
    one that the header names earlier, then the server's favourite.
    """
    ranges = [_parsed(part) for part in accept.lower().split(",") if part.strip()]
    ranked = []
    for favour, media_type in enumerate(offered):
        matching = [(entry.precision(media_type), -place) for place, entry in enumerate(ranges)]
        precision, place = max(matching, default=(-1, 0))
        if precision >= 0 and (quality := ranges[-place].quality) > 0:
            ranked.append((quality, precision, place, -favour, media_type))
    return max(ranked)[-1] if ranked else None


def _parsed(text: str) -> _Range:
    name, *parameters = (part.strip() for part in text.split(";"))
    kind, _, subtype = name.partition("/")
    weights = [
        value for key, _, value in (parameter.partition("=") for parameter in parameters) if key == "q"
    ]
    return _Range(kind, subtype, _quality(weights[0]) if weights else 1.0)


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0
