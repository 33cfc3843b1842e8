"""The README says of each API what the contract holds."""

from __future__ import annotations

import re
from pathlib import Path

from conformance.contract import apis, load

README = Path(__file__).resolve().parents[2] / "README.md"
ROW = re.compile(r"^\| `(\S+/\S+)` \| (\d+) \|", re.MULTILINE)


def test_every_api_stands_there_with_its_number_of_requirements() -> None:
    told = {api: int(count) for api, count in ROW.findall(README.read_text(encoding="utf-8"))}
    assert told == {api: len(load(api).requirements) for api in apis()}
