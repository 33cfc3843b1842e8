"""Packs exchanges into the page: small compressed blocks that a browser opens one at a time, when somebody asks.

Raw deflate in base64: `DecompressionStream("deflate-raw")` reads it, and nothing in it can be taken for markup.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.report.page.gather import Gathered
from conformance.run.finding import Finding
from conformance.run.runfile import read_lines
from conformance.wire import Exchange
from conformance.wire.curl import curl_line
from conformance.wire.excerpt import Excerpt, excerpt

_BLOCK = 400_000
"""Characters of JSON in a block: opened in some milliseconds, and large enough to be compressed well."""
_BUDGET = 1_150_000
"""Characters of base64 for all blocks, so that the page stays under 2 MB."""
_MOST = 3000
"""Exchanges that a page holds; a standard run has fewer and is kept whole."""
_NAMED_BODY, _BODY = 128 * 1024, 12 * 1024
"""Bytes of a body that are kept: of exchanges that findings name, and of others."""
_PER_FINDING, _NAMED = 6, 600
_HELD = 24 * 2**20
"""Characters of bodies that are held in memory, while the page is being made; beyond it, bodies are cut shorter."""
_LINES = 19
"""Lines of an answer around the place of a finding."""


@dataclass(frozen=True)
class Choice:
    """Which exchanges go into the page, most important first."""

    named: tuple[str, ...]
    """Those that findings show."""
    judged: tuple[str, ...]
    """Those of the tests that say most about a requirement."""
    step: int
    """Of all others one in so many, spread evenly over the run; 0 for none."""


@dataclass
class Packed:
    """The blocks, and what a reader should know of what is not in them."""

    blocks: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    """For each exchange: id, number of its block, operation, method, path, outcome, milliseconds, test."""
    kept: int = 0
    cut: int = 0
    total: int = 0
    excerpts: dict[str, Excerpt] = field(default_factory=dict)
    """By finding, the lines of its last answer around the place."""


def choose(gathered: Gathered, told: Iterable[str] = ()) -> Choice:
    """The exchanges that are `told`, those that findings and requirements refer to, and as many others as fit."""
    total = gathered.tally.requests
    findings = sorted(gathered.tally.findings.values(), key=lambda finding: not finding.failed)
    shown = (id_ for finding in findings for id_ in finding.exchanges[-_PER_FINDING:])
    named = dict.fromkeys(list(dict.fromkeys((*told, *shown)))[:_NAMED])
    judged: dict[str, None] = {}
    for requirement in gathered.judged:
        judged.update(dict.fromkeys(gathered.telling(requirement)))
    judged.update(dict.fromkeys(gathered.observed.values()))
    first = (coverage_code.first for coverage in gathered.coverages.values() for coverage_code in coverage.codes)
    judged.update(dict.fromkeys(id_ for id_ in first if id_))
    steps = (taken.first for shown in gathered.diagrams.values() for _, follower in shown if follower
             for taken in follower.steps.values())  # fmt: skip
    judged.update(dict.fromkeys(steps))
    room = _MOST - len(named.keys() | judged.keys())
    return Choice(tuple(named), tuple(judged), 1 if total <= _MOST else max(0, -(-total // room)) if room > 0 else 0)


def pack(path: Path, gathered: Gathered, told: Iterable[str] = ()) -> Packed:
    """Reads the chosen exchanges and packs them, the most important first, until the page is full.

    Args:
        path: the run file.
        gathered: what it says.
        told: the exchanges that are written into the page, and must be there as a whole.
    """
    choice = choose(gathered, told)
    chosen: dict[str, list[Any]] = {id_: [] for id_ in (*choice.named, *choice.judged)}
    named, sample, held = set(choice.named), list[list[Any]](), 0
    packed = Packed(total=gathered.tally.requests)
    places = _places(gathered)
    for index, line in enumerate(line for line in read_lines(path) if line["kind"] == "exchange"):
        known = line["id"] in chosen
        if not known and (not choice.step or index % choice.step or held > _HELD):
            continue
        exchange = Exchange.from_json(line)
        for finding in places.get(exchange.id, ()):
            packed.excerpts[finding.id] = excerpt(
                exchange.response.body if exchange.response else b"", finding.where, _LINES
            )
        most = _NAMED_BODY if exchange.id in named and held <= _HELD else _BODY
        row = _row(exchange, most, gathered.credentials.get(exchange.operation.partition("/")[0], ()))
        held += len(row[9]) + len(row[10])
        if known:
            chosen[exchange.id] = row
        else:
            sample.append(row)
    _fill(packed, [row for row in (*chosen.values(), *sample) if row])
    return packed


def _places(gathered: Gathered) -> dict[str, list[Finding]]:
    """By exchange, the findings that it is the last to show."""
    places: dict[str, list[Finding]] = {}
    for finding in gathered.tally.findings.values():
        if finding.exchanges and len(places) < _NAMED:
            places.setdefault(finding.exchanges[-1], []).append(finding)
    return places


def _fill(packed: Packed, rows: Sequence[list[Any]]) -> None:
    block: list[list[Any]] = []
    size = spent = 0
    for row in rows:
        length = len(json.dumps(row))
        if block and size + length > _BLOCK:
            spent += _close(packed, block)
            block, size = [], 0
        if spent > _BUDGET:
            break
        block.append(row)
        size += length
    if block and spent <= _BUDGET:
        _close(packed, block)
    packed.kept = len(packed.rows)


def _close(packed: Packed, block: Sequence[list[Any]]) -> int:
    packed.blocks.append(squeezed(block))
    for row in block:
        outcome = row[7] if row[7] is not None else "no answer"
        packed.rows.append([row[0], len(packed.blocks) - 1, row[1], row[4], row[5], outcome, row[3], row[2]])
        packed.cut += bool(row[12] or row[13])
    return len(packed.blocks[-1])


def _row(exchange: Exchange, most: int, credentials: Sequence[str]) -> list[Any]:
    """An exchange as the page's script expects it."""
    request, response = exchange.request, exchange.response
    sent, unsent = _text(request.body, most)
    came, rest = _text(response.body, most) if response else ("", 0)
    return [
        exchange.id, exchange.operation, exchange.test, round(exchange.milliseconds, 1), request.method, request.url,
        [list(pair) for pair in request.headers], response.status if response else None,
        response.reason if response else exchange.failure, came, sent,
        [list(pair) for pair in response.headers] if response else [], rest, unsent,
        curl_line(request, credentials), exchange.at,
    ]  # fmt: skip


def _text(body: bytes, most: int) -> tuple[str, int]:
    """A body as text, and how many bytes of it are left out."""
    return body[:most].decode("utf-8", "backslashreplace" if len(body) <= most else "replace"), max(0, len(body) - most)


def squeezed(value: object) -> str:
    """Any JSON value, compressed, as base64."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
    return base64.b64encode(packer.compress(data) + packer.flush()).decode("ascii")
