"""Reads `specs/` into frozen values.

The folder lies beside the package in a checkout, and inside it in a wheel.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from conformance.contract.bodies import BodySchema
from conformance.contract.model import (
    Contract,
    ContractError,
    Document,
    ErrorCode,
    Format,
    Level,
    Need,
    Operation,
    Option,
    Reading,
    Requirement,
    Roles,
    Source,
    Vendor,
)
from conformance.contract.references import resolved

METHODS = ("get", "post", "put", "delete", "patch", "head", "options")
_Row = TypeVar("_Row", Requirement, Reading)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def specs_folder() -> Path:
    """Where the contract lies.

    Raises:
        ContractError: in neither of the two places.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "specs", package.parent / "specs"):
        if folder.is_dir():
            return folder
    raise ContractError(package / "specs", "", "the contract's folder is missing; install the package again")


def vendors(specs: Path | None = None) -> tuple[str, ...]:
    """The ids of all vendors that have a contract, sorted."""
    folder = specs or specs_folder()
    return tuple(sorted(path.parent.name for path in folder.glob("*/vendor.yaml")))


def apis(specs: Path | None = None) -> tuple[str, ...]:
    """The ids of all APIs that have a contract (`imaterialise/order-status`), vendor by vendor."""
    folder = specs or specs_folder()
    return tuple(f"{vendor}/{api}" for vendor in vendors(folder) for api in load_vendor(vendor, folder).apis)


@cache
def load_vendor(vendor: str, specs: Path | None = None) -> Vendor:
    """A vendor's own facts.

    Raises:
        ContractError: no such vendor, or a member is missing or malformed.
    """
    folder = (specs or specs_folder()) / vendor
    file = folder / "vendor.yaml"
    raw = read_yaml(file)
    with _blaming(file):
        hosts = raw["hosts"]
        authentication = raw["authentication"]
        return Vendor(
            id=raw["id"],
            title=raw["title"],
            documents={row["id"]: _document(row) for row in raw["documents"]},
            production_hosts=tuple(hosts.get("production", ())),
            sandbox_hosts=tuple(hosts.get("sandbox", ())),
            credentials=_names(authentication["credential"]),
            optional_credentials=_names(authentication.get("optional_credentials", ())),
            media_types={Format(form): tuple(names) for form, names in raw["media_types"].items()},
            apis=tuple(row["folder"] for row in raw["apis"]),
            needs={id_: Need(id=id_, **row) for id_, row in raw.get("needs", {}).items()},
            folder=folder,
        )


@cache
def load(api: str, specs: Path | None = None) -> Contract:
    """One API's contract, from `openapi.yaml`, `requirements.yaml`, `readings.yaml` and the XSD.

    Raises:
        ContractError: no such API, or one of its files is missing or malformed.
    """
    vendor_id, _, name = api.partition("/")
    vendor = load_vendor(vendor_id, specs)
    if name not in vendor.apis:
        known = ", ".join(f"{vendor.id}/{known}" for known in vendor.apis)
        raise ContractError(vendor.folder / "vendor.yaml", "apis", f"no API {api!r}; there are {known}")
    folder = vendor.folder / name
    openapi_file = folder / "openapi.yaml"
    xsd = folder / f"{name}.xsd"
    with _blaming(openapi_file):
        openapi = resolved(read_yaml(openapi_file))
        operations = {op.id: op for op in _operations(openapi, xsd if xsd.exists() else None)}
        roles = Roles(openapi.get("x-conformance", {}))
        title = openapi["info"]["title"]
    with _blaming(requirements_file := folder / "requirements.yaml"):
        requirements = _unique(map(_requirement, read_yaml(requirements_file)["requirements"]), requirements_file)
    with _blaming(readings_file := folder / "readings.yaml"):
        readings = _unique(map(_reading, read_yaml(readings_file)["readings"]), readings_file)
    return Contract(
        id=api, title=title, vendor=vendor, operations=operations, requirements=requirements,
        readings=readings, roles=roles, openapi=openapi, folder=folder, digest=_digest(folder),
    )  # fmt: skip


def _operations(openapi: Mapping[str, Any], xsd: Path | None) -> Iterator[Operation]:
    for path, item in openapi["paths"].items():
        for method in METHODS:
            if method in item:
                yield _operation(path, method, item, xsd)


