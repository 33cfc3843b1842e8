"""Generated questions, compiled: Schemathesis draws them from the OpenAPI file once, and they are kept.

Drawing costs many times what sending costs, and cases that depend on no earlier answer need not be drawn in every run.
The corpus of the default seed is shipped beside each vendor's scenarios; others are kept in the user's cache. A corpus
belongs to one state of the contract: when the OpenAPI file changes it is drawn again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from lxml import etree

from conformance.contract import Contract, Operation, apis, load
from conformance.contract.tree import Shape

DEFAULT_SEED = 0
MODES = ("positive", "negative")
_CASES, _MOST, _FEWEST = 96, 24, 6


@dataclass(frozen=True)
class GeneratedCase:
    """One question, without credentials and Accept: those are the run's."""

    operation: str
    mode: str
    path: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    content_type: str | None = None


def corpus(contract: Contract, seed: int) -> list[GeneratedCase]:
    """The generated cases for a contract and seed: shipped, kept from an earlier run, or drawn now and kept."""
    for file in _places(contract, seed):
        cases = _load(file, contract)
        if cases is not None:
            return cases
    cases = draw(contract, seed, length(contract))
    with suppress(OSError):  # a machine without a writable cache draws again next time
        save(_places(contract, seed)[-1], contract, cases)
    return cases


