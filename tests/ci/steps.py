"""Runs the shell steps of action.yml as GitHub's runner does: expressions into variables, bash, files for outputs."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

TOP = Path(__file__).resolve().parents[2]
ACTION: Mapping[str, Any] = yaml.safe_load((TOP / "action.yml").read_text(encoding="utf-8"))
STEPS: list[Mapping[str, Any]] = ACTION["runs"]["steps"]
_EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")


@dataclass
class Job:
    """A job in which the action runs."""

    folder: Path
    """The checkout of the project whose sandbox is judged."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    path: str = os.environ["PATH"]
    outputs: dict[str, str] = field(default_factory=dict)
    """By `step id.name`."""

    def run(self, name: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Runs the shell step with this name."""
        step = next(step for step in STEPS if step["name"] == name)
        output, script = self.folder / "output", self.folder / "script.sh"
        output.write_text("")
        script.write_text(step["run"])
        given = {key: self.value(value) for key, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)], cwd=self.folder, text=True,
            capture_output=True, check=False, timeout=120,
            env={"PATH": self.path, "HOME": str(self.folder), "GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(TOP),
                 "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
                 "GITHUB_WORKSPACE": str(self.folder), "RUNNER_TEMP": str(self.folder / "a temp"), **given, **environ},
        )  # fmt: skip
        if "id" in step:
            self.outputs |= {f"{step['id']}.{key}": value for key, value in _outputs(output.read_text())}
        return done

    def value(self, expression: str) -> str:
        """What an expression stands for; only names are known, which is all that the action uses in variables."""
        return _EXPRESSION.sub(lambda match: self._known(match[1]), expression)

    def _known(self, name: str) -> str:
        kind, _, rest = name.partition(".")
        match kind:
            case "inputs":
                return self.inputs.get(rest, str(ACTION["inputs"][rest]["default"]))
            case "steps":
                return self.outputs.get(rest.replace(".outputs", "", 1), "")
            case _:
                return {"github.action_path": str(TOP), "runner.temp": str(self.folder / "a temp")}[name]


def _outputs(text: str) -> list[tuple[str, str]]:
    """`name=value`, or `name<<MARK`, lines, and MARK; as the runner reads them."""
    found, lines = [], iter(text.splitlines())
    for line in lines:
        name, operator, value = re.fullmatch(r"([\w-]+)(=|<<)(.*)", line).groups()  # type: ignore[union-attr]
        if operator == "<<":
            rows: list[str] = []
            for row in lines:
                if row == value:
                    break
                rows.append(row)
            value = "\n".join(rows)
        found.append((name, value))
    return found
