"""The sandbox as a child process, and what a target file says of it.

Nothing of the server is imported here: who judges the embedded sandbox needs neither its framework nor its store.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast


def target_file(vendor: str) -> Path:
    """The target file that fits a vendor's sandbox, but for its `base_url`."""
    return Path(__file__).parent / vendor / "target.toml"


def target_fields(vendor: str) -> dict[str, Any]:
    """The members of that file.

    Raises `FileNotFoundError` when the sandbox has no such vendor.
    """
    return tomllib.loads(target_file(vendor).read_text(encoding="utf-8"))


def target_at(vendor: str, url: str, **changes: Any) -> str:
    """The text of a target file for a vendor's sandbox at an address.

    Args:
        vendor: the vendor.
        url: the address.
        changes: members that are otherwise than in the vendor's file; None leaves one out.
    """
    fields = {**target_fields(vendor), "base_url": url, **changes}
    plain = {name: value for name, value in fields.items() if not isinstance(value, dict | None)}
    lines = [f"{name} = {json.dumps(value)}" for name, value in plain.items()]
    for name, table in fields.items():
        if isinstance(table, dict):
            lines += [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


@contextmanager
def spawned(
    database_url: str = "sqlite://", overrides: Sequence[str] = (), now: datetime | None = None
) -> Iterator[str]:
    """The base URL of a sandbox in a child process, which ends with the block or with this process.

    Raises `RuntimeError` when the child ends instead of serving; its own words are on standard error.
    """
    command = [
        sys.executable,
        "-P",  # a file in the user's folder must not stand in for a module of ours
        "-m",
        "conformance.sandbox",
        "--until-stdin-closes",
        "--database",
        database_url,
    ]
    command += [part for name in overrides for part in ("--override", name)]
    command += ["--now", now.isoformat()] if now else []
    path = os.pathsep.join(entry for entry in sys.path if entry)
    with subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as child:
        try:
            if not (line := cast(IO[str], child.stdout).readline()):
                raise RuntimeError(f"the sandbox did not start: exit status {child.wait()}")
            yield line.strip()
        finally:
            cast(IO[str], child.stdin).close()
            _end(child)


def _end(child: subprocess.Popen[str]) -> None:
    try:
        child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
