"""What the page says, as plain values for its template: everything is decided here, and nothing is marked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from conformance.contract import Contract, Requirement
from conformance.report.closing import headline
from conformance.report.evidence import Evidence
from conformance.report.layout import plural
from conformance.report.missing import blocked_elsewhere, reasons, target_lines
from conformance.report.page.causes import Cause
from conformance.report.page.gather import Gathered
from conformance.report.page.pack import Packed
from conformance.report.readings import said
from conformance.run.finding import DEVIATIONS, Verdict

if TYPE_CHECKING:
    from conformance.run.baseline import Assessment

UNTESTED, UNJUDGED = "untested", "not_judged"
ORDER = [*map(str, Verdict), UNJUDGED, UNTESTED]
GLYPHS = {
    "fail": "✕", "suite_error": "‼", "inconclusive": "≈", "warn": "!", "blocked": "⊘", "not_testable": "?",
    "observed": "○", "pass": "✓", "not_applicable": "/", UNJUDGED: "·", UNTESTED: "·",
}  # fmt: skip
_OWN = ("clock", "seed", "profile", "read_only", "allow_incomplete", "apis", "selected", "python")
_TONES = {0: "good", 1: "bad", 2: "stale", 5: "open"}


def spoken(verdict: str) -> str:
    """A verdict as it is spoken: `not testable`."""
    return verdict.replace("_", " ")


@dataclass(frozen=True)
class Row:
    """One requirement in the table."""

    requirement: Requirement
    contract: Contract
    verdict: str
    findings: tuple[str, ...]
    tests: int

    @property
    def index(self) -> str:
        """What a search looks through besides what the row shows."""
        return " ".join([*self.requirement.readings, *map(str, self.requirement.codes), *self.requirement.operations])


@dataclass(frozen=True)
class Cell:
    """One field of the matrix: an area of an API."""

    area: str
    api: str
    verdict: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many requirements it has."""
        return sum(number for _, number in self.counts)

    @property
    def bad(self) -> int:
        """How many of them deviate, or were not judged for want of something."""
        calm = {str(Verdict.PASS), str(Verdict.OBSERVED), str(Verdict.NOT_APPLICABLE), UNTESTED, UNJUDGED}
        return sum(number for verdict, number in self.counts if verdict not in calm)

    @property
    def tip(self) -> str:
        """The counts in words."""
        return ", ".join(f"{number} {spoken(verdict)}" for verdict, number in self.counts)


def rows(evidence: Evidence, gathered: Gathered) -> list[Row]:
    """All requirements of the APIs on trial, in the order of their contracts."""
    return [
        Row(
            row, contract, verdict_of(evidence, row),
            tuple(f.id for f in evidence.tally.relevant(id_) if f.failed or f.verdict in DEVIATIONS)[:4],
            gathered.judged[id_].count if id_ in gathered.judged else 0,
        )
        for contract in evidence.contracts
        for id_, row in contract.requirements.items()
    ]  # fmt: skip


def verdict_of(evidence: Evidence, row: Requirement) -> str:
    """The verdict of a requirement, or why it has none."""
    verdict = evidence.tally.verdicts.get(row.id)
    return str(verdict) if verdict else UNTESTED if row.untested else UNJUDGED


@dataclass(frozen=True)
class Line:
    """One API in the matrix: its cells in the areas that it shares with others, and those of its own areas."""

    contract: Contract
    shared: tuple[Cell | None, ...]
    own: tuple[Cell, ...]


def matrix(every: Sequence[Row]) -> tuple[list[str], list[Line]]:
    """The areas that several APIs have, those of most APIs first, and a line for each API."""
    found: dict[str, dict[str, Counter[str]]] = {}
    contracts: dict[str, Contract] = {}
    for row in every:
        contracts[row.contract.id] = row.contract
        found.setdefault(row.contract.id, {}).setdefault(row.requirement.area, Counter())[row.verdict] += 1
    number = Counter(area for counted in found.values() for area in counted)
    shared = sorted((area for area in number if number[area] > 1), key=lambda area: -number[area])
    return shared, [
        Line(
            contract,
            tuple(_cell(area, api, found[api].get(area)) for area in shared),
            tuple(cell for area, counts in found[api].items() if number[area] == 1 and (cell := _cell(area, api, counts))),
        )
        for api, contract in contracts.items()
    ]


