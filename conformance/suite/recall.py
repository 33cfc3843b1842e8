"""Holds every answer against what earlier answers said of the same things, whatever was asked and by whichever operation.

What only the run changes is shown the same way until the run changes it. Everything else somebody may change meanwhile:
before a difference is anybody's fault the same question is asked again. Who then says what was said before has answered one
question in two ways; who repeats the new has changed data, and is blamed for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from conformance.checks import Answer, Broken, Unreadable
from conformance.checks.compare import Difference, Equal, differences, same
from conformance.contract.tree import Step, wire_text
from conformance.wire import BudgetSpent, Refused

QUESTION = "question "
"""How the key begins of what is no thing by itself: what was shown in answer to a question."""
MOST_LOOKS = 60
"""Questions that are asked again in a run: a target whose every answer differs is told by other checks too."""
_LOOKS_EACH = 3


@dataclass(frozen=True)
class Thing:
    """Something that an answer shows and that has a name of its own."""

    key: str
    document: Mapping[str, Any]
    schema: Mapping[str, Any]
    path: tuple[Step, ...]
    """Where in the answer it stands."""
    mine: bool = False
    """Whether nobody but the run changes it."""


@dataclass(frozen=True)
class _Sight:
    thing: Thing
    view: str
    answer: Answer


@dataclass(frozen=True)
class _Odd:
    now: Thing
    before: _Sight
    found: Difference


def _pair(before: _Sight, view: str, found: Difference) -> tuple[str, str, Step]:
    return before.view, view, found.path[0] if found.path else ""


Things = Callable[[Answer], Iterable[Thing]]
Again = Callable[[], Answer]


def listing(key: str, **shown: Sequence[object]) -> Thing:
    """What is no thing by itself: which things an answer showed."""
    return Thing(key, shown, {"properties": {name: {"type": "array", "items": {}} for name in shown}}, ())


def _operation(answer: Answer) -> str:
    return answer.operation.id


@dataclass
class Recall:
    """What was last shown of each thing, by each view of it."""

    things: Things
    """What an answer shows."""
    requirement: Callable[[Answer, tuple[Step, ...], Answer], str]
    """What is broken by a value at a place of an answer, beside the answer that showed another one before."""
    equal: Equal = same
    view: Callable[[Answer], str] = _operation
    """Which answers show things in the same members."""
    last: dict[str, dict[str, _Sight]] = field(default_factory=dict)
    looks: int = 0
    _settled: set[tuple[str, str, Step]] = field(default_factory=set)
    """Members that two views show differently for good, of things that others may change."""

    def forget(self, key: str, members: Iterable[str] | None = None) -> None:
        """A thing is being changed: how it was shown says nothing any more, or nothing in some members."""
        if members is None:
            self.last.pop(key, None)
            return
        gone = dict.fromkeys(members, ...)
        for view, sight in list(self.last.get(key, {}).items()):
            thing = replace(sight.thing, document={**sight.thing.document, **gone})
            self.last[key][view] = replace(sight, thing=thing)

    def forget_all(self, beginning: str) -> None:
        """The same, for all things whose key begins so."""
        for key in [key for key in self.last if key.startswith(beginning)]:
            del self.last[key]

    def judged(self, answer: Answer, again: Again | None, judge_look: Callable[[Answer], object]) -> list[Broken]:
        """What an answer says otherwise than earlier ones, and remembers what it shows.

        Args:
            answer: the answer.
            again: asks the same question once more; None where that is not allowed.
            judge_look: judges such an answer by all other checks.
        """
        shown = self._things(answer)
        odd = [found for thing in shown for found in self._odd(thing, answer)]
        broken = [self._broken(answer, one) for one in odd if one.now.mine]
        doubted = [one for one in odd if not one.now.mine]
        self._remember(answer, [thing for thing in shown if thing.key not in {one.now.key for one in doubted}])
        if doubted and again is not None:
            broken += self._looked(answer, doubted, again, judge_look)
        else:
            self._remember(answer, [one.now for one in doubted])
        return broken

    def _looked(
        self, answer: Answer, doubted: list[_Odd], again: Again, judge_look: Callable[[Answer], object]
    ) -> list[Broken]:
        broken: list[Broken] = []
        looked: list[Answer] = []
        open_ = doubted
        with suppress(BudgetSpent, Refused):
            while open_ and len(looked) < _LOOKS_EACH and self.looks < MOST_LOOKS:
                self.looks += 1
                look = again()
                judge_look(look)
                looked.append(look)
                there = {thing.key: thing for thing in self._things(look)}
                undecided = []
                for one in open_:
                    verdict = self._decided(one, there.get(one.now.key), answer, look)
                    if verdict is None:
                        undecided.append(one)
                    elif verdict:
                        broken.append(self._broken(answer, one, look))
                        broken += self._odd_looks(looked[:-1], one.before.thing, one.before.answer, answer)
                    else:
                        self._remember(look, [there[one.now.key]])
                        self._note(one, answer)
                        broken += self._odd_looks(looked[:-1], one.now, answer, answer)
                open_ = undecided
        return broken

    def _decided(self, one: _Odd, look: Thing | None, answer: Answer, looked: Answer) -> bool | None:
        """Whether the first answer was odd (the look says what was said before), or not; None where neither is."""
        if look is None:
            return None
        if self._difference(one.before.thing, look, one.before.view == self.view(looked)) is None:
            return True
        return False if self._difference(one.now, look, True) is None else None

    def _odd_looks(self, looked: list[Answer], truth: Thing, shown: Answer, answer: Answer) -> Iterator[Broken]:
        """Further looks that said otherwise still."""
        for look in looked:
            for thing in self._things(look):
                alike = self.view(shown) == self.view(look)
                if thing.key == truth.key and (found := self._difference(truth, thing, alike)):
                    yield self._broken(look, _Odd(thing, _Sight(truth, self.view(shown), shown), found))

    def _note(self, one: _Odd, answer: Answer) -> None:
        """Two views that differ for good are a matter for the scenarios that compare them."""
        if one.before.view != self.view(answer):
            self._settled.add(_pair(one.before, self.view(answer), one.found))

    def _odd(self, thing: Thing, answer: Answer) -> Iterator[_Odd]:
        """The first difference from how a thing was shown before: by the same view if it can be, else by the latest."""
        view, latest = self.view(answer), [*reversed(self.last.get(thing.key, {}).values())]
        for sight in sorted(latest, key=lambda sight: sight.view != view):
            found = self._difference(sight.thing, thing, sight.view == view)
            if found and (thing.mine or _pair(sight, view, found) not in self._settled):
                yield _Odd(thing, sight, found)
                return

    def _difference(self, before: Thing, now: Thing, whole: bool) -> Difference | None:
        """Where a thing is shown otherwise: in any member by the same view, else in the members that both show."""
        if before.document == now.document:
            return None  # as nearly always. That Python takes True for 1 is left to the schema.
        left = {name: value for name, value in before.document.items() if value is not ...}
        right = {name: value for name, value in now.document.items() if before.document.get(name) is not ...}
        if not whole:
            left = {name: value for name, value in left.items() if name in right}
            right = {name: right[name] for name in left}
        if left == right:
            return None
        return next(differences(left, right, now.schema, (), self.equal), None)

    def _remember(self, answer: Answer, things: Iterable[Thing]) -> None:
        view = self.view(answer)
        for thing in things:
            views = self.last.setdefault(thing.key, {})
            views.pop(view, None)
            views[view] = _Sight(thing, view, answer)  # behind all others, as the latest

    def _things(self, answer: Answer) -> list[Thing]:
        try:
            found = list(self.things(answer)) if answer.says_success else []
        except Unreadable:
            return []
        times = Counter(thing.key for thing in found)
        return [thing for thing in found if times[thing.key] == 1]  # which of two is meant, nobody can say

    def _broken(self, answer: Answer, one: _Odd, *looks: Answer) -> Broken:
        path = (*one.now.path, *one.found.path)
        why = "nobody changed it" if one.now.mine else "asked again it says so once more" if looks else "other answers do"
        expected = f"{wire_text(one.found.left)}, as {one.before.answer.operation.id} showed it: {why}"
        seen = (one.before.answer.id, answer.id, *(look.id for look in looks))
        requirement = self.requirement(answer, path, one.before.answer)
        return Broken(requirement, answer.where(*path), expected, wire_text(one.found.right), seen)
