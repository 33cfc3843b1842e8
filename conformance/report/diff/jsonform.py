"""A comparison as JSON, for machines."""

from __future__ import annotations

import json

from conformance.report.diff.model import Comparison, Kind


def to_json(comparison: Comparison) -> str:
    """Counts, what differs between the headers, and every change but the unchanged ones, which are only counted."""
    content = {
        "old": str(comparison.old.path),
        "new": str(comparison.new.path),
        "exit": comparison.exit_status,
        "counts": {str(kind): comparison.counts.get(kind, 0) for kind in Kind},
        "owners": dict(sorted(comparison.owners.items())),
        "headers": [{"name": name, "old": then, "new": now} for name, then, now in comparison.headers],
        "remarks": list(comparison.remarks),
        "changes": [change.to_json() for change in comparison.changes if change.kind is not Kind.UNCHANGED],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
