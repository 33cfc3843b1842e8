"""A comparison as Markdown, for a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.report.diff.model import Change, Comparison, Kind
from conformance.report.diff.words import headline, told_rows
from conformance.report.layout import plural, some
from conformance.report.markup import bounded, code, fenced, prose

_SIGNS = {Kind.NEW: "❌", Kind.CHANGED: "🔁", Kind.NO_LONGER_JUDGED: "❔", Kind.FIXED: "✅"}
_EACH = 25
"""Changes of one kind that are told; the others are named."""
_LINES, _WIDEST = 24, 200
_REST = "\nThe rest is left out here: `conformance diff` shows it.\n"


def to_markdown(comparison: Comparison) -> str:
    """The comparison as Markdown, at most `markup.LONGEST` characters."""
    return bounded(_parts(comparison), _REST)


def _parts(comparison: Comparison) -> Iterator[str]:
    yield f"## {'❌' if comparison.exit_status else '✅'} What differs between two runs\n\n"
    yield f"{prose(headline(comparison))}\n\n"
    yield f"- old: {code(str(comparison.old.path))}\n- new: {code(str(comparison.new.path))}\n"
    yield "".join(f"- {name}: {code(then)} → {code(now)}\n" for name, then, now in comparison.headers) + "\n"
    for kind, sign in _SIGNS.items():
        changes = comparison.of(kind)
        if changes:
            yield f"### {sign} {str(kind).capitalize()}: {len(changes)}\n\n"
        for change in changes[:_EACH]:
            yield _change(change)
        if len(changes) > _EACH:
            rest = [change.requirement or change.id for change in changes[_EACH:]]
            yield f"- and {plural(len(rest), 'other')}: {prose(some(rest, 40))}\n"
        yield "\n" if changes else ""
    if comparison.remarks:
        yield "### To be kept in mind\n\n" + "".join(f"- {prose(remark)}\n" for remark in comparison.remarks)


def _change(change: Change) -> str:
    name = change.requirement or f"reading {change.id}"
    lines = [f"- **{prose(name)}** {prose(change.before)} → {prose(change.now)}, whose: **{change.owners}**"]
    for label, text in told_rows(change):
        if text:
            lines.append(f"  - {label}: {prose(text) if label == 'clause' else code(text)}")
    for whose in change.whose:
        lines.append(f"  - {whose.owner}: {prose(whose.why)}")
        if whose.asked:
            lines.append(f"  - asked: {code(whose.asked)}")
        if whose.difference:
            shown = [line[:_WIDEST] for line in whose.difference[:_LINES]]
            lines += ["", *(f"    {line}" for line in fenced(shown, "diff")), ""]
    return "\n".join(lines) + "\n"
