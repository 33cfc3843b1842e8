"""The kill matrix as one page of HTML, with nothing to load."""

from __future__ import annotations

from pathlib import Path

from conformance.contract import apis, load
from conformance.proof.figures import rows
from conformance.proof.matrix import Matrix
from conformance.report.layout import plural


def page(matrix: Matrix) -> str:
    """The page. Every text is escaped: some come from answers."""
    from conformance.report.still import still_page

    clauses = {id_: row.text for api in apis() for id_, row in load(api).requirements.items()}
    figures = [(name.replace("*", ""), figure) for name, figure in rows(matrix)]
    reasons = matrix.gate()
    return still_page(
        Path(__file__).parent, "matrix",
        kicker="Does the suite notice a broken vendor?",
        headline=f"The proof does not hold: {plural(len(reasons), 'reason')}" if reasons else "The proof holds",
        tone="bad" if reasons else "good",
        matrix=matrix, figures=figures, clauses=clauses, reasons=reasons,
    )  # fmt: skip