def _operation(path: str, method: str, item: Mapping[str, Any], xsd: Path | None) -> Operation:
    raw = item[method]
    request = raw.get("requestBody")
    return Operation(
        id=raw["operationId"],
        method=method.upper(),
        path=path,
        changes_state=bool(raw.get("x-changes-state")),
        parameters=(*item.get("parameters", ()), *raw.get("parameters", ())),
        statuses=tuple(raw["responses"]),
        errors={int(code): _error_code(int(code), row) for code, row in raw.get("x-errors", {}).items()},
        requirements=_names(raw["x-requirement"]),
        answer=BodySchema(_schema_of(_success(raw["responses"])), xsd),
        request=BodySchema(_schema_of(request), xsd) if request else None,
    )


def _success(responses: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first answer of success; where there are several statuses they share one schema."""
    found: Mapping[str, Any] | None = next((row for status, row in responses.items() if status[0] == "2"), None)
    if found is None:
        raise KeyError("responses: 200")
    return found


def _schema_of(content_holder: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a request or response; the media types of one body share it."""
    media_type: Mapping[str, Any] = next(iter(content_holder["content"].values()))
    schema: Mapping[str, Any] = media_type["schema"]
    return schema


def _error_code(code: int, row: Mapping[str, Any]) -> ErrorCode:
    return ErrorCode(code, row["message"], row["match"] == "exact", tuple(row["place"]), row["requirement"])


def _document(row: Mapping[str, Any]) -> Document:
    return Document(
        row["id"], row["title"], row["sha256"], str(row.get("revision") or ""), str(row.get("url") or "")
    )


def _requirement(row: Mapping[str, Any]) -> Requirement:
    return Requirement(
        id=row["id"],
        level=Level(row["level"]),
        area=row["area"],
        source=_source(row["source"]),
        operations=tuple(row["operations"]),
        text=_prose(row["text"]),
        readings=_names(row.get("readings", ())),
        fields=_names(row.get("fields", ())),
        codes=tuple(row.get("codes", ())),
        hint=_prose(row.get("hint", "")),
        untested=_prose(row.get("untested", "")),
    )


def _reading(row: Mapping[str, Any]) -> Reading:
    options = row.get("options") or ()
    return Reading(
        id=row["id"],
        question=_prose(row["question"]),
        statements=tuple(_source(statement) for statement in row.get("statements", ())),
        options={
            opt["id"]: Option(opt["id"], opt["accepted"], _prose(opt["plain"]), _prose(opt.get("evidence", "")))
            for opt in options
        },
        requirements=_names(row.get("requirements", ())),
        strength=row["strength"],
        free=bool(row.get("free")),
        untested=_prose(row.get("untested", "")),
    )


def _source(row: Mapping[str, Any]) -> Source:
    return Source(row["document"], _prose(row["section"]), _prose(str(row.get("row", row.get("says", "")))))


def _prose(text: str) -> str:
    return " ".join(text.split())


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _unique(rows: Iterable[_Row], file: Path) -> dict[str, _Row]:
    found: dict[str, _Row] = {}
    for row in rows:
        if row.id in found:
            raise ContractError(file, row.id, "this id is used twice; ids are unique and never reused")
        found[row.id] = row
    return found


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        if file.suffix in {".yaml", ".xsd"}:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def read_yaml(file: Path, top: type = dict) -> Any:
    """A file of the contract.

    Raises:
        ContractError: it is missing, is no YAML, or has something else at its top than a mapping (or a list).
    """
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a safe loader)
    except FileNotFoundError:
        raise ContractError(file, "", "this file of the contract is missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ContractError(file, "", f"cannot be read: {error}") from None
    except yaml.YAMLError as error:
        raise ContractError(file, "", f"not readable as YAML: {error}") from None
    if not isinstance(content, top):
        raise ContractError(file, "", f"a {'mapping' if top is dict else top.__name__} is expected at the top")
    return content


class _blaming:  # noqa: N801 (reads as a clause: `with _blaming(file)`)
    """Turns a missing or malformed member into an error that names the file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KeyError):
            raise ContractError(self._file, str(error), "this member is missing") from error
        if isinstance(error, TypeError | ValueError | AttributeError):
            raise ContractError(self._file, "", f"malformed: {error}") from error
