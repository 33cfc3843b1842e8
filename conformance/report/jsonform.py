"""The report as JSON: `summary.json`, and the findings themselves beside it."""

from __future__ import annotations

import json

from conformance.report.evidence import Evidence
from conformance.run.summary import summary


def to_json(evidence: Evidence) -> str:
    """The summary with one more member, `findings`: each finding by its id, as the run file has it."""
    findings = {id_: finding.to_json() for id_, finding in evidence.tally.findings.items()}
    return json.dumps({**summary(evidence.tally), "findings": findings}, ensure_ascii=False, indent=1)
