"""How long answers took, operation by operation: a histogram with logarithmic bins, so that its size never grows."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

_PER_DECADE = 24
"""Bins between 1 and 10 ms: neighbours differ by 10 %, which is less than two runs of one server differ."""
_LEAST = 0.01


@dataclass
class Latency:
    """The answers of one operation."""

    bins: Counter[int] = field(default_factory=Counter)
    failures: int = 0
    """Questions that were never answered; their waiting times are not counted."""

    def add(self, milliseconds: float) -> None:
        """Counts one answer."""
        self.bins[math.floor(math.log10(max(milliseconds, _LEAST)) * _PER_DECADE)] += 1

    @property
    def count(self) -> int:
        """How many answers there were."""
        return self.bins.total()

    def quantile(self, share: float) -> float:
        """The milliseconds within which this share of the answers came; 0 where there was none."""
        left = share * self.count
        for bin_ in sorted(self.bins):
            left -= self.bins[bin_]
            if left <= 0:
                return float(10 ** ((bin_ + 0.5) / _PER_DECADE))
        return 0.0

    def profile(self, least: float, most: float, columns: int) -> list[float]:
        """The share of answers in each of so many columns of a logarithmic axis, relative to the fullest."""
        low, high = math.log10(least), math.log10(most)
        heights = [0.0] * columns
        for bin_, number in self.bins.items():
            place = ((bin_ + 0.5) / _PER_DECADE - low) / (high - low or 1)
            heights[min(columns - 1, max(0, int(place * columns)))] += number
        fullest = max(heights, default=0) or 1
        return [height / fullest for height in heights]


def axis(latencies: list[Latency]) -> tuple[float, float]:
    """The ends of an axis, whole decades of milliseconds, on which all of them can be drawn."""
    bins = [bin_ for latency in latencies for bin_ in latency.bins]
    if not bins:
        return 1.0, 10.0
    low = math.floor(min(bins) / _PER_DECADE)
    high = max(math.ceil((max(bins) + 1) / _PER_DECADE), low + 1)
    return float(10**low), float(10**high)
