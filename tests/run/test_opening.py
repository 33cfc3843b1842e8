"""How a run begins, where it does not get far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from conformance.run.opening import open_contexts
from conformance.run.runfile import RunFile, read_lines
from conformance.run.settings import Settings, now


@contextmanager
def _stopped() -> Iterator[str]:
    raise KeyboardInterrupt
    yield


def test_a_run_that_is_stopped_before_it_has_a_target_leaves_a_file_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conformance.run.opening.spawned", _stopped)
    file = RunFile(tmp_path / "run.jsonl")
    with pytest.raises(KeyboardInterrupt), ExitStack() as stack:
        open_contexts(Settings(out=tmp_path, clock=now()), file, stack)
    file.write({"kind": "interrupted"})
    file.close()
    assert [line["kind"] for line in read_lines(file.path)] == ["header", "interrupted"]
