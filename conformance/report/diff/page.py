"""A comparison as one HTML file."""

from __future__ import annotations

from pathlib import Path

from conformance.report.diff.model import Change, Comparison, Kind
from conformance.report.diff.words import headline
from conformance.report.page.difference import Piece, marked
from conformance.report.still import still_page

_DETAILED = 400
"""Changes that are told one by one: the page stays one that a browser opens at once."""
_LONGEST = 2000


def to_page(comparison: Comparison) -> str:
    """The comparison as a page that needs nothing else."""
    open_ = [change for change in comparison.changes if change.kind is not Kind.UNCHANGED]
    same = comparison.of(Kind.UNCHANGED)
    return still_page(
        Path(__file__).parent, "diff",
        kicker="Two runs compared",
        headline=headline(comparison).partition(" Whose:")[0],
        tone="bad" if comparison.exit_status else "good",
        old=str(comparison.old.path), new=str(comparison.new.path),
        old_clock=comparison.old.header.get("clock", ""), new_clock=comparison.new.header.get("clock", ""),
        owners=sorted(comparison.owners.items(), key=lambda row: -row[1]),
        status=comparison.exit_status,
        remarks=comparison.remarks,
        headers=comparison.headers,
        changes=open_,
        told=[(change, *_twice(change)) for change in open_[:_DETAILED]],
        left=max(0, len(open_) - _DETAILED),
        unchanged=len(same),
        kept=[change for change in same if change.subject == "finding"],
    )  # fmt: skip


def _twice(change: Change) -> tuple[list[Piece], list[Piece]]:
    """What each run says was actual, with the difference marked; the verdict where a run has no finding."""
    then = change.old.actual if change.old else change.before
    now = change.new.actual if change.new else change.now
    return marked(then[:_LONGEST], now[:_LONGEST])
