"""Judges a sandbox with changed rules as a stranger would be judged: over loopback, by a target file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from conformance.sandbox.app import find_vendors
from conformance.sandbox.server import running
from conformance.sandbox.spawn import target_at


def target_file(folder: Path, url: str, *, vendor: str = "imaterialise", states: bool = True, **more: Any) -> Path:
    """A target file for a vendor's sandbox, with its provider states or without."""
    file = folder / "target.toml"
    file.write_text(target_at(vendor, url, **({} if states else {"states": None}), **more), encoding="utf-8")
    return file


def run(folder: Path, target: Path | str, *options: str) -> tuple[int, dict[str, Any], str]:
    """Runs the command; its exit status, its summary, and everything that it printed."""
    out = folder / "out"
    command = [sys.executable, "-m", "conformance", "run", str(target), "--out", str(out), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    file = out / "summary.json"
    summary = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return done.returncode, summary, done.stdout + done.stderr


def judged(folder: Path, rules: type | Sequence[type], *options: str) -> tuple[int, dict[str, Any], str]:
    """Runs the command against a sandbox with one or more classes of rules laid over its own."""
    overrides = [rules] if isinstance(rules, type) else rules
    with running(overrides=overrides) as url:
        return run(folder, target_file(folder, url, vendor=vendor_of(overrides[0])), "--profile", "quick", *options)


def vendor_of(rules: type) -> str:
    """The vendor whose rules a class overrides."""
    return next(vendor.name for vendor in find_vendors() if issubclass(rules, vendor.rules))


def deviations(summary: dict[str, Any]) -> dict[str, str]:
    """The requirements that are not simply kept, with their verdicts."""
    kept = {"pass", "observed", "not_applicable"}
    return {id_: row["verdict"] for id_, row in summary["requirements"].items() if row["verdict"] not in kept}
