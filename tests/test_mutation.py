"""The mutation testing of the judgement reaches all of it, and says what it found."""

from __future__ import annotations

import ast
from pathlib import Path

from conformance import checks
from tests.mutation import Argument, Mutant, markdown, undecorated

CHECKS = sorted(Path(checks.__file__).parent.glob("*.py"))


def functions(source: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]


def test_every_decorated_method_of_the_checks_comes_within_reach() -> None:
    before = [function.name for file in CHECKS for function in functions(file.read_text(encoding="utf-8"))]
    reached = [function for file in CHECKS for function in functions(undecorated(file.read_text(encoding="utf-8")))]
    assert [function.name for function in reached] == before
    assert not [function.name for function in reached if function.decorator_list]


def test_a_method_keeps_its_decorator_in_other_words() -> None:
    source = "class A:\n    @property\n    def b(self):\n        return 1\n\n    def c(self):\n        return self.b\n"
    found: dict[str, type] = {}
    exec(undecorated(source), found)
    assert "@" not in undecorated(source)
    assert (found["A"]().b, found["A"]().c()) == (1, 1)


def test_the_report_counts_by_module_and_names_each_survivor_with_its_argument() -> None:
    results = {"conformance.run.policy.x_a__mutmut_1": "killed", "conformance.run.policy.x_a__mutmut_2": "survived",
               "conformance.checks.judge.xǁJudgeǁb__mutmut_1": "timeout"}  # fmt: skip
    text = markdown(results, [Argument("Nobody can see it.", (Mutant("run.policy.a", "1 < 2", "1 <= 2"),))])
    for line in ("| checks.judge | 1 | 1 | 0 |", "| run.policy | 2 | 1 | 1 |", "| **all** | 3 | 2 | 1 |",
                 "Nobody can see it.", "- `run.policy.a`: `1 < 2` → `1 <= 2`"):  # fmt: skip
        assert line in text.splitlines()
