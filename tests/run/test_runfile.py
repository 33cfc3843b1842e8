"""The run file: readable up to where a run was killed, and refused where somebody edited it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.run.runfile import RunFile, RunFileError, glimpse, read_header, read_lines
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


@pytest.mark.parametrize(
    ("line", "lacking"),
    [
        ({"kind": "exchange", "id": "x1", "operation": "", "test": "", "request": {}, "response": None},
         "at, failure, milliseconds"),
        ({"kind": "finding", "id": "OS-106-000001"}, "api, exchanges, requirement, test, verdict"),
        ({"kind": "verdicts", "verdicts": {}}, "test"),
        ({"kind": "end"}, "seconds"),
    ],
)  # fmt: skip
def test_a_line_that_lacks_what_its_readers_rely_on_is_refused(path: Path, line: dict[str, Any], lacking: str) -> None:
    path.write_text(f"{json.dumps(HEADER)}\n{json.dumps(line)}\n")
    assert refused(path) == f"line 2 lacks {lacking}; was the file edited?"


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "finding", "id": "OS-106-000001", "requirement": "OS-106", "api": "a/b", "test": "t", "exchanges": [],
         "verdict": "red"},
        {"kind": "verdicts", "test": "t", "verdicts": {"OS-106": "red"}},
    ],
)  # fmt: skip
def test_a_word_that_is_no_verdict_is_refused(path: Path, line: dict[str, Any]) -> None:
    path.write_text(f"{json.dumps(HEADER)}\n{json.dumps(line)}\n")
    assert refused(path) == "line 2: 'red' is no verdict; was the file edited?"


def test_only_the_lines_that_are_wanted_are_parsed(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"text":', b'"text"!'))
    assert list(read_lines(path, "end")) == LINES[2:]
    path.write_bytes(path.read_bytes() + b'{"seconds": 2, "kind": "end"}\n')  # as something else may have written it again
    assert [line["seconds"] for line in read_lines(path, "end")] == [1.5, 2]
    assert list(read_lines(path, "finding")) == []


def test_the_first_line_is_looked_at_whatever_is_wanted(path: Path) -> None:
    path.write_text('{"kind":"header","version":2}\n')
    for read in (read_header, lambda file: list(read_lines(file, "end")), lambda file: list(glimpse(file))):
        with pytest.raises(RunFileError, match="line 1 is no header of version 1"):
            read(path)
    path.write_text('{"kind":"header","ver')
    with pytest.raises(RunFileError, match=r"holds no whole line; name a run\.jsonl that a run wrote"):
        read_header(path)


def test_a_glimpse_tells_an_exchange_without_reading_it(tmp_path: Path) -> None:
    file = RunFile(tmp_path / "run.jsonl")
    test = 'a "test" of ü\n'
    exchange = Exchange("x1", "getOrders", Request("GET", "http://x", ()), None, "no", "", 1.0, test)
    for line in (HEADER, exchange.to_json(), {"kind": "end", "seconds": 1.0}):
        file.write(line)
    file.close()
    lines = file.path.read_bytes().splitlines(keepends=True)
    for written in (lines[1], json.dumps(exchange.to_json(), sort_keys=True).encode() + b"\n"):
        file.path.write_bytes(b"".join([lines[0], written, lines[2]]))
        [seen] = glimpse(file.path)
        assert (seen.number, seen.place, seen.id, seen.operation, seen.test) == (2, len(lines[0]), "x1", "getOrders", test)
        assert seen.exchange() == exchange
    for member, told in (("request", "lacks request"), ("method", "holds no whole exchange")):
        file.path.write_bytes(b"".join([lines[0], lines[1].replace(f'"{member}":'.encode(), b'"other":')]))
        [seen] = glimpse(file.path)
        with pytest.raises(RunFileError, match=f"line 2 {told}"):
            seen.exchange()
