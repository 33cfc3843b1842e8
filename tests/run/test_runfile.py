"""The run file: readable up to where a run was killed, and refused where somebody edited it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.run.runfile import RunFile, RunFileError, read_lines
from conformance.wire import Exchange, Request, Response

HEADER: dict[str, Any] = {"kind": "header", "version": 1}
LINES = [HEADER, {"kind": "leftover", "text": "an order … in status «Ordered» 🧾"}, {"kind": "end", "seconds": 1.5}]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A run file of three lines."""
    file = RunFile(tmp_path / "out" / "run.jsonl")
    for line in LINES:
        file.write(line)
    file.close()
    return file.path


def refused(path: Path) -> str:
    with pytest.raises(RunFileError) as error:
        list(read_lines(path))
    return str(error.value).removeprefix(f"{path}: ")


def test_what_was_written_is_read(path: Path) -> None:
    assert list(read_lines(path)) == LINES


def test_a_line_is_on_the_disk_as_soon_as_it_is_written(tmp_path: Path) -> None:
    file = RunFile(tmp_path / "run.jsonl")
    file.write(HEADER)
    assert list(read_lines(file.path)) == [HEADER]
    assert not file.closed
    file.close()
    assert file.closed


def test_a_file_that_was_cut_anywhere_is_readable_up_to_its_last_whole_line(path: Path) -> None:
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        assert list(read_lines(path)) == LINES[: whole[:size].count(b"\n")]


@pytest.mark.parametrize("edited", [b"", b"{", b"[]", b"7", b'"text"', b"null", b'{"text": "no kind"}', b"\xff"])
@pytest.mark.parametrize("number", [2, 3])
def test_an_edited_line_is_refused_with_its_number(path: Path, edited: bytes, number: int) -> None:
    lines = path.read_bytes().split(b"\n")
    lines[number - 1] = edited
    path.write_bytes(b"\n".join(lines))
    assert refused(path) == f"line {number} is no line of a run file; was the file edited?"


@pytest.mark.parametrize("first", [{"kind": "end"}, {"kind": "header"}, {"kind": "header", "version": 2}])
def test_a_file_without_the_header_of_this_version_is_refused(path: Path, first: dict[str, Any]) -> None:
    path.write_text(json.dumps(first) + "\n")
    assert refused(path) == "line 1 is no header of version 1; write the run again with this release"


def test_a_missing_file_is_refused_with_what_to_name(tmp_path: Path) -> None:
    assert refused(tmp_path / "none") == "cannot be read (No such file or directory); name a run.jsonl that a run wrote"


def test_half_of_a_surrogate_pair_stays_as_it_came(tmp_path: Path) -> None:
    file = RunFile(tmp_path / "run.jsonl")
    file.write(HEADER)
    file.write({"kind": "trouble", "text": "\ud83e"})
    file.close()
    assert list(read_lines(file.path))[1]["text"] == "\ud83e"


def test_an_exchange_is_found_again_by_its_id(tmp_path: Path) -> None:
    file = RunFile(tmp_path / "run.jsonl")
    file.write(HEADER)
    exchanges = [
        Exchange(f"x{n}", "getOrders", Request("GET", "http://x/ü", ()), Response(200, "OK", (), bytes([n])), "", "", 1.0)
        for n in (1, 255)
    ]
    for exchange in exchanges:
        file.write(exchange.to_json())
    assert [file.exchange(exchange.id) for exchange in exchanges] == exchanges
    with pytest.raises(KeyError):
        file.exchange("x2")
    file.close()
