"""What every answer of every scenario must keep, whatever was asked.

Which requirement each check answers to comes from the contract: `x-conformance` names the rows about answers as such
(roles), `x-requirement` the row of each member. Nothing here knows a vendor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conformance.checks.answer import Answer
from conformance.checks.errors import error_objects, messages_as_documented
from conformance.checks.outcome import Broken, Kept, Observed, Outcome
from conformance.contract import Contract, Format
from conformance.contract.bodies import ELEMENT_ORDER, Examined, Problem
from conformance.wire.recorder import TOO_LARGE
from conformance.wire.redaction import marker

SERVER_ERROR = 500
CLIENT_ERROR = 400

# Roles of `x-conformance`.
ANSWERED = "answered"
NO_SERVER_ERROR = "no-server-error"
DOCUMENTED_STATUS = "documented-status"
WELL_FORMED = "well-formed"
XML_ORDER = "xml-order"
NO_ECHO = "no-echo"
ROOT = "xml-root"
NAMESPACE = "xml-namespace"
SPELLING = "media-type-spelling"
ERROR_STATUS = "error-http-status"
FORMAT_CHOICE = "format-choice"
"""A reading: the documents do not say how a format is asked for, so another one than Accept names breaks nothing."""
XML_FORM = "xml-form"
"""A reading: the XSD is of our own construction, so XML of another form breaks nothing."""
REFUSAL_FORM = "refusal-form"
"""A reading: the documents do not say how a refusal looks. An answer that shows nothing of a success may be one."""


def judged(answer: Answer) -> Iterator[Outcome]:
    """Everything that one answer shows about the requirements on answers as such and on their members."""
    response = answer.exchange.response
    if response is None and answer.exchange.failure.startswith(TOO_LARGE):
        return
    if response is None:
        yield from _broken(answer, ANSWERED, "exchange", "an answer", answer.exchange.failure)
        return
    yield from _no_echo(answer)
    if response.status >= SERVER_ERROR:
        expected = "an answer below HTTP 500, whatever is wrong with the request"
        yield from _broken(answer, NO_SERVER_ERROR, "status", expected, f"HTTP {response.status} {response.reason}")
        return
    yield from _kept(answer, NO_SERVER_ERROR)
    if not answer.operation.documents(response.status):
        documented = ", ".join(answer.operation.statuses)
        yield from _broken(answer, DOCUMENTED_STATUS, "status", f"one of {documented}", f"HTTP {response.status}")
        return
    yield from _kept(answer, DOCUMENTED_STATUS)
    if response.status < CLIENT_ERROR:
        if answer.says_success or not answer.contract.roles.get(REFUSAL_FORM):
            yield from _body(answer)
        else:
            yield from _as_labelled(answer)
    elif answer.operation.errors and answer.readable and error_objects(answer):
        yield from _observed(answer, ERROR_STATUS, "4xx")
        yield from _body(answer)


def _body(answer: Answer) -> Iterator[Outcome]:
    form, asked = answer.format, answer.asked
    shown = answer.response.header("Content-Type") or "no Content-Type"
    if form is None:
        offered = " or ".join(known.upper() for known in answer.contract.vendor.media_types)
        yield from _broken(answer, WELL_FORMED, "header Content-Type", f"a {offered} media type", shown)
        return
    if asked and answer.contract.roles.get(FORMAT_CHOICE):
        yield from _observed(answer, FORMAT_CHOICE, "as-asked" if form is asked else f"{form}-instead")
    elif asked and form is not asked:
        requirement = answer.contract.roles.get(f"accept {answer.accept}") or answer.contract.roles[WELL_FORMED]
        yield Broken(requirement, "header Content-Type", f"{asked.upper()}, as Accept asks", shown, (answer.id,))
    elif asked:
        spelling = "as-asked" if shown.partition(";")[0].strip().lower() == answer.accept else "canonical"
        yield from _observed(answer, SPELLING, spelling)
    try:
        examined = _examined(answer, form)
    except ValueError as error:
        yield from _broken(answer, WELL_FORMED, "body", f"well-formed {form.upper()}", str(error))
        return
    yield from _kept(answer, WELL_FORMED)
    if form is Format.XML and answer.contract.roles.get(XML_FORM):
        yield from _xml_of_our_own(answer, examined)
        return
    if form is Format.XML:
        yield from _xml_manners(answer, examined.problems)
    if error_objects(answer) and answer.status < CLIENT_ERROR:
        yield from _observed(answer, ERROR_STATUS, "200")
    wrong = {problem.requirement for problem in examined.problems}
    for problem in examined.problems:
        if problem.requirement and problem.requirement != ELEMENT_ORDER:
            yield Broken(problem.requirement, problem.where, problem.expected, problem.actual, (answer.id,))
    for name in dict.fromkeys(answer.repeated):
        told = f"{name} stands more than once in one object"
        yield from _broken(answer, WELL_FORMED, f"member {name}", "each name once in an object", told)
    for requirement in sorted(examined.shown - wrong):  # a set has another order in each process
        yield Kept(requirement, (answer.id,))
    yield from messages_as_documented(answer)


def _as_labelled(answer: Answer) -> Iterator[Outcome]:
    """A body that shows no success is still written in the format that its label names, where it names one."""
    if answer.format is None or not answer.response.body:
        return
    try:
        _ = answer.parsed
    except ValueError as error:
        yield from _broken(answer, WELL_FORMED, "body", f"well-formed {answer.format.upper()}", str(error))


def _examined(answer: Answer, form: Format) -> Examined:
    if form is Format.XML:
        return answer.operation.answer.examine_xml(answer.xml)
    return answer.operation.answer.examine_json(answer.parsed)


def _xml_manners(answer: Answer, problems: Iterable[Problem]) -> Iterator[Outcome]:
    nominal = answer.operation.answer.xml_root
    yield from _observed(answer, ROOT, "as-named" if answer.xml.root == nominal else "other")
    yield from _observed(answer, NAMESPACE, "some" if answer.xml.namespace else "none")
    misplaced = [problem for problem in problems if problem.requirement == ELEMENT_ORDER]
    for problem in misplaced:
        yield from _broken(answer, XML_ORDER, problem.where, problem.expected, problem.actual)
    if not misplaced:
        yield from _kept(answer, XML_ORDER)


def _xml_of_our_own(answer: Answer, examined: Examined) -> Iterator[Outcome]:
    """XML whose form no document describes: what it shows counts where it has the form of our XSD."""
    yield from _observed(answer, XML_FORM, "other" if examined.problems else "data-contract")
    yield from _observed(answer, ROOT, "as-named" if answer.xml.root == answer.operation.answer.xml_root else "other")
    yield from _observed(answer, NAMESPACE, "some" if answer.xml.namespace else "none")
    if not examined.problems:
        for requirement in sorted(examined.shown):
            yield Kept(requirement, (answer.id,))


def _no_echo(answer: Answer) -> Iterator[Outcome]:
    response = answer.response
    for credential in answer.contract.vendor.credentials:
        mark = marker(credential)
        if mark in "".join(value for _, value in response.headers) or mark.encode() in response.body:
            place = "body" if mark.encode() in response.body else "headers"
            yield from _broken(answer, NO_ECHO, place, f"nothing of the {credential}", "the credential itself")
            return
    yield from _kept(answer, NO_ECHO)


def _broken(answer: Answer, role: str, where: str, expected: str, actual: str) -> Iterator[Broken]:
    requirement = answer.contract.roles.get(role)
    if requirement:
        yield Broken(requirement, where, expected, actual, (answer.id,))


def _kept(answer: Answer, role: str) -> Iterator[Kept]:
    requirement = answer.contract.roles.get(role)
    if requirement:
        yield Kept(requirement, (answer.id,))


def _observed(answer: Answer, role: str, option: str) -> Iterator[Observed]:
    requirement = answer.contract.roles.get(role)
    if requirement:
        yield Observed(requirement, answer.contract.reading_of(role), option, (answer.id,))


def answer_requirements(contract: Contract) -> frozenset[str]:
    """The ids that the checks on every answer judge: roles, and each member of an answer's schema."""
    from conformance.contract.tree import properties_of

    found = set(contract.roles.ids.values())

    def walk(schema: object) -> None:
        if isinstance(schema, dict):
            value = schema.get("x-requirement", [])
            found.update([value] if isinstance(value, str) else value)
            for sub in properties_of(schema).values():
                walk(sub)
            walk(schema.get("items"))

    for operation in contract.operations.values():
        walk(operation.answer.schema)
    return frozenset(found)
