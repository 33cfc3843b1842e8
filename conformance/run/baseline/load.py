"""Reads a baseline file. Every fault in it is told at once, each with its line and what to write instead."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from jsonschema.exceptions import ValidationError

from conformance.contract import Reading, apis, load
from conformance.contract.spelling import meant
from conformance.run.baseline.entry import ANYWHERE, Baseline, Entry
from conformance.run.finding import Verdict
from conformance.wire.excerpt import shortened, visible

SCHEMA_FILE = Path(__file__).parent / "baseline.schema.json"
UNWRITTEN = "TODO"
"""How a text begins that `baseline suggest` left to its reader."""
_TOLD, _WIDEST = 20, 60
_DEEPEST = 5
_Path = tuple[str | int, ...]
_Fault = tuple[int, str]


class BaselineError(Exception):
    """A baseline cannot be used: one line for each fault, with its place in the file."""

    def __init__(self, path: Path, faults: Iterable[_Fault]) -> None:
        every = [f"{path}: line {line}: {text}" if line else f"{path}: {text}" for line, text in faults]
        more = [f"{path}: … and {len(every) - _TOLD} more"] if len(every) > _TOLD else []
        super().__init__("\n".join(map(visible, every[:_TOLD] + more)))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # ten times as fast, where it is built
    """YAML as everybody writes it, but a date stays the text that it is in the file."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _File:
    """The parsed file, and on which line each of its values begins."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[_Path, int] = {}
        self.faults: list[_Fault] = []
        try:
            self._loader = _Loader(path.read_text(encoding="utf-8-sig"))
            node = self._loader.get_single_node()
        except FileNotFoundError:
            hint = "there is no such file; `conformance baseline suggest RUN` writes one"
            raise BaselineError(path, [(0, hint)]) from None
        except OSError as error:
            raise BaselineError(path, [(0, f"cannot be read: {error.strerror}")]) from None
        except UnicodeDecodeError:
            raise BaselineError(path, [(0, "cannot be read: it is not written in UTF-8")]) from None
        except yaml.YAMLError as error:
            raise BaselineError(path, [_of_yaml(error)]) from None
        if not isinstance(node, yaml.MappingNode):
            raise BaselineError(path, [(1, "a mapping is expected at the top: version, accepted, readings")])
        self.content = self._value(node, ())

    def _value(self, node: yaml.Node, path: _Path) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if len(path) > _DEEPEST:
            raise BaselineError(self.path, [(line, "nested too deeply for a baseline")])
        match node:
            case yaml.MappingNode():
                return self._mapping(node, path)
            case yaml.SequenceNode():
                return [self._value(child, (*path, number)) for number, child in enumerate(node.value)]
        try:
            return self._loader.construct_object(node)
        except (yaml.YAMLError, ValueError):
            raise BaselineError(self.path, [(line, f"{node.value!r} is no plain value")]) from None

    def _mapping(self, node: yaml.MappingNode, path: _Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            line, key = key_node.start_mark.line + 1, str(key_node.value)
            if key in found:
                self.faults.append((line, f"{_named(path)}{key!r} stands here a second time; keep one"))
                continue
            self.lines[(*path, key)] = line
            found[key] = self._value(child, (*path, key))
        return found

    def line(self, path: Iterable[str | int]) -> int:
        """Where a value begins, or the nearest one around it."""
        steps = tuple(path)
        while steps not in self.lines:
            steps = steps[:-1]
        return self.lines[steps]


def load_baseline(path: Path) -> Baseline:
    """The baseline in a file.

    Raises:
        BaselineError: see `Baseline.read`.
    """
    file = _File(path)
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["date"]))
    file.faults += [fault for error in checker.iter_errors(file.content) for fault in _of_schema(file, error)]
    if not file.faults:
        entries = tuple(_entry(file, number, row) for number, row in enumerate(file.content.get("accepted", ())))
        readings = {id_: frozenset([value] if isinstance(value, str) else value)
                    for id_, value in file.content.get("readings", {}).items()}  # fmt: skip
        file.faults += [*_of_meaning(file, entries), *_of_readings(file, readings)]
    if file.faults:
        raise BaselineError(path, sorted(set(file.faults)))
    return Baseline(str(path), entries, readings, {id_: file.line(("readings", id_)) for id_ in readings})


def _entry(file: _File, number: int, row: Mapping[str, Any]) -> Entry:
    reading, option = next(iter(row.get("reading", {}).items()), ("", ""))
    return Entry(
        requirement=row["requirement"], verdict=Verdict(row["verdict"]), reason=row["reason"], owner=row["owner"],
        first_seen=date.fromisoformat(row["first_seen"]), expires=date.fromisoformat(row["expires"]),
        where=row.get("where", ANYWHERE), link=row.get("link", ""), reading=reading, option=option,
        max_rate=row.get("max_rate"), number=number + 1, line=file.line(("accepted", number)),
    )  # fmt: skip


def _of_meaning(file: _File, entries: Sequence[Entry]) -> Iterator[_Fault]:
    """What only the contract and the other entries can tell."""
    known = {id_ for api in apis() for id_ in load(api).requirements}
    keys: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        place = ("accepted", entry.number - 1)

        def fault(member: str, text: str, place: _Path = place, number: int = entry.number) -> _Fault:
            return file.line((*place, member)), f"entry {number}: {text}"

        if entry.requirement not in known:
            yield fault("requirement", f"no contract has {entry.requirement!r}{meant(entry.requirement, known)}; "
                                       "see `conformance requirements`")  # fmt: skip
        if entry.expires < entry.first_seen:
            yield fault("expires", f"it expires on {entry.expires}, before it was first seen ({entry.first_seen})")
        for member, text in (("reason", entry.reason), ("owner", entry.owner)):
            if text.lstrip().startswith(UNWRITTEN):
                yield fault(member, f"{member} still says {UNWRITTEN}; " + _WRITE[member])
        first = keys.setdefault(entry.key, entry)
        if first is not entry:
            yield fault("requirement", f"accepts the same as {first.name}; keep one")
        if entry.reading:
            line = file.line((*place, "reading", entry.reading))
            yield from ((line, f"entry {entry.number}: {text}") for text in _unknown(entry.reading, [entry.option]))


def _of_readings(file: _File, readings: Mapping[str, frozenset[str]]) -> Iterator[_Fault]:
    for id_, options in readings.items():
        yield from ((file.line(("readings", id_)), f"readings: {text}") for text in _unknown(id_, sorted(options)))


def _unknown(reading: str, options: Iterable[str]) -> Iterator[str]:
    known: dict[str, Reading] = {id_: row for api in apis() for id_, row in load(api).readings.items()}
    if reading not in known:
        yield f"no contract has the reading {reading!r}{meant(reading, known)}"
        return
    for option in options:
        if option not in known[reading].options and not known[reading].free:
            yield f"{reading} has no option {option!r}; there are {', '.join(known[reading].options)}"


_WRITE = {"reason": "say why this is accepted", "owner": "say whom to ask about it"}
_WRONG_HERE = {
    "where": "where belongs to fail, warn and inconclusive: what was not judged has no place",
    "reading": "reading belongs to fail, warn and inconclusive",
    "max_rate": "max_rate belongs to inconclusive, the verdict on what shows in some attempts only",
}
_MISSING = {
    "where": 'lacks where: the place that the finding names ("*" for anywhere)',
    "max_rate": "lacks max_rate: in which part of the attempts it may show at most (0.5, say)",
}
_KINDS = {"string": "a text (in quotes)", "object": "a mapping", "array": "a list", "number": "a number"}


def _of_schema(file: _File, error: ValidationError) -> Iterator[_Fault]:
    """An error of the schema validator in the words of the file."""
    path = tuple(error.absolute_path)
    if error.validator == "oneOf":
        yield file.line(path), f"{_named(path)}the option that was observed is expected, or a list of several"
        return
    if error.validator == "additionalProperties":
        known = error.schema["properties"]  # type: ignore[index]
        for name in sorted(error.instance.keys() - known.keys()):  # type: ignore[union-attr]
            hint = meant(name, known) or f"; there are {', '.join(known)}"
            yield file.line((*path, name)), f"{_named(path)}unknown member {name!r}{hint}"
        return
    if error.validator == "required":
        for name in map(str, error.validator_value):  # type: ignore[arg-type]
            if name not in error.instance:  # type: ignore[operator]
                yield file.line(path), f"{_named(path)}{_MISSING.get(name, f'lacks {name}')}"
        return
    yield file.line(path), _named(path) + _of_value(path, error)


def _of_value(path: _Path, error: ValidationError) -> str:
    name, value = str(path[-1]) if path else "", json.dumps(error.instance, ensure_ascii=False, default=str)
    value = shortened(value, _WIDEST)
    match error.validator:
        case "not":
            return _WRONG_HERE[name]
        case "format" | "pattern" | "type" if name in ("first_seen", "expires"):
            return f"{name}: {value} is no date; write year-month-day, as in 2027-01-31"
        case "type":
            return f"{name or 'this'}: {value} is not {_KINDS[str(error.validator_value)]}"
        case "minLength" | "pattern":
            return f"{name} is empty"
        case "enum":
            return f"{name}: {value} is none of {', '.join(map(str, error.validator_value))}"  # type: ignore[arg-type]
        case "const":
            return f"{name}: {value} is not 1, the version of this form"
        case "exclusiveMinimum" | "maximum":
            return f"{name}: {value} is no rate; write a part of 1, as in 0.5"
        case _:
            return f"{name}: one reading is expected, and one option"


def _of_yaml(error: yaml.YAMLError) -> _Fault:
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, f"not readable as YAML: {error}".partition("\n")[0]
    mark = error.problem_mark or error.context_mark
    hint = '; a text that begins with * needs quotes ("*")' if error.context == "while scanning an alias" else ""
    return mark.line + 1 if mark else 0, f"not readable as YAML: {error.problem}{hint}"


def _named(path: _Path) -> str:
    """The entry that a path leads into, as a sentence begins: `entry 2: `."""
    return f"entry {int(path[1]) + 1}: " if len(path) > 1 and path[0] == "accepted" else ""

