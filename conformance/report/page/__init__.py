"""The report page: one HTML file that needs nothing else, written from one run file.

`gather` walks through the run file once and adds up, `conversations` looks for what belongs to the findings, and `pack`
walks through it once more for the exchanges that the page holds; `view` and `findings` decide what is said, the template
only how it looks. Whatever comes from an answer is made visible and escaped on its way into the template, and the page's
own policy lets nothing run but its own script.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.report.conversation import conversations
from conformance.report.evidence import Evidence
from conformance.report.gathered import Gathered
from conformance.report.page.causes import causes
from conformance.report.page.findings import Teller, detailed
from conformance.report.page.gather import gather
from conformance.report.page.pack import pack
from conformance.report.page.render import render

if TYPE_CHECKING:
    from conformance.run.baseline import Assessment
    from conformance.run.summary import Tally

__all__ = ["write"]


def write(run_file: Path, out: Path, *, against: Callable[[Tally], Assessment | None] = lambda _: None) -> None:
    """Writes the page of a run.

    Args:
        run_file: a `run.jsonl`, also of a run that was killed.
        out: the HTML file; folders on the way are made.
        against: what a baseline says of the run, where there is one.

    Raises:
        RunFileError: the run file cannot be read.
        OSError: the page cannot be written.
    """
    gathered = gather(run_file)
    assessment = against(gathered.tally)
    evidence = Evidence(run_file, gathered.tally)
    found = causes(evidence.problems)
    told = [(problem.findings[0], problem.contract) for problem in detailed(found)]
    talks = conversations(Gathered(run_file, gathered.tally), told)
    packed = pack(run_file, gathered, (step.exchange.id for talk in talks.values() for step in talk.steps))
    groups = Teller(packed, talks, assessment).groups(found)
    page = render(evidence, gathered, packed, groups, assessment)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page, encoding="utf-8", newline="\n")
