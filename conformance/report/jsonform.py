"""The report as JSON: `summary.json`, and the findings themselves beside it."""

from __future__ import annotations

import json

from conformance.report.evidence import Evidence
from conformance.run.baseline import Assessment
from conformance.run.summary import summary


def to_json(evidence: Evidence, assessment: Assessment | None = None) -> str:
    """The summary with one more member, `findings`: each finding by its id, as the run file has it.

    With a baseline also `baseline`, as `summary.json` has it.
    """
    findings = {id_: finding.to_json() for id_, finding in evidence.tally.findings.items()}
    document = {**summary(evidence.tally), "findings": findings}
    if assessment is not None:
        document |= {"exit": assessment.exit_status, "baseline": assessment.to_json()}
    return json.dumps(document, ensure_ascii=False, indent=1)

