"""A target: where it is, who we are there, and what we may do."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from conformance.contract import Format, Vendor

POLITE_RATE = 5.0
"""Requests a second to a host that is not this machine, where the target file names no rate."""


class TargetError(Exception):
    """The target file (or what stands for it) cannot be used; says where and what to do."""

    def __init__(self, origin: str, place: str, problem: str) -> None:
        super().__init__(f"{origin}: {place}: {problem}" if place else f"{origin}: {problem}")


@dataclass(frozen=True)
class Limits:
    """How hard a target may be driven."""

    timeout_seconds: float = 30.0
    requests_per_second: float | None = None
    max_requests: int | None = None
    max_response_mebibytes: float = 32.0


@dataclass(frozen=True)
class Target:
    """An endpoint to judge."""

    name: str
    vendor: Vendor
    apis: tuple[str, ...]
    base_url: str
    environment: str = "production"
    media_types: tuple[str, ...] = ()
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)
    limits: Limits = Limits()
    states_url: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    origin: str = "target"
    """The file or address that it came from, for messages."""

    @property
    def changes_allowed(self) -> bool:
        """Whether anything that changes state may be sent at all."""
        return self.environment == "sandbox"

    def offers(self, form: Format) -> bool:
        """Whether the target says that it speaks a format."""
        return any(self.vendor.format_of(media_type) is form for media_type in self.media_types)

    @property
    def formats(self) -> list[Format]:
        """The formats that the target says that it speaks, JSON first."""
        return [form for form in (Format.JSON, Format.XML) if self.offers(form)]

    def media_type(self, form: Format) -> str:
        """The media type by which to ask for a format.

        Raises:
            LookupError: the target does not offer it.
        """
        for media_type in self.media_types:
            if self.vendor.format_of(media_type) is form:
                return media_type
        raise LookupError(f"{self.name} offers no {form.upper()}")

    def described(self) -> dict[str, Any]:
        """What the run file says of the target: everything but the values of credentials, which it only names."""
        given = {name: value for name, value in self.credentials.items() if value}
        # Of two names for one secret the later stands wherever it is taken out.
        last = {value: name for name, value in given.items()}
        return {
            "name": self.name,
            "origin": self.origin,
            "vendor": self.vendor.id,
            "apis": [api.partition("/")[2] for api in self.apis],
            "base_url": self.base_url,
            "environment": self.environment,
            "media_types": list(self.media_types),
            "credentials": sorted(given),
            "same_credentials": {name: last[value] for name, value in given.items() if last[value] != name},
            "limits": {name: value for name, value in asdict(self.limits).items() if value is not None},
            "states": self.states_url,
            "data": self.data,
            "pinned_readings": dict(self.readings),
        }


def is_loopback(url: str) -> bool:
    """Whether a URL names this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
