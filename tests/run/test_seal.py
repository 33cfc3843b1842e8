"""The seal shows every later change of a run file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from conformance.run import seal
from conformance.run.runfile import RunFile, RunFileError, read_lines

HEADER = {"kind": "header", "version": 1}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A run file that came to its end."""
    file = RunFile(tmp_path / "run.jsonl")
    for line in (HEADER, {"kind": "leftover", "text": "an order … 🧾"}, {"kind": "end", "seconds": 1.5, "requests": 0}):
        file.write(line)
    file.seal()
    file.close()
    return file.path


def test_a_run_file_that_nobody_touched_is_as_it_was_written(path: Path) -> None:
    before = path.read_bytes().rpartition(b'{"kind":"seal"')[0]
    assert seal.verify(path).why == ""
    assert seal.measure(path).sha256 == hashlib.sha256(before).hexdigest()
    assert list(read_lines(path))[-1] == {"kind": "seal", "sha256": hashlib.sha256(before).hexdigest()}


def test_every_changed_byte_is_noticed(path: Path) -> None:
    whole = path.read_bytes()
    begin = len(b'{"kind":"header","version":1}\n')
    for place in range(begin, len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            assert seal.verify(path).why != "", place
        except RunFileError:
            continue  # a line that is none any more is refused with its number


def test_every_cut_is_noticed(path: Path) -> None:
    whole = path.read_bytes()
    for size in range(whole.index(b"\n") + 1, len(whole)):
        path.write_bytes(whole[:size])
        assert seal.verify(path).why != "", size


@pytest.mark.parametrize("more", [b"\n", b" ", b'{"kind":"leftover","text":"one more"}\n', b'{"kind":'])
def test_what_was_written_behind_the_seal_is_noticed(path: Path, more: bytes) -> None:
    path.write_bytes(path.read_bytes() + more)
    assert seal.verify(path).why == f"{len(more)} bytes stand behind the seal: the file was continued when the run was over"


def test_a_line_that_was_taken_out_is_noticed(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], *lines[2:]]))
    assert seal.verify(path).why.endswith(", and the seal says another: the file was changed")


def test_a_run_that_ended_and_has_no_seal_was_changed_and_a_killed_one_has_none(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    assert seal.verify(path).why == "the run came to its end, and the seal is missing: the file was changed"
    path.write_bytes(b"".join(lines[:-2]) + b'{"kind":"end","sec')
    assert seal.verify(path).why.startswith("there is no seal: the run was killed or is still going on")


def test_a_new_seal_does_not_help_where_the_digest_was_kept_elsewhere(path: Path) -> None:
    kept = seal.measure(path).sha256
    assert seal.verify(path, kept.upper()).why == ""
    path.write_bytes(path.read_bytes().replace(b"1.5", b"1.6"))
    path.write_bytes(path.read_bytes().rpartition(b'{"kind":"seal"')[0] + seal.sealed(seal.measure(path).sha256))
    assert seal.verify(path).why == ""
    assert seal.verify(path, kept).why.endswith("it is another run, or was sealed anew")


@pytest.mark.parametrize("content", [b"", b"{", b"no run file\n", b'{"kind":"end"}\n'])
def test_what_is_no_run_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "run.jsonl"
    path.write_bytes(content)
    with pytest.raises(RunFileError, match=r"run\.jsonl"):
        seal.verify(path)
