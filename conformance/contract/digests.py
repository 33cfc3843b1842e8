"""Digests of the parts of a contract, by which two runs tell which rows have changed between them.

Each covers what a verdict can follow from and leaves out how things are worded for a reader (hints, sources), and
names its members one by one: a member that a later release adds must not make every old row look changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from conformance.contract.model import Contract

_LENGTH = 12


def clause_digests(contracts: Iterable[Contract]) -> dict[str, str]:
    """By requirement, the digest of its row and of the readings that belong to it."""
    return {id_: digest for contract in contracts for id_, digest in _clauses(contract).items()}


def operation_digests(contracts: Iterable[Contract]) -> dict[str, str]:
    """By `vendor/api operation`, the digest of what OpenAPI and XSD say of it."""
    return {name: digest for contract in contracts for name, digest in _operations(contract).items()}


@cache
def _clauses(contract: Contract) -> dict[str, str]:
    found = {}
    told_readings = {
        id_: [id_, row.strength, row.free, [[option.id, option.accepted] for option in row.options.values()]]
        for id_, row in contract.readings.items()
    }
    for id_, row in contract.requirements.items():
        own = (name for name, one in contract.readings.items() if name in row.readings or id_ in one.requirements)
        readings = [told_readings[name] for name in own]
        told = [row.level, row.text, row.operations, row.readings, row.fields, row.codes, row.untested]
        found[id_] = _digest([told, readings])
    return found


@cache
def _operations(contract: Contract) -> dict[str, str]:
    found = {}
    schemas = [file.read_text(encoding="utf-8") for file in sorted(contract.folder.glob("*.xsd"))]
    for operation in contract.operations.values():
        item = contract.openapi["paths"][operation.path]
        told = [operation.path, item.get("parameters"), item[operation.method.lower()], schemas]
        found[f"{contract.id} {operation.id}"] = _digest(told)
    return found


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str)  # YAML has dates, which JSON has not
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