def length(contract: Contract) -> int:
    """Cases of each operation and mode in a kept corpus; a profile sends the first of them.

    To draw them takes time, so an API of many operations gets fewer of each.
    """
    return min(_MOST, max(_FEWEST, _CASES // (len(contract.operations) * len(MODES))))


def draw(contract: Contract, seed: int, count: int) -> list[GeneratedCase]:
    """Draws cases from the OpenAPI file: for each operation and mode up to `count` different ones."""
    found: list[GeneratedCase] = []
    for operation, mode, strategy in strategies(contract):
        cases = (frozen(case, operation, mode) for case in _drawn(strategy, seed, 2 * count))
        found += list(dict.fromkeys(cases))[:count]
    return found


def _drawn(strategy: Any, seed: int, count: int) -> list[Any]:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    from conformance.suite.properties import drawn_the_same_everywhere

    found: list[Any] = []

    def collect(case: Any) -> None:
        found.append(case)

    bounds = settings(
        max_examples=count, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    with drawn_the_same_everywhere():
        seeded(seed)(bounds(given(case=strategy)(collect)))()
    return found


def strategies(contract: Contract) -> Iterator[tuple[Operation, str, Any]]:
    """For each operation and mode, a strategy of Schemathesis cases."""
    from schemathesis import GenerationMode

    modes = {"positive": GenerationMode.POSITIVE, "negative": GenerationMode.NEGATIVE}
    for generated in operations_of(contract):
        operation = contract.operations[generated.definition.raw["operationId"]]
        for name in MODES:
            yield operation, name, generated.as_strategy(generation_mode=modes[name])


def operations_of(contract: Contract) -> Iterator[Any]:
    """Schemathesis' own view of a contract's operations."""
    import schemathesis

    # Told explicitly, so that no schemathesis.toml of the user's folder is read. Nothing seen in answers is used again:
    # ids of a stranger's data would be changed that way.
    config = schemathesis.Config.from_dict(
        {
            "base-url": "http://127.0.0.1",
            "phases": {
                "examples": {"fill-missing": False, "extra-data-sources": {"responses": False}},
                "coverage": {"extra-data-sources": {"responses": False}},
            },
        }
    )
    document = json.loads(json.dumps(contract.openapi))  # a copy that it may change
    schema: Any = schemathesis.openapi.from_dict(document, config=config)
    for result in schema.get_all_operations():
        yield result.ok()


def frozen(case: Any, operation: Operation, mode: str) -> GeneratedCase:
    """A Schemathesis case as a value that can be kept; headers are the run's own and left out."""
    prepared = requests.Request("GET", "http://127.0.0.1", params=case.as_transport_kwargs().get("params")).prepare()
    query = tuple(_pairs(prepared.url or ""))
    path = tuple((name, str(value)) for name, value in _path_parameters(case, operation).items())
    if operation.request is None:
        return GeneratedCase(operation.id, mode, path, query)
    body, content_type = _body(case, operation)
    return GeneratedCase(operation.id, mode, path, query, body, content_type)


def _path_parameters(case: Any, operation: Operation) -> dict[str, Any]:
    """The drawn path parameters but for credentials, which are the run's."""
    credentials = {row["name"] for row in operation.parameters if "x-credential" in row}
    drawn = case.path_parameters or {}
    return {name: value for name, value in drawn.items() if name not in credentials}


def _body(case: Any, operation: Operation) -> tuple[str | None, str | None]:
    from schemathesis.core import NOT_SET

    assert operation.request is not None
    if case.body is NOT_SET or case.body is None:
        return None, case.media_type
    if case.media_type and "xml" in case.media_type:
        return xml_text(case.body, operation.request.shape), case.media_type
    return json.dumps(case.body, ensure_ascii=True, default=str), case.media_type


def xml_text(value: Any, shape: Shape) -> str:
    """A generated value as XML, its elements in the schema's order; what the schema does not know comes after."""
    root = etree.Element(shape.xml_name or "Request")
    _fill(root, value, shape)
    return etree.tostring(root, encoding="unicode")


def _fill(element: etree._Element, value: Any, shape: Shape | None) -> None:
    if isinstance(value, Mapping):
        order = {name: place for place, name in enumerate(shape.members if shape else ())}
        for name in sorted(value, key=lambda name: order.get(name, len(order))):
            member = shape.members.get(name) if shape else None
            _child(element, (member.xml_name if member else "") or str(name), value[name], member)
    elif isinstance(value, list):
        for item in value:
            _child(element, shape.item.xml_name if shape and shape.item else "Item", item, shape.item if shape else None)
    else:
        element.text = _characters("" if value is None else json.dumps(value) if not isinstance(value, str) else value)


def _child(parent: etree._Element, name: str, value: Any, shape: Shape | None) -> None:
    try:
        child = etree.SubElement(parent, name)
    except ValueError:
        child = etree.SubElement(parent, "Odd")  # a generated name that no element can have
    _fill(child, value, shape)


def _characters(text: str) -> str:
    """The characters of a text that XML can hold."""
    return "".join(c for c in text if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff")


def _pairs(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def digest(contract: Contract) -> str:
    """What a corpus depends on: the OpenAPI file."""
    return hashlib.sha256((contract.folder / "openapi.yaml").read_bytes()).hexdigest()


def save(file: Path, contract: Contract, cases: list[GeneratedCase]) -> None:
    """Keeps a corpus.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps({k: v for k, v in asdict(case).items() if v not in (None, ())}) for case in cases)
    file.write_text(f'{{"openapi": "{digest(contract)}", "cases": [\n{lines}\n]}}\n', encoding="utf-8")


def _load(file: Path, contract: Contract) -> list[GeneratedCase] | None:
    """A kept corpus; None where there is none, or it belongs to another state of the contract."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["openapi"] != digest(contract):
            return None
        return [
            GeneratedCase(**{**row, **{name: tuple(map(tuple, row.get(name, ()))) for name in ("path", "query")}})
            for row in kept["cases"]
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def shipped(contract: Contract) -> Path:
    """Where the corpus of the default seed lies."""
    return Path(__file__).parent / contract.vendor.id / "corpus" / f"{contract.name}.json"


def _places(contract: Contract, seed: int) -> list[Path]:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "order-api-conformance"
    kept = cache / f"{contract.vendor.id}-{contract.name}-{digest(contract)[:12]}-{seed}.json"
    return [shipped(contract), kept] if seed == DEFAULT_SEED else [kept]


def main() -> None:
    """Draws the shipped corpora again (`python -m conformance.suite.corpus`), after an OpenAPI file has changed."""
    for api in apis():
        contract = load(api)
        save(shipped(contract), contract, draw(contract, DEFAULT_SEED, length(contract)))


if __name__ == "__main__":
    main()