def _cell(area: str, api: str, counted: Counter[str] | None) -> Cell | None:
    if counted is None:
        return None
    counts = tuple((verdict, counted[verdict]) for verdict in ORDER if counted[verdict])
    worst = counts[0][0]
    if worst == Verdict.OBSERVED and counted[str(Verdict.PASS)]:
        worst = str(Verdict.PASS)  # a reading is no fault: the field is as good as one without it
    return Cell(area, api, worst, counts)


@dataclass(frozen=True)
class Answer:
    """What the page opens with."""

    headline: str
    tone: str
    status: int
    counts: tuple[tuple[str, int], ...]
    judged: int
    judgeable: int
    untested: int
    facts: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]


def answer(evidence: Evidence, every: Sequence[Row], assessment: Assessment | None) -> Answer:
    """Conforms or not, how complete, against what and when."""
    tally = evidence.tally
    counted = Counter(row.verdict for row in every if row.verdict != UNTESTED)
    status = assessment.exit_status if assessment else tally.exit_status
    untested = sum(row.verdict == UNTESTED for row in every)
    silent = sum(row.verdict in {"not_testable", "blocked", UNJUDGED} for row in every)
    return Answer(
        headline(evidence, assessment),
        _TONES.get(status, "trouble"),
        status,
        tuple((verdict, counted[verdict]) for verdict in ORDER if counted[verdict]),
        len(every) - untested - silent,
        len(every) - untested,
        untested,
        tuple(_facts(evidence)),
        (*_notices(evidence), *_mass(evidence, len(every) - untested)),
    )


def summed(causes: Sequence[Cause]) -> Iterator[str]:
    """How many causes there are, and what stands behind them, in sentences."""
    verdicts = Counter(problem.verdict for cause in causes for problem in cause.problems)
    errors = verdicts.pop(Verdict.SUITE_ERROR, 0)
    if verdicts:
        number = sum(cause.verdict is not Verdict.SUITE_ERROR for cause in causes)
        kinds = ", ".join(f"{verdicts[verdict]} {spoken(verdict)}" for verdict in Verdict if verdicts[verdict])
        told = f" ({kinds})" if len(verdicts) > 1 else ""
        yield f"{plural(number, 'likely cause')} behind {plural(verdicts.total(), 'broken requirement')}{told}."
    if errors:
        yield f"{plural(errors, 'requirement')} could not be judged because of an error of the suite."


def _facts(evidence: Evidence) -> Iterator[tuple[str, str]]:
    tally, header = evidence.tally, evidence.tally.header
    targets = header.get("targets", ())
    for name in dict.fromkeys(f"{target['name']} at {target['base_url']}" for target in targets):
        yield "Target", name
    environments = dict.fromkeys(target["environment"] for target in targets)
    if environments:
        yield "Environment", ", ".join(environments) + (", read-only" if header.get("read_only") else "")
    yield "When", moment(str(header.get("clock", "")))
    pace = (
        f"{plural(tally.requests, 'request')} in {tally.seconds:.1f} s" if tally.ended else plural(tally.requests, "request")
    )
    yield "Asked", f"{pace}, profile {header.get('profile', '?')}, seed {header.get('seed', '?')}"
    suite = header.get("suite", {})
    yield "Suite", f"{suite.get('name', '')} {suite.get('version', '')}".strip()


