"""Reads a target file (TOML), or builds a target from a bare URL or from fields in the same form."""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from conformance.contract import ContractError, Vendor, load_vendor, vendors
from conformance.contract.spelling import meant
from conformance.target.model import POLITE_RATE, Limits, Target, TargetError, is_loopback

_TOP = {
    "name", "vendor", "apis", "base_url", "environment", "media_types",
    "credentials", "limits", "states", "data", "readings",
}  # fmt: skip
_LIMITS = {"timeout_seconds", "requests_per_second", "max_requests", "max_response_mebibytes"}
_USERINFO = re.compile(r"//[^/?#]*@")
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def from_file(path: Path, environ: Mapping[str, str] = os.environ) -> Target:
    """The target that a TOML file describes; `${NAME}` is taken from the environment.

    Raises:
        TargetError: the file is missing, is no TOML, or says something that cannot be used.
    """
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        hint = "there is no such file; `conformance target init VENDOR` writes one"
        raise TargetError(str(path), "", hint) from None
    except (OSError, UnicodeDecodeError) as error:
        raise TargetError(str(path), "", f"cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise TargetError(str(path), "", f"not valid TOML: {error}") from None
    return from_fields(fields, origin=str(path), environ=environ)


def bare_url(url: str, apis: Iterable[str], environ: Mapping[str, str] = os.environ) -> Target:
    """A target that is only an address: credentials come from `CONFORMANCE_<NAME>`, and nothing is changed there.

    Raises:
        TargetError: no API is named, they are of several vendors, or a credential is not set.
    """
    chosen, given = tuple(apis), url
    url = _USERINFO.sub("//", url)  # it is shown and written; what was given is judged below
    vendor_ids = sorted({api.partition("/")[0] for api in chosen})
    if len(vendor_ids) != 1:
        raise TargetError(url, "--api", "a bare URL needs --api VENDOR/API (of one vendor) to say which contract holds")
    vendor = _vendor(vendor_ids[0], url)
    names = (*vendor.credentials, *vendor.optional_credentials)
    variables = {name: f"CONFORMANCE_{name.upper()}" for name in names}
    fields = {
        "name": url,
        "vendor": vendor.id,
        "apis": [api.partition("/")[2] for api in chosen],
        "base_url": given,
        "credentials": {name: environ[var] for name, var in variables.items() if var in environ},
    }
    missing = [variables[name] for name in vendor.credentials if variables[name] not in environ]
    if missing:
        raise TargetError(url, "credentials", f"set {', '.join(missing)} in the environment, or write a target file")
    return from_fields(fields, origin=url, environ=environ)


def from_fields(fields: Mapping[str, Any], origin: str, environ: Mapping[str, str] = os.environ) -> Target:
    """A target from a target file's members.

    Raises:
        TargetError: a member is missing, unknown or of the wrong kind.
    """
    _known(fields, _TOP, origin, "")
    vendor = _vendor(_text(fields, "vendor", origin), origin)
    base_url = _base_url(_text(fields, "base_url", origin), origin)
    return Target(
        name=_text(fields, "name", origin, default=base_url),
        vendor=vendor,
        apis=_apis(fields, vendor, origin),
        base_url=base_url,
        environment=_environment(fields, vendor, base_url, origin),
        media_types=_media_types(fields, vendor, origin),
        credentials=_credentials(_table(fields, "credentials", origin), vendor, origin, environ),
        limits=_limits(_table(fields, "limits", origin), base_url, origin),
        states_url=_states(_table(fields, "states", origin), base_url, origin),
        data=_table(fields, "data", origin),
        readings=_pins(_table(fields, "readings", origin), origin),
        origin=origin,
    )


def _vendor(vendor: str, origin: str) -> Vendor:
    known = vendors()
    if vendor not in known:
        raise TargetError(origin, "vendor", f"no vendor {vendor!r}{_meant(vendor, known)}")
    try:
        return load_vendor(vendor)
    except ContractError as error:
        raise TargetError(origin, "vendor", str(error)) from error


def _base_url(url: str, origin: str) -> str:
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # a bracket that does not close, a port that is no number
        good = False
    if not good:
        raise TargetError(origin, "base_url", 'an absolute URL is expected, such as "https://sandbox.example"')
    if parts.username or parts.password:
        raise TargetError(origin, "base_url", "credentials belong into [credentials], not into the URL")
    return url.rstrip("/")


def _apis(fields: Mapping[str, Any], vendor: Vendor, origin: str) -> tuple[str, ...]:
    names = fields.get("apis", list(vendor.apis))
    if not isinstance(names, list) or not names:
        raise TargetError(origin, "apis", f"a list is expected, of {', '.join(vendor.apis)}")
    for name in names:
        if name not in vendor.apis:
            raise TargetError(origin, "apis", f"{vendor.title} has no API {name!r}{_meant(str(name), vendor.apis)}")
    return tuple(f"{vendor.id}/{name}" for name in names)


def _environment(fields: Mapping[str, Any], vendor: Vendor, base_url: str, origin: str) -> str:
    environment = _text(fields, "environment", origin, default="production")
    if environment not in {"sandbox", "production"}:
        raise TargetError(origin, "environment", f'"sandbox" or "production" is expected, not {environment!r}')
    host = (urlsplit(base_url).hostname or "").rstrip(".")
    if environment == "sandbox" and host in vendor.production_hosts:
        raise TargetError(origin, "environment", f"{host} is the vendor's production host and cannot be a sandbox")
    return environment


def _media_types(fields: Mapping[str, Any], vendor: Vendor, origin: str) -> tuple[str, ...]:
    known = [name for names in vendor.media_types.values() for name in names]
    chosen = fields.get("media_types", known)
    if not isinstance(chosen, list) or not chosen:
        raise TargetError(origin, "media_types", f"a list is expected, of {', '.join(known)}")
    for name in chosen:
        if name not in known:
            raise TargetError(origin, "media_types", f"not in the documents: {name!r}{_meant(str(name), known)}")
    return tuple(chosen)


def _credentials(
    table: Mapping[str, Any], vendor: Vendor, origin: str, environ: Mapping[str, str]
) -> dict[str, str]:
    known = {*vendor.credentials, *vendor.optional_credentials}
    _known(table, known, origin, "credentials.")
    found: dict[str, str] = {}
    for name, value in table.items():
        place = f"credentials.{name}"
        if not isinstance(value, str):
            raise TargetError(origin, place, "a text is expected")
        found[name] = _expanded(value, origin, place, environ)
    for name in vendor.credentials:
        if not found.get(name):
            raise TargetError(origin, f"credentials.{name}", "is missing; the documents require it")
    return found


def _expanded(value: str, origin: str, place: str, environ: Mapping[str, str]) -> str:
    def lookup(match: re.Match[str]) -> str:
        if match[1] not in environ:
            raise TargetError(origin, place, f"the environment variable {match[1]} is not set")
        return environ[match[1]]

    return _VARIABLE.sub(lookup, value)


def _limits(table: Mapping[str, Any], base_url: str, origin: str) -> Limits:
    _known(table, _LIMITS, origin, "limits.")
    for name, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
            raise TargetError(origin, f"limits.{name}", f"a positive number is expected, not {value!r}")
    return Limits(**{"requests_per_second": None if is_loopback(base_url) else POLITE_RATE, **table})


def _states(table: Mapping[str, Any], base_url: str, origin: str) -> str:
    _known(table, {"url"}, origin, "states.")
    url = table.get("url", "")
    if not isinstance(url, str):
        raise TargetError(origin, "states.url", f"a text is expected, not {url!r}")
    return urljoin(base_url + "/", url) if url else ""


def _pins(table: Mapping[str, Any], origin: str) -> dict[str, str]:
    for name, value in table.items():
        if not isinstance(value, str):
            raise TargetError(origin, f"readings.{name}", "the id of an option is expected, as text")
    return dict(table)


def _text(fields: Mapping[str, Any], key: str, origin: str, default: str | None = None) -> str:
    value = fields.get(key, default)
    if value is None:
        raise TargetError(origin, key, "is missing")
    if not isinstance(value, str):
        raise TargetError(origin, key, f"a text is expected, not {value!r}")
    return value


def _table(fields: Mapping[str, Any], key: str, origin: str) -> Mapping[str, Any]:
    value = fields.get(key, {})
    if not isinstance(value, Mapping):
        raise TargetError(origin, key, f"a table is expected: [{key}]")
    return value


def _known(fields: Mapping[str, Any], known: Iterable[str], origin: str, prefix: str) -> None:
    for key in fields:
        if key not in known:
            raise TargetError(origin, f"{prefix}{key}", f"is not a member of a target file{_meant(key, known)}")


def _meant(given: str, known: Iterable[str]) -> str:
    return meant(given, known) or f"; there are {', '.join(sorted(known))}"
