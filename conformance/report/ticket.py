"""A text for the vendor's issue tracker: what is wrong, in one paragraph for who decides and one for who mends it.

It is Markdown that can also be read as it stands. Nothing of an answer becomes markup; the run file holds no secrets, so
neither does the ticket: credentials are named, never written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conformance.contract import Contract, Level, Requirement
from conformance.report.conversation import Conversation, Step, converse
from conformance.report.evidence import Evidence, Problem
from conformance.report.gathered import Gathered
from conformance.report.layout import plural, some, words
from conformance.report.legible import legible
from conformance.report.markup import code, fenced, prose
from conformance.run.finding import DEVIATIONS, Finding, Verdict
from conformance.wire.curl import curl_line

_ALSO = 8
_HEADERS = frozenset({"accept", "content-type", "authorization", "location", "allow", "retry-after", "content-language"})
_FORCE = {
    Level.MUST: "The clause is a *must*: software that follows the document goes wrong here.",
    Level.SHOULD: "The clause is a *should*: software that follows the document has to work around this.",
    Level.MAY: "The clause is a *may*.",
}


class UnclearFindingError(Exception):
    """There is nothing, or too much, to write a ticket about; says what to name instead."""


def choose(evidence: Evidence, wanted: str = "") -> Problem:
    """What a ticket is to be written about; the finding that was named comes first.

    Args:
        evidence: the run.
        wanted: the id of a finding or a requirement, or how just one of them begins; any letter case. Without it the only
            thing that is wrong.

    Raises:
        UnclearFindingError: nothing fits, or more than one thing does.
    """
    problems = [problem for problem in evidence.problems if problem.verdict in DEVIATIONS]
    if not problems and not wanted:
        raise UnclearFindingError("the run holds no deviation, so there is nothing to write a ticket about")
    key = wanted.casefold()
    for problem in problems:
        for finding in problem.findings:
            if key == finding.id.casefold():
                return _led_by(problem, finding)
    exact = [problem for problem in problems if problem.requirement.id.casefold() == key]
    if exact:
        return exact[0]
    fitting = [problem for problem in problems
               if any(finding.id.casefold().startswith(key) for finding in problem.findings)]  # fmt: skip
    if len(fitting) == 1:
        named = [finding for finding in fitting[0].findings if finding.id.casefold().startswith(key)]
        return _led_by(fitting[0], named[0])
    if fitting:
        which = f"--finding {wanted} fits" if wanted else "--finding is needed: the run holds"
        raise UnclearFindingError(f"{which} {len(fitting)} deviations: {_listed(fitting)}")
    raise UnclearFindingError(f"--finding {wanted}: {_why_not(evidence, key)}")


def ticket(gathered: Gathered, wanted: str = "") -> str:
    """The ticket about one requirement that is not kept.

    Raises:
        UnclearFindingError: see `choose`.
    """
    problem = choose(gathered.evidence, wanted)
    contract = problem.contract
    conversation = converse(gathered, problem.findings[0], contract)
    finding = legible(problem.findings[0])
    parts: list[str] = [
        f"# {problem.requirement.id}: {prose(contract.title)} deviates from its document", "",
        _for_the_decider(gathered, problem), "",
        _for_the_engineer(finding), "",
        *_clause(problem.requirement, contract),
        *_conversation(conversation, problem),
        *_again(conversation, finding, contract),
        *_elsewhere(problem.findings[1:]),
        *_origin(gathered, problem),
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def _led_by(problem: Problem, finding: Finding) -> Problem:
    rest = tuple(other for other in problem.findings if other is not finding)
    return replace(problem, findings=(finding, *rest))


def _listed(problems: Sequence[Problem]) -> str:
    return "; ".join(f"{problem.requirement.id} ({', '.join(finding.id for finding in problem.findings[:3])}"
                     f"{', …' if len(problem.findings) > 3 else ''})" for problem in problems)  # fmt: skip


def _why_not(evidence: Evidence, key: str) -> str:
    others = [finding for finding in evidence.tally.findings.values()
              if key in {finding.id.casefold(), finding.requirement.casefold()}]  # fmt: skip
    blocked = next((finding for finding in others if finding.verdict is Verdict.BLOCKED), None)
    if blocked:
        return f"this is blocked; write the ticket about {blocked.blocked_by}, which it follows from"
    if others:
        return f"this is {words(others[0].verdict)}, which is nothing that the vendor could mend"
    verdict = next((verdict for id_, verdict in evidence.tally.verdicts.items() if id_.casefold() == key), None)
    if verdict:
        return f"this is {words(verdict)}, so there is nothing to write a ticket about"
    known = [problem for problem in evidence.problems if problem.verdict in DEVIATIONS]
    return f"no deviation of the run has this id; there are {_listed(known)}" if known else "the run holds no deviation"


def _for_the_decider(gathered: Gathered, problem: Problem) -> str:
    row, finding, tally = problem.requirement, problem.findings[0], gathered.tally
    target = gathered.tally.target(problem.contract.vendor.id)
    place = f"at {code(str(target['base_url']))}" if target else "that was judged"
    kind, day = target.get("environment", "target"), str(tally.header.get("clock", ""))[:10]
    sentences = [f"**In short.** The document promises: “{prose(row.text)}”",
                 f"The {kind} {place} does not keep this ({day}).", _FORCE[row.level]]  # fmt: skip
    if finding.often:
        sentences.append(f"It showed {finding.often}.")
    if problem.blocks:
        number = plural(len(problem.blocks), "further clause")
        sentences.append(f"{number} could not be judged because of it: {some(problem.blocks)}.")
    return " ".join(sentences)


def _for_the_engineer(finding: Finding) -> str:
    place = f" at {code(finding.where)}" if finding.where else ""
    often = f" This came in {finding.failed} of {finding.attempts} attempts." if finding.attempts > 1 else ""
    check = f" What to check first: {prose(finding.next_step)}" if finding.next_step else ""
    return f"**In detail.** Expected{place}: {code(finding.expected)}. What came: {code(finding.actual)}.{often}{check}"


def _clause(row: Requirement, contract: Contract) -> Iterator[str]:
    document = contract.vendor.documents.get(row.source.document)
    name = prose(document.title) if document else row.source.document
    revision = f" ({prose(document.revision)})" if document and document.revision else ""
    stands = f", row {prose(row.source.row)}" if row.source.row else ""
    yield from (f"**Where it stands.** {name}{revision}, {prose(row.source.section)}{stands}.", "")


def _conversation(conversation: Conversation, problem: Problem) -> Iterator[str]:
    if not conversation.steps:
        return
    yield from ("## The conversation", "")
    for word, state in conversation.provided:
        yield from (f"Test data: {code(word)} comes from {code(state)}.", "")
    for number, step in enumerate(conversation.steps, start=1):
        if len(conversation.steps) > 1:
            yield from (f"Step {number} of {len(conversation.steps)}", "")
        yield from (*fenced(_question(step, problem.contract), "http"), "", *fenced(_answer(step), "http"), "")
    if conversation.left_out:
        more = plural(len(conversation.left_out), "further exchange")
        yield from (f"{more} of the run can be sent on request: {some(conversation.left_out)}.", "")


def _question(step: Step, contract: Contract) -> Iterator[str]:
    request = step.exchange.request
    yield f"{request.method} {request.url}"
    for name, value in request.headers:
        if name.lower() in _HEADERS or name in contract.vendor.credentials or "[redacted:" in value:
            yield f"{name}: {value}"
    if step.asked:
        yield from ("", *step.asked)


def _answer(step: Step) -> Iterator[str]:
    response = step.exchange.response
    if response is None:
        yield f"no answer: {step.exchange.failure}"
        return
    yield f"HTTP {response.status} {response.reason}".rstrip()
    for name, value in response.headers:
        if name.lower() in _HEADERS:
            yield f"{name}: {value}"
    yield from ("", *(step.came or ("(no body)",)))


def _again(conversation: Conversation, finding: Finding, contract: Contract) -> Iterator[str]:
    for step in conversation.steps:
        if step.exchange.id != finding.exchanges[-1]:
            continue
        line = curl_line(step.exchange.request, contract.vendor.credentials)
        yield from ("## To see it again", "", *fenced([line], "sh"), "")


def _elsewhere(findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        yield from (f"## It also shows in {plural(len(findings), 'further place')}", "")
        for finding in map(legible, findings[:_ALSO]):
            yield f"- {code(finding.where)}: expected {code(finding.expected)}, what came: {code(finding.actual)}"
        if len(findings) > _ALSO:
            yield f"- and {len(findings) - _ALSO} more"
        yield ""


def _origin(gathered: Gathered, problem: Problem) -> Iterator[str]:
    header = gathered.tally.header
    suite = header.get("suite", {})
    yield (
        f"Found by {suite.get('name', '')} {suite.get('version', '')}, run of {header.get('clock', '')}, "
        f"seed {header.get('seed', '')}, finding {problem.findings[0].id}. Credentials are left out; "
        "`[redacted:name]` and `$CONFORMANCE_NAME` stand for them."
    )
