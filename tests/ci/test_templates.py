"""The other templates: what they name exists, and they keep what they promise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.cli.entry import commands
from conformance.run.baseline import Baseline
from tests.ci.steps import ACTION, TOP

CI = TOP / "ci"
DOCKERFILE = (CI / "Dockerfile").read_text(encoding="utf-8")
HOOKS: list[dict[str, Any]] = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def content(name: str) -> Any:
    return yaml.safe_load((CI / "examples" / name).read_text(encoding="utf-8"))


def test_the_image_is_built_from_what_is_there_and_runs_as_nobody_special() -> None:
    copied = re.findall(r"^COPY (?!--from)(?:--\S+ )?(.+) \S+$", DOCKERFILE, re.M)
    sources = [source for line in copied for source in line.split()]
    assert sources == ["pyproject.toml", "README.md", "conformance", "specs", "ci/judge.sh"]
    assert all((TOP / source).exists() for source in sources)
    ignored = (CI / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert [f"!{source}" for source in sources] == [line for line in ignored if line.startswith("!")]
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\d+)$", last, re.M) == ["10001"]
    assert last.index("\nUSER ") < last.index("\nENTRYPOINT ")


def test_the_gitlab_job_runs_the_script_of_the_image_and_keeps_the_evidence() -> None:
    job = yaml.safe_load((CI / "gitlab" / "conformance.gitlab-ci.yml").read_text(encoding="utf-8"))[".order-api-conformance"]
    assert f" ci/judge.sh /usr/local/bin/{job['script'][0]}\n" in DOCKERFILE
    assert (job["image"]["entrypoint"], job["artifacts"]["when"]) == ([""], "always")
    known = set(re.findall(r"^# {3}(CONFORMANCE_\w+) ", (CI / "judge.sh").read_text(encoding="utf-8"), re.M))
    example = content("gitlab-ci.yml")["conformance"]
    assert {*job["variables"], *example["variables"]} <= known
    assert example["extends"] == ".order-api-conformance"


def test_the_workflow_names_inputs_and_outputs_of_the_action() -> None:
    step = content("github-workflow.yml")["jobs"]["conformance"]["steps"][1]
    assert set(step["with"]) <= set(ACTION["inputs"])
    text = (CI / "examples" / "github-workflow.yml").read_text(encoding="utf-8")
    assert set(re.findall(rf"steps\.{step['id']}\.outputs\.(\w+)", text)) <= set(ACTION["outputs"])


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_a_hook_starts_a_command_that_there_is(hook: dict[str, Any]) -> None:
    program, *words = hook["entry"].split()
    command: Any = commands
    while words and not words[0].startswith("-"):
        command = command.commands[words.pop(0)]
    assert program == "conformance"
    assert set(words) <= {name for parameter in command.params for name in parameter.opts}


def test_the_example_of_pre_commit_uses_the_hooks_that_there_are() -> None:
    used = [hook["id"] for hook in content("pre-commit-config.yaml")["repos"][0]["hooks"]]
    assert used == [hook["id"] for hook in HOOKS]


def test_the_baseline_hook_finds_the_example_and_the_example_is_well_formed() -> None:
    path = CI / "examples" / "conformance-baseline.yaml"
    assert re.search(HOOKS[0]["files"], "some/where/conformance-baseline.yaml")
    assert re.search(HOOKS[0]["files"], Path(path).name)
    assert len(Baseline.read(path).entries) == 3