def moment(text: str) -> str:
    """A point in time as it is read: `22 November 2026, 04:41 UTC`."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text or "unknown"
    return f"{when.day} {when:%B %Y, %H:%M} {when.tzname() or ''}".strip()


def _notices(evidence: Evidence) -> Iterator[str]:
    tally = evidence.tally
    if not tally.ended or tally.interrupted:
        yield "The run did not come to its end: what is told here is what it had recorded until then."
    for api in evidence.outdated:
        yield f"The contract of {api} is another one now than when this run was made; judge the run again."
    if tally.leftovers:
        yield f"{plural(len(tally.leftovers), 'thing')} could not be removed from the target; see Configuration."


def _mass(evidence: Evidence, judgeable: int) -> Iterator[str]:
    """One problem that keeps most of the requirements from being judged: everything else is to wait for it."""
    for problem in evidence.problems:
        if 2 * len(problem.blocks) > judgeable:
            yield (f"Because of {problem.requirement.id}, {len(problem.blocks)} of {plural(judgeable, 'requirement')} could "
                   "not be judged at all: the answers say next to nothing about them.")  # fmt: skip


def observed(evidence: Evidence, gathered: Gathered) -> list[tuple[Contract, list[dict[str, Any]]]]:
    """The readings that were seen, in plain words, API by API."""
    found = []
    for contract in evidence.contracts:
        seen = {id_: sorted(options) for id_, options in evidence.tally.readings.items() if id_ in contract.readings}
        told = [
            {
                "id": id_,
                "plain": said(contract, id_, options),
                "question": contract.readings[id_].question,
                "requirements": contract.readings[id_].requirements,
                "several": len(options) > 1,
                "exchanges": [gathered.observed[id_, o] for o in options if (id_, o) in gathered.observed],
                "others": [option.plain for option in contract.readings[id_].options.values()
                           if option.accepted and option.id not in options],
            }
            for id_, options in sorted(seen.items())
        ]  # fmt: skip
        if told:
            found.append((contract, told))
    return found


def unjudged(evidence: Evidence) -> dict[str, Any]:
    """What could not be judged, and the lines that would mend that."""
    missing = evidence.findings(Verdict.NOT_TESTABLE)
    return {
        "missing": {why: sorted(ids) for why, ids in reasons(missing).items()},
        "lines": target_lines(missing),
        "blocked": {why: sorted(ids) for why, ids in reasons(blocked_elsewhere(evidence)).items()},
        "number": len({f.requirement for f in missing}) + len({f.requirement for f in evidence.findings(Verdict.BLOCKED)}),
    }


def details(every: Sequence[Row], gathered: Gathered, packed: Packed) -> dict[str, Any]:
    """By requirement, what the table shows when a row is opened; read only then."""
    kept = {row[0] for row in packed.rows}
    found: dict[str, Any] = {}
    for row in every:
        judged = gathered.judged.get(row.requirement.id)
        found[row.requirement.id] = {
            "o": list(row.requirement.operations),
            "f": list(row.requirement.fields),
            "h": row.requirement.hint,
            "u": row.requirement.untested,
            "t": judged.tests if judged else [],
            "n": judged.count if judged else 0,
            "x": [id_ for id_ in dict.fromkeys(gathered.telling(row.requirement.id)) if id_ in kept],
            "r": [
                [id_, row.contract.readings[id_].question]
                for id_ in row.requirement.readings
                if id_ in row.contract.readings
            ],
        }
    return found


def configuration(evidence: Evidence) -> list[tuple[str, Mapping[str, Any]]]:
    """The targets as the run file describes them (credentials by name only), and the run's own settings."""
    header = evidence.tally.header
    own = {key: header[key] for key in _OWN
           if header.get(key) not in (None, [], "")}  # fmt: skip
    found: list[tuple[str, Mapping[str, Any]]] = [("Run", own)]
    for target in header.get("targets", ()):
        found.append(
            (f"Target for {target['vendor']}", {key: value for key, value in target.items() if value not in ({}, [], "")})
        )
    found.append(("Contracts (SHA-256)", header.get("contracts", {})))
    return found
