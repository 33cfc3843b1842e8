"""JUnit XML, as Jenkins, GitLab and others read it: a suite for each API, a case for each requirement.

A deviation is a failure, an error of the suite an error; what could not be judged is skipped, with the reason. The form is
the schema of Jenkins' xunit plugin (junit-10.xsd), which is pytest's too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from conformance.report.cases import Case, Outcome, cases, in_short, trouble
from conformance.report.gathered import Gathered, showing
from conformance.run.baseline import Assessment
from conformance.run.finding import Finding
from conformance.run.told import exchange_lines
from conformance.wire import Exchange
from conformance.wire.excerpt import visible

_ALSO = 8
"""How many further places of one requirement are told."""


def to_junit(gathered: Gathered, assessment: Assessment | None = None) -> str:
    """The run as JUnit XML."""
    every = list(cases(gathered, assessment))
    wrong = [case for case in every if case.outcome in {Outcome.FAILED, Outcome.ERROR}]
    shown = showing(gathered.path, [case.findings[0] for case in wrong if case.findings], _exchange(gathered))
    root = Element("testsuites", name="order-api-conformance")
    for contract in gathered.tally.contracts:
        own = [case for case in every if case.contract is contract]
        suite = _suite(root, contract.id, own, gathered)
        _properties(suite, gathered, contract.id)
        for case in own:
            _case(suite, case, shown)
    _whole(root, gathered, assessment)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in root)))
    root.set("time", f"{gathered.tally.seconds:.3f}")
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, name: str, own: Iterable[Case], gathered: Gathered) -> Element:
    counts, seconds = Counter(case.outcome for case in own), sum(case.milliseconds for case in own) / 1000
    return SubElement(
        root, "testsuite", name=name, tests=str(counts.total()), failures=str(counts[Outcome.FAILED]),
        errors=str(counts[Outcome.ERROR]), skipped=str(counts[Outcome.SKIPPED]), time=f"{seconds:.3f}",
        timestamp=str(gathered.tally.header.get("clock", ""))[:19],
    )  # fmt: skip


def _properties(suite: Element, gathered: Gathered, api: str) -> None:
    header = gathered.tally.header
    target = gathered.tally.target(api.partition("/")[0])
    given = {
        "target": target.get("name"), "base_url": target.get("base_url"), "environment": target.get("environment"),
        "suite": header.get("suite", {}).get("version"), "profile": header.get("profile"), "seed": header.get("seed"),
        "contract": header.get("contracts", {}).get(api),
    }  # fmt: skip
    properties = SubElement(suite, "properties")
    for name, value in given.items():
        SubElement(properties, "property", name=name, value=visible(str(value)))


def _case(suite: Element, case: Case, shown: Mapping[str, str]) -> None:
    row = case.requirement
    classname = f"{case.contract.id.replace('/', '.')}.{row.area}"
    element = SubElement(suite, "testcase", classname=classname, name=case.name, time=f"{case.milliseconds / 1000:.3f}")
    match case.outcome:
        case Outcome.FAILED:
            SubElement(element, "failure", type=str(case.verdict), message=case.reason).text = _text(case, shown)
        case Outcome.ERROR:
            SubElement(element, "error", type=str(case.verdict), message=case.reason).text = _text(case, shown)
        case Outcome.SKIPPED:
            SubElement(element, "skipped", type=str(case.verdict or "not_judged"), message=case.reason)


def _text(case: Case, shown: Mapping[str, str]) -> str:
    row = case.requirement
    lines = [f"clause: {row.text}", f"source: {row.source}", f"force: {row.level}"]
    lines += [in_short(finding) for finding in case.findings[: _ALSO + 1]]
    lines += [f"and {len(case.findings) - _ALSO - 1} further places"] if len(case.findings) > _ALSO + 1 else []
    for finding in case.findings[:1]:
        lines += [f"next: {visible(finding.next_step)}", f"finding: {finding.id}", f"test: {visible(finding.test)}"]
        lines += [shown[finding.id]] if finding.id in shown else []
    return "\n".join(lines)


def _exchange(gathered: Gathered) -> Callable[[Finding, Exchange, int], str]:
    owner = {contract.id: contract for contract in gathered.tally.contracts}

    def lines(finding: Finding, exchange: Exchange, _: int) -> str:
        return "\n".join(exchange_lines(exchange, finding.where, owner[finding.api].vendor.credentials))

    return lines


def _whole(root: Element, gathered: Gathered, assessment: Assessment | None) -> None:
    """What is wrong with the run as a whole, or with its baseline: never green because no single case tells it."""
    told = trouble(gathered)
    if told:
        suite = SubElement(root, "testsuite", name="the run", tests="1", failures="0", errors="1", skipped="0")
        case = SubElement(suite, "testcase", classname="conformance", name="the run ends well")
        SubElement(case, "error", type="incomplete", message=told)
    if assessment:
        stale = list(assessment.remarks.values())
        suite = SubElement(root, "testsuite", name="the baseline", tests="1", failures=str(int(bool(stale))), errors="0")
        case = SubElement(suite, "testcase", classname="conformance", name="every entry of the baseline is in use")
        if stale:
            SubElement(case, "failure", type="baseline", message=stale[0]).text = "\n".join(stale)
