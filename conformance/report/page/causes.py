"""Brings problems together that have one root: an engineer mends the root, not each requirement that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conformance.contract import Level
from conformance.report.evidence import ROOTS, Problem
from conformance.run.finding import Verdict, place

_LEVELS = tuple(Level)


@dataclass(frozen=True)
class Cause:
    """Problems that look like one fault; the worst and most telling first."""

    problems: tuple[Problem, ...]

    @property
    def verdict(self) -> Verdict:
        """That of the worst problem."""
        return self.problems[0].verdict

    @property
    def blocks(self) -> int:
        """How many requirements could not be judged because of it."""
        return len({id_ for problem in self.problems for id_ in problem.blocks})


def causes(problems: Sequence[Problem]) -> list[Cause]:
    """The problems by cause, the worst cause first.

    Problems of one API are one fault where the same place shows the same thing (numbers aside), or where the contract
    gives the same advice for members of one object.
    """
    groups: list[list[Problem]] = []
    by_sign: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        signs = list(_signs(problem))
        known = [by_sign[sign] for sign in signs if sign in by_sign]
        group = known[0] if known else []
        if not known:
            groups.append(group)
        group.append(problem)
        by_sign.update((sign, group) for sign in signs if sign not in by_sign)
    return sorted((Cause(tuple(sorted(group, key=_weight))) for group in groups), key=_weight_of_cause)


def _signs(problem: Problem) -> Iterator[tuple[str, ...]]:
    for finding in problem.findings[:8]:
        where = place(finding.where)
        yield "shows", finding.api, where, re.sub(r"\d+", "#", finding.actual)
        yield "advice", finding.api, re.sub(r"[./][^./]*$", "", where), problem.requirement.hint or problem.requirement.id


def _weight(problem: Problem) -> tuple[int, int, int]:
    return ROOTS.index(problem.verdict), _LEVELS.index(problem.requirement.level), -len(problem.blocks)


def _weight_of_cause(cause: Cause) -> tuple[int, int, int, int]:
    return (*_weight(cause.problems[0])[:2], -cause.blocks, -len(cause.problems))
