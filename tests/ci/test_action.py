"""The GitHub action: its shell steps run here as there, and no input of its users becomes a command."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.ci.steps import ACTION, STEPS, TOP, Job

JUDGE, INSTALL, VERDICT = "Judge the target", "Install the suite", "Verdict"
EVIL = "a$(touch pwned)`touch pwned`;touch pwned\n'\"touch pwned"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are written for bash")


def shim(folder: Path, name: str, body: str) -> Path:
    """A command that stands in for another; `$LOG` collects what it was called with, one JSON list a line."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(
        f"#!{sys.executable}\nimport json, os, sys\nfrom pathlib import Path\n"
        f"with open({str(folder / 'log')!r}, 'a') as log: log.write(json.dumps(sys.argv[1:]) + chr(10))\n{body}\n"
    )
    path.chmod(0o755)
    return path


def called(folder: Path) -> list[list[str]]:
    return [json.loads(line) for line in (folder / "log").read_text().splitlines()]


def judging(folder: Path, status: int = 0, *, writes: bool = True, **inputs: str) -> tuple[Job, list[list[str]]]:
    """A job after its judging step, with a stand-in for the suite that ends with a status."""
    body = f"if sys.argv[1] != 'run': sys.exit(0)\nout = Path(sys.argv[3][6:])\nif {writes}:\n    out.mkdir(parents=True)\n"
    shim(folder / "bin", "conformance", body + f"    (out / 'run.jsonl').touch()\nsys.exit({status})")
    job = Job(folder, {name.replace("_", "-"): value for name, value in inputs.items()})
    job.outputs["install.command"] = str(folder / "bin" / "conformance")
    done = job.run(JUDGE)
    assert done.returncode == 0, done.stderr
    return job, called(folder / "bin") if (folder / "bin" / "log").exists() else []


def test_no_expression_stands_in_a_script() -> None:
    scripts = [step["run"] for step in STEPS if "run" in step]
    assert len(scripts) == 3
    assert not [script for script in scripts if "${{" in script]


def test_foreign_actions_are_pinned_by_their_major_version() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert [name.partition("@")[0] for name in used] == ["actions/setup-python", "actions/upload-artifact"]
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", name) for name in used)


def test_every_output_is_one_that_a_step_writes(tmp_path: Path) -> None:
    job, _ = judging(tmp_path)
    assert {name: job.value(row["value"]) for name, row in ACTION["outputs"].items()} == {
        "status": "0", "conforms": "true", "out": "conformance-report",
    }  # fmt: skip


def test_the_suite_is_installed_from_the_action_into_an_environment_of_its_own(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    made = f"shutil.copy({str(tools / 'python')!r}, folder / 'bin' / 'python')"
    shim(tools, "python", "import shutil\nif sys.argv[2] == 'venv':\n    folder = Path(sys.argv[3])\n"
                          f"    (folder / 'bin').mkdir(parents=True)\n    {made}")  # fmt: skip
    job = Job(tmp_path, path=f"{tools}{os.pathsep}{os.environ['PATH']}")
    done = job.run(INSTALL)
    assert done.returncode == 0, done.stderr
    venv = f"{tmp_path}/a temp/order-api-conformance"
    assert called(tools) == [
        ["-m", "venv", venv], ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(TOP)],
    ]  # fmt: skip
    assert job.outputs == {"install.command": f"{venv}/bin/conformance"}


def test_without_wishes_the_embedded_sandbox_is_judged(tmp_path: Path) -> None:
    job, calls = judging(tmp_path)
    out = "conformance-report"
    assert calls == [
        ["run", "--gate", f"--out={out}", "--profile=standard"],
        ["report", "--format", "html", f"--out={out}/report.html", "--", out],
        ["report", "--format", "junit", f"--out={out}/junit.xml", "--", out],
        ["report", "--format", "sarif", f"--out={out}/results.sarif", "--", out],
        ["baseline", "suggest", "--", out],
    ]
    assert job.outputs | {"install.command": ""} == {
        "install.command": "", "run.status": "0", "run.conforms": "true", "run.out": out}  # fmt: skip


