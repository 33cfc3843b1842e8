"""A history as one HTML file: its pictures are drawn here, the template only places them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from conformance.report.history.past import Pace, Past, Run, told_span
from conformance.report.layout import plural, words
from conformance.report.still import still_page
from conformance.run.finding import Verdict

_MOST = 500
"""Rows of a table."""
_COLUMNS = 120
"""Runs of a trend: the newest; the others are in the history."""
_WIDTH, _STEP, _HEIGHT = 960, 40, 130
_SPARK_WIDTH, _SPARK_HEIGHT, _EDGE = 160, 28, 4


@dataclass(frozen=True)
class Bar:
    """A part of a column."""

    verdict: Verdict
    x: str
    y: str
    width: str
    height: str
    title: str


@dataclass(frozen=True)
class Trend:
    """The runs of one label as columns."""

    label: str
    runs: Sequence[Run]
    width: int
    bars: Sequence[Bar]
    verdicts: Sequence[Verdict]


@dataclass(frozen=True)
class Line:
    """A small plot: a path, and its last point."""

    path: str
    x: str
    y: str


def to_page(past: Past) -> str:
    """The history as a page that needs nothing else."""
    states = [life.state for life in past.lives]
    return still_page(
        Path(__file__).parent, "history",
        kicker="History",
        headline=f"{plural(len(past.runs), 'run')} of {plural(len(past.labels), 'target')}",
        tone="bad" if "open" in states else "good",
        past=past,
        open=states.count("open"),
        flaky=sum(life.flaky for life in past.lives),
        trends=[_trend(label, runs[-_COLUMNS:]) for label, runs in past.labels.items()],
        lives=past.lives[:_MOST],
        matrix=past.matrix[:_MOST],
        paces=[(pace, _line(pace)) for pace in past.paces[:_MOST]],
        span=told_span,
    )  # fmt: skip


def _trend(label: str, runs: Sequence[Run]) -> Trend:
    step = min(_STEP, _WIDTH / len(runs))
    most = max((sum(number for _, number in run.counts) for run in runs), default=0) or 1
    bars = [bar for number, run in enumerate(runs) for bar in _column(run, number * step, step * 0.8, most)]
    seen = {verdict for run in runs for verdict in run.verdicts.values()}
    return Trend(label, runs, _WIDTH, bars, [verdict for verdict in Verdict if verdict in seen])


def _column(run: Run, x: float, width: float, most: int) -> Iterator[Bar]:
    """What is kept stands below, what is worst on top, and at least one pixel of it is seen."""
    y = float(_HEIGHT)
    for verdict, number in reversed(run.counts):
        height = max(1.0, (_HEIGHT - 12) * number / most)
        y -= height
        title = f"{run.day}: {number} {words(verdict)}"
        yield Bar(verdict, f"{x:.1f}", f"{y:.1f}", f"{width:.1f}", f"{height:.1f}", title)


def _line(pace: Pace) -> Line:
    known = [(number, median) for number, median in enumerate(pace.medians) if median is not None]
    most = max(median for _, median in known) or 1.0
    wide = max(1, len(pace.medians) - 1)
    width, height = _SPARK_WIDTH - 2 * _EDGE, _SPARK_HEIGHT - 2 * _EDGE
    points = [(_EDGE + width * number / wide, _EDGE + height * (1 - median / most)) for number, median in known]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if len(points) > 1 else ""
    return Line(path, f"{points[-1][0]:.1f}", f"{points[-1][1]:.1f}")
