"""How a comparison is put into words, the same in every format."""

from __future__ import annotations

from collections.abc import Sequence

from conformance.report.diff.model import Change, Comparison, Kind
from conformance.report.layout import plural

_HEADS = {
    Kind.NEW: "New", Kind.CHANGED: "Changed", Kind.NO_LONGER_JUDGED: "No longer judged", Kind.FIXED: "Fixed",
    Kind.UNCHANGED: "Unchanged",
}  # fmt: skip


def headline(comparison: Comparison) -> str:
    """The answer in one sentence."""
    counts = comparison.counts
    new = counts.get(Kind.NEW, 0)
    told = [f"{counts[kind]} {kind}" for kind in Kind if kind is not Kind.NEW and counts.get(kind)]
    first = f"{plural(new, 'new deviation')}" if new else "No new deviation"
    owners = ", ".join(f"{owner} {number}" for owner, number in sorted(comparison.owners.items(), key=lambda row: -row[1]))
    return f"{first}{''.join(f', {text}' for text in told)}.{f' Whose: {owners}.' if owners else ''}"


def described(change: Change) -> str:
    """A change in one line."""
    what = change.requirement or f"reading {change.id}"
    return f"{_HEADS[change.kind]}: {what}, {change.before} → {change.now}"


def told_rows(change: Change) -> Sequence[tuple[str, str]]:
    """What a reader needs to know about a change, by label; nothing where there is no text."""
    rows = [("clause", change.row.text if change.row else "")]
    old, new = change.old, change.new
    shown = new or old
    if shown is None:
        return rows
    rows += [("where", shown.where), ("expected", shown.expected), ("actual", new.actual if new else "")]
    if old and (not new or old.actual != new.actual):
        rows.append(("before", old.actual))
    if old and new and old.expected != new.expected:
        rows.append(("expected before", old.expected))
    return [*rows, ("finding", shown.id if change.subject == "finding" else "")]
