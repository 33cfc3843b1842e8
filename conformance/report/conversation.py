"""The shortest conversation that shows a finding: those exchanges without which a reader could not see it.

The last exchange of a finding shows it. Of the others that it names, those remain that changed something, and those that
hold a value the finding speaks of and the last answer does not show (where the expectation comes from). What made the thing
that the last question is about, and what changed it in the same test, joins them. The same question with the same answer
is not told twice. What was left out is named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from conformance.contract import Contract
from conformance.report.background import Background, look_back
from conformance.report.cut import cut
from conformance.report.gathered import Gathered, exchanges
from conformance.report.trait import Trait, values
from conformance.run.finding import Finding
from conformance.wire import Exchange

_MOST = 6
"""More exchanges than a reader follows."""
_SPARE = 2
"""How many others are told where no value says which of them matter."""


@dataclass(frozen=True)
class Step:
    """One exchange as it is shown."""

    exchange: Exchange
    """Its answer without the body."""
    asked: tuple[str, ...]
    """The lines of the request's body that are shown."""
    came: tuple[str, ...]
    """The lines of the answer's body that are shown."""


@dataclass(frozen=True)
class Conversation:
    """The steps in the order in which they were sent, the ids of what was left out, and where the test data came from."""

    steps: tuple[Step, ...] = ()
    left_out: tuple[str, ...] = ()
    provided: tuple[tuple[str, str], ...] = ()
    """Each identifier of the question, and in which state it was provided (`an order in status Cancelled`)."""


@dataclass
class _Draft:
    """What has been read for one finding so far."""

    finding: Finding
    contract: Contract
    words: frozenset[str]
    traits: list[Trait] = field(default_factory=list)
    background: Background | None = None
    shown: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The exchanges to show, each with the values around which it is cut."""
    steps: list[Step] = field(default_factory=list)

    def add(self, exchange: Exchange) -> None:
        """Takes an exchange that the finding names."""
        self.traits.append(Trait.of(exchange, self.words, self.contract))
        if exchange.id == self.finding.exchanges[-1]:
            self.background = Background.of(self.finding, self.contract, exchange, self.words)

    def choose(self) -> None:
        """Decides which exchanges are shown."""
        if self.background:
            earlier = dict.fromkeys(self.background.earlier, frozenset[str]())
            self.shown = {**earlier, **_needed(self.background.deciding, self.traits, self.words)}

    def show(self, exchange: Exchange) -> None:
        """Takes an exchange that is shown."""
        where = self.finding.where if exchange.id == self.finding.exchanges[-1] else ""
        self.steps.append(_step(exchange, where, self.shown[exchange.id]))

    @property
    def conversation(self) -> Conversation:
        """What has come of it; nothing where the deciding exchange is lost."""
        if self.background is None:
            return Conversation()
        left_out = tuple(trait.id for trait in self.traits if trait.id not in self.shown)
        return Conversation(tuple(self.steps), left_out, tuple(self.background.provided))


def converse(gathered: Gathered, finding: Finding, contract: Contract) -> Conversation:
    """The conversation behind a finding.

    Raises:
        OSError: the run file cannot be read.
    """
    return conversations(gathered, [(finding, contract)])[finding.id]


def conversations(gathered: Gathered, findings: Iterable[tuple[Finding, Contract]]) -> dict[str, Conversation]:
    """The conversations behind findings, by the findings' ids.

    The run file is walked through three times, however many findings there are. Exchanges are read one at a time, and
    only cut ones are kept.

    Raises:
        OSError: the run file cannot be read.
    """
    drafts = [_Draft(finding, contract, values(f"{finding.expected} {finding.actual}")) for finding, contract in findings]
    _read(gathered, drafts, lambda draft: draft.finding.exchanges, _Draft.add)
    look_back(gathered, [draft.background for draft in drafts if draft.background])
    for draft in drafts:
        draft.choose()
    _read(gathered, drafts, lambda draft: draft.shown, _Draft.show)
    return {draft.finding.id: draft.conversation for draft in drafts}


def _read(
    gathered: Gathered, drafts: Iterable[_Draft], wanted: Callable[[_Draft], Iterable[str]],
    take: Callable[[_Draft, Exchange], None],
) -> None:  # fmt: skip
    """Hands each draft the exchanges that it wants, in the order of the run file."""
    by_id: dict[str, list[_Draft]] = {}
    for draft in drafts:
        for id_ in dict.fromkeys(wanted(draft)):
            by_id.setdefault(id_, []).append(draft)
    for _, exchange in exchanges(gathered.path, by_id):
        for draft in by_id[exchange.id]:
            take(draft, exchange)


def _needed(deciding: Trait, traits: list[Trait], words: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Of the exchanges that a finding names, those to show, each with the values around which it is cut."""
    others = {trait.print: trait for trait in reversed(traits) if trait.print != deciding.print}
    changing = [trait for trait in others.values() if trait.changes][: _MOST - 1]
    kept = {trait.id: trait.holds for trait in changing}
    missing = set(words) - deciding.holds
    missing -= {word for trait in changing for word in trait.holds}
    rest = [trait for trait in others.values() if trait.id not in kept]
    while rest and missing and len(kept) < _MOST - 1:
        best = max(rest, key=lambda trait: len(missing & trait.holds))
        if not missing & best.holds:
            break
        kept[best.id] = frozenset(missing & best.holds)
        rest.remove(best)
        missing -= best.holds
    if not kept:
        kept = {trait.id: trait.holds for trait in rest[:_SPARE]}
    return {**kept, deciding.id: deciding.holds}


def _step(exchange: Exchange, where: str, words: frozenset[str]) -> Step:
    body = exchange.response.body if exchange.response else b""
    asked = cut(exchange.request.body) if exchange.request.body else []
    came = tuple(cut(body, where, words)) if body else ()
    response = exchange.response and replace(exchange.response, body=b"")
    return Step(replace(exchange, response=response), tuple(asked), came)
