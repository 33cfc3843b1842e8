"""Mutation testing of the judgement: `tox -e mutation`, which takes minutes and writes `reports/mutation.md`.

mutmut alters one thing at a time in the checks and in the verdict policy, and runs the tests that reach it. A mutant that
no test notices is a survivor: a test is missing, or `mutation.yaml` says why none can notice it. Ends with 1 where a
survivor is not argued there, or where an argument fits no survivor any more.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
ARGUMENTS = Path(__file__).with_suffix(".yaml")
REPORT = ROOT / "reports" / "mutation.md"
COPIED = ("conformance", "specs", "tests")

_DECORATED = re.compile(
    r"    @(property|cached_property|contextmanager)\n(    def (\w+)\(.*?\n)(?=\n+    \S|\n*\Z|\n+\S)", re.DOTALL
)


@dataclass(frozen=True, order=True)
class Mutant:
    """One alteration, by what it does: mutmut's numbers change with every edit of a function."""

    at: str
    """The function, as `checks.compare.same`."""
    was: str
    becomes: str


@dataclass(frozen=True)
class Argument:
    """Why no test can notice some mutants."""

    why: str
    mutants: tuple[Mutant, ...]


def main() -> None:
    """Runs the mutants, writes the report, and ends with 1 where a survivor and an argument do not meet."""
    arguments = [
        Argument(row["why"], tuple(Mutant(**mutant) for mutant in row["mutants"]))
        for row in yaml.safe_load(ARGUMENTS.read_text(encoding="utf-8"))
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        _mutmut(folder, "run", "--max-children", "1", show=True)
        results = dict(_results(folder))
        survivors = [_mutant(folder, name) for name, status in results.items() if status in {"survived", "no tests"}]
    REPORT.write_text(markdown(results, arguments), encoding="utf-8")
    argued = Counter(mutant for argument in arguments for mutant in argument.mutants)
    left = Counter(survivors)
    told = [f"survives without an argument: {mutant}" for mutant in sorted((left - argued).elements())]
    told += [f"is argued and does not survive: {mutant}" for mutant in sorted((argued - left).elements())]
    told += [f"is neither killed nor alive ({status}): {name}" for name, status in results.items() if status not in KNOWN]
    sys.stdout.write("".join(f"{line}\n" for line in told))
    sys.exit(bool(told))


KNOWN = frozenset({"killed", "timeout", "survived", "no tests"})


def prepare(folder: Path) -> None:
    """A copy of the checkout whose decorated methods mutmut can alter: `@property` becomes `name = property(name)`."""
    for part in COPIED:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for file in (folder / "conformance" / "checks").glob("*.py"):
        file.write_text(undecorated(file.read_text(encoding="utf-8")), encoding="utf-8")


def undecorated(source: str) -> str:
    """The same code with its decorated methods in a form that mutmut alters."""
    return _DECORATED.sub(r"\2\n    \3 = \1(\3)\n", source)


def markdown(results: Mapping[str, str], arguments: Sequence[Argument]) -> str:
    """The table of modules, and the survivors with their arguments."""
    counts: dict[str, Counter[str]] = {}
    for name, status in results.items():
        module = name.partition(".x")[0].removeprefix("conformance.")
        counts.setdefault(module, Counter())["survived" if status == "no tests" else status] += 1
    lines = [
        "# Mutants of the suite's own judgement", "",
        "Written by `tox -e mutation`. Each mutant is one alteration of the code that judges; it is killed when a test",
        "fails. Every survivor is listed with the reason why no test can notice it.", "",
        "| module | mutants | killed | survivors |", "| --- | ---: | ---: | ---: |",
    ]  # fmt: skip
    for module, count in [*sorted(counts.items()), ("**all**", sum(counts.values(), Counter()))]:
        killed = count["killed"] + count["timeout"]
        lines.append(f"| {module} | {count.total()} | {killed} | {count['survived']} |")
    lines += ["",
              "What is no function has no mutants: constants, enumerations, the defaults of fields. Of these, the order of",
              "the verdicts, the set of deviations and the next steps are asserted literally by `tests/run/test_policy.py`.",
              "", "## Survivors"]  # fmt: skip
    for argument in arguments:
        lines += ["", argument.why.strip(), ""]
        lines += [f"- `{mutant.at}`: `{mutant.was}` → `{mutant.becomes}`" for mutant in argument.mutants]
    return "\n".join(lines) + "\n"


def _results(folder: Path) -> Iterator[tuple[str, str]]:
    for line in _mutmut(folder, "results", "--all", "true").splitlines():
        name, _, status = line.strip().rpartition(": ")
        if "__mutmut_" in name:
            yield name, status


def _mutant(folder: Path, name: str) -> Mutant:
    lines = _mutmut(folder, "show", name).splitlines()
    was, becomes = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign) and not line.startswith(sign * 3))
        for sign in "-+"
    )
    at = re.sub(r"\.x(_|ǁ)", ".", name.partition("__mutmut_")[0]).replace("ǁ", ".")
    return Mutant(at.removeprefix("conformance."), was, becomes)


def _mutmut(folder: Path, *arguments: str, show: bool = False) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(command, cwd=folder, check=True, text=True, stdout=None if show else subprocess.PIPE)
    return done.stdout or ""


if __name__ == "__main__":
    main()
