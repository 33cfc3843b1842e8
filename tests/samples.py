"""Writes the samples that are committed in `reports/sample/`: one sandbox without and one with three faults, in every form.

    python -m tests.samples

The kill matrix and the altered answers beside them are written by `conformance prove` and `conformance perturb`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from conformance.sandbox.faults import faults
from conformance.sandbox.server import running
from conformance.sandbox.spawn import target_at

SAMPLE = Path(__file__).parents[1] / "reports" / "sample"
API = "imaterialise/order-cancellation"
FAULTS = ("imaterialise/takes-engineers-for-production", "imaterialise/adds-a-word-to501",
          "imaterialise/sometimes-names-another-order")  # fmt: skip
FORMS = {
    "html": "report.html", "markdown": "summary.md", "junit": "junit.xml", "sarif": "findings.sarif", "ctrf": "ctrf.json",
    "json": "report.json",
}  # fmt: skip


def command(*arguments: str, into: Path | None = None, ends: tuple[int, ...] = (0,)) -> None:
    """Runs one of our commands as a user does; what it prints goes to a file where one is named.

    Raises:
        SystemExit: it ended in a way that nobody expects here.
    """
    ended = subprocess.run([sys.executable, "-m", "conformance", *arguments], capture_output=True, text=True, check=False)
    if ended.returncode not in ends:
        sys.exit(f"conformance {' '.join(arguments)} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    if into:
        into.write_text(ended.stdout, encoding="utf-8")


def run(out: Path, names: tuple[str, ...]) -> None:
    """Judges a sandbox with these faults."""
    with TemporaryDirectory() as folder, running(overrides=[faults()[name].rules for name in names]) as url:
        target = Path(folder) / "target.toml"
        target.write_text(target_at("imaterialise", url), encoding="utf-8")
        command("run", str(target), "--api", API, "--out", str(out), ends=(0, 1))


def main() -> None:
    """Writes all of them anew."""
    with TemporaryDirectory() as scratch:
        clean, broken = Path(scratch) / "clean", Path(scratch) / "broken"
        run(clean, ())
        run(broken, FAULTS)
        SAMPLE.mkdir(parents=True, exist_ok=True)
        for name in ("run.jsonl", "summary.json"):
            shutil.copy(broken / name, SAMPLE / name)
        for form, file in FORMS.items():
            command("report", str(broken), "--format", form, "--out", str(SAMPLE / file))
        for file in ("badge.svg", "badge.json"):
            command("report", str(broken), "--format", "badge", "--out", str(SAMPLE / file))
        command("report", str(broken), "--format", "ticket", "--finding", "OC-509", "--out", str(SAMPLE / "ticket.md"))
        command("baseline", "suggest", str(broken), into=SAMPLE / "baseline.yaml")
        command("diff", str(clean), str(broken), "--format", "html", "--out", str(SAMPLE / "diff.html"), ends=(0, 1))
        command("diff", str(clean), str(broken), "--format", "markdown", "--out", str(SAMPLE / "diff.md"), ends=(0, 1))
        past = str(Path(scratch) / "past")
        for each in (clean, broken):
            command("history", "add", past, str(each))
        command("history", "show", past, "--format", "html", "--out", str(SAMPLE / "history.html"))
    sys.stdout.write(f"written on {datetime.now(UTC):%Y-%m-%d} into {SAMPLE}\n")


if __name__ == "__main__":
    main()