def test_every_wish_reaches_the_suite(tmp_path: Path) -> None:
    _, calls = judging(
        tmp_path, target="t.toml", apis="macke/orders\n  dandomain/orders", profile="quick", baseline="b.yaml",
        allow_incomplete="true", read_only="true", out="else where",
    )  # fmt: skip
    assert calls[0] == [
        "run", "--gate", "--out=else where", "--profile=quick", "--allow-incomplete", "--read-only", "--baseline=b.yaml",
        "--api=macke/orders", "--api=dandomain/orders", "t.toml",
    ]  # fmt: skip
    assert [call[-3:] for call in calls[1:]] == [["--baseline=b.yaml", "--", "else where"]] * 4


def test_no_input_becomes_a_command_an_option_or_an_output(tmp_path: Path) -> None:
    evil_out = EVIL + "\nstatus=0\nconforms=true"
    job, calls = judging(tmp_path, 1, target="-" + EVIL, profile=EVIL, baseline=EVIL, out=evil_out)
    assert calls[0] == ["run", "--gate", f"--out={evil_out}", f"--profile={EVIL}", f"--baseline={EVIL}", f"./-{EVIL}"]
    assert (job.outputs["run.status"], job.outputs["run.conforms"], job.outputs["run.out"]) == ("1", "false", evil_out)
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize("api", ["$(touch pwned)", "*", "--out=/elsewhere"])
def test_an_api_is_never_expanded(tmp_path: Path, api: str) -> None:
    _, calls = judging(tmp_path, apis=api)
    assert calls[0][4:] == [f"--api={part}" for part in api.split()]
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize("status", range(6))
def test_the_job_ends_with_the_status_of_the_run_after_the_evidence_is_kept(tmp_path: Path, status: int) -> None:
    job, _ = judging(tmp_path, status)
    assert (job.outputs["run.status"], job.outputs["run.conforms"]) == (str(status), str(status == 0).lower())
    assert job.run(VERDICT).returncode == status
    assert [step["name"] for step in STEPS][-3:] == [JUDGE, "Keep the evidence", VERDICT]


def test_a_run_that_left_nothing_writes_no_report(tmp_path: Path) -> None:
    job, calls = judging(tmp_path, 3, writes=False)
    assert ([call[0] for call in calls], job.outputs["run.status"]) == (["run"], "3")


def test_a_verdict_without_a_run_is_no_success(tmp_path: Path) -> None:
    assert Job(tmp_path).run(VERDICT).returncode == 3


def test_a_switch_that_is_neither_on_nor_off_is_refused(tmp_path: Path) -> None:
    job, calls = judging(tmp_path, read_only="yes")
    assert (job.outputs["run.status"], calls) == ("3", [])


def test_elsewhere_the_script_ends_with_the_status_itself(tmp_path: Path) -> None:
    judging(tmp_path, 5)
    shutil.rmtree(tmp_path / "conformance-report")
    assert Job(tmp_path).run(JUDGE, GITHUB_OUTPUT="", CONFORMANCE=str(tmp_path / "bin" / "conformance")).returncode == 5


def test_a_real_run_leaves_evidence_reports_and_a_step_summary(tmp_path: Path) -> None:
    job = Job(tmp_path, {"apis": "imaterialise/cart-status", "profile": "quick"})
    job.outputs["install.command"] = str(Path(sys.executable).parent / "conformance")
    done = job.run(JUDGE)
    assert (job.outputs["run.status"], done.stdout.splitlines()[-1]) == ("0", "exit status 0"), done.stdout + done.stderr
    assert sorted(file.name for file in (tmp_path / "conformance-report").iterdir() if file.suffix) == [
        "junit.xml", "report.html", "results.sarif", "run.jsonl", "suggested-baseline.yaml", "summary.json",
    ]  # fmt: skip
    assert (tmp_path / "summary.md").read_text().startswith("## ✅ Order API conformance\n")
    assert (tmp_path / "conformance-report" / "suggested-baseline.yaml").read_text().endswith("accepted: []\n")
