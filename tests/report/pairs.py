"""Two small runs between which five things have changed, each of another owner; made as a user makes runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from shutil import copytree
from typing import Any

import requests

from conformance.contract.load import specs_folder
from conformance.sandbox.faults import faults
from conformance.sandbox.server import running

from ..suite.judged import target_file

REQUIREMENTS = ("CS-036", "CS-051", "CS-101", "CS-102", "CS-121")
KEPT_FAULT = "imaterialise/says-another-message-for-malformed-carts"
OLD_FAULT = "imaterialise/allows-eleven-carts"
NEW_FAULT = "imaterialise/refuses-nine-carts"

_OTHER_RELEASE = '''
import importlib, sys
from pathlib import Path
import conformance
from conformance.checks import Broken
import conformance.contract

folder = Path(sys.argv.pop(1))
sys.modules["conformance.contract.load"].specs_folder = lambda: folder
conformance.__version__ = "0.0.9"
carts = importlib.import_module("conformance.suite.imaterialise.test_cart_status_scenarios")
understood = carts.understood


def strict(answer, requirements):
    said = [row for row in understood(answer, requirements) if row.requirement != "CS-121"]
    wrong = Broken("CS-121", "$.carts", "three entries", "two entries", (answer.id,))
    return [*said, *([wrong] if "CS-121" in requirements else [])]


carts.understood = strict
from conformance.cli import main
main(sys.argv[1:])
'''
"""An older release, whose check of CS-121 was wrong, and whose contract says should where today's says must."""


def made(folder: Path) -> tuple[Path, Path]:
    """The run files of an older release and of this one."""
    database = f"sqlite:///{folder / 'shop.sqlite'}"
    with sandbox(database, KEPT_FAULT, OLD_FAULT) as url:
        own, foreign = cart(url, "own"), cart(url, "foreign")
        old = asked(folder / "old", url, foreign, wrapped=older_release(folder))
    with sandbox(database, KEPT_FAULT, NEW_FAULT) as url:
        new = asked(folder / "new", url, own)
    return old, new


def sandbox(database: str, *names: str) -> AbstractContextManager[str]:
    return running(database_url=database, overrides=[faults()[name].rules for name in names])


def cart(url: str, account: str) -> str:
    """A cart that belongs to us or to somebody else."""
    params = {"status": "Pending", "account": account}
    answer = requests.post(f"{url}/_states", json={"state": "a cart", "params": params, "action": "setup"}, timeout=10)
    return str(answer.json()["cartId"])


def asked(folder: Path, url: str, foreign: str, *, wrapped: Sequence[str] = ("-m", "conformance")) -> Path:
    """A run of a few requirements with one datum; its run file."""
    folder.mkdir()
    data: dict[str, Any] = {"apis": ["cart-status"], "data.carts": {"foreign": [foreign]}}
    target = target_file(folder, url, states=False, **data)
    wishes = [part for id_ in REQUIREMENTS for part in ("--requirement", id_)]
    command = [sys.executable, *wrapped, "run", str(target), "--profile", "quick", "--out", str(folder / "out"), *wishes]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1, done.stdout + done.stderr
    return folder / "out" / "run.jsonl"


def older_release(folder: Path) -> list[str]:
    specs = copytree(specs_folder(), folder / "specs")
    rows = specs / "imaterialise" / "cart-status" / "requirements.yaml"
    text = rows.read_text(encoding="utf-8")
    before = "  - id: CS-101\n    level: must\n"
    assert text.count(before) == 1
    rows.write_text(text.replace(before, before.replace("must", "should")), encoding="utf-8")
    return ["-c", _OTHER_RELEASE, str(specs)]
