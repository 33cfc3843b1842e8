from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conformance.cli import main
from conformance.sandbox.imaterialise.accounts import OWN_API_CODE
from conformance.sandbox.server import running

from .planted import WrongMessage

COMMAND = (sys.executable, "-m", "conformance")


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def planted() -> Iterator[str]:
    with running(overrides=[WrongMessage]) as url:
        yield url


@pytest.fixture
def target(tmp_path: Path, planted: str) -> Path:
    """A target file that names no test data and no states endpoint."""
    file = tmp_path / "mine.toml"
    file.write_text(
        f'name = "mine"\nvendor = "imaterialise"\nbase_url = "{planted}"\nenvironment = "sandbox"\n'
        '[credentials]\napi_code = "${MY_CODE}"\n'
    )
    return file


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., Done]:
    """Runs the command as a user does, in a folder of his own."""

    def call(*arguments: str, code: str = OWN_API_CODE) -> Done:
        done = subprocess.run(
            [*COMMAND, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
            env={**os.environ, "MY_CODE": code, "PYTHONIOENCODING": "utf-8", "PYTEST_ADDOPTS": "--no-such-option"},
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs a command that starts no pytest, in this process."""

    def call(*arguments: str) -> Done:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        told = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, told.out, told.err)

    return call
