"""Writes a target file for a vendor: every member that it can have, with what it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from conformance.contract import Vendor
from conformance.target.model import POLITE_RATE, Limits


def template(vendor: Vendor) -> str:
    """A commented target file, ready to be used once its credentials are in the environment."""
    return "\n".join([*_head(vendor), "", *_credentials(vendor), "", *_limits(), "", *_data(vendor), *_pins(), ""])


def _head(vendor: Vendor) -> Iterator[str]:
    host = next(iter(vendor.sandbox_hosts), "sandbox.example")
    media_types = [name for names in vendor.media_types.values() for name in names]
    yield f"# What `conformance run` is to judge: an endpoint that speaks the order API of {vendor.title}."
    yield f'name = "{vendor.title} sandbox"'
    yield f'vendor = "{vendor.id}"'
    yield f"apis = {_list(vendor.apis)}  # those that are to be judged"
    yield f'base_url = "https://{host}"  # the documented paths are appended to it'
    yield '# On "production" nothing that changes state is ever sent.'
    if vendor.production_hosts:
        yield f"# {', '.join(vendor.production_hosts)} is production and cannot be declared a sandbox."
    yield 'environment = "sandbox"'
    yield f"media_types = {_list(media_types)}  # those that the endpoint speaks"


def _credentials(vendor: Vendor) -> Iterator[str]:
    yield "# ${NAME} is taken from the environment; a value never reaches a file or a screen."
    yield "[credentials]"
    for name in vendor.credentials:
        yield f'{name} = "${{CONFORMANCE_{name.upper()}}}"'
    for name in vendor.optional_credentials:
        yield f'# {name} = "${{CONFORMANCE_{name.upper()}}}"  # optional'


def _limits() -> Iterator[str]:
    limits = Limits()
    yield "[limits]"
    yield f"timeout_seconds = {limits.timeout_seconds:g}"
    yield f"requests_per_second = {POLITE_RATE:g}"
    yield "# max_requests = 1000  # no limit where it is absent"
    yield f"max_response_mebibytes = {limits.max_response_mebibytes:g}"
    yield ""
    yield "# Where the endpoint can make its own test data (provider states), nothing below [data] is needed."
    yield "# [states]"
    yield '# url = "/_states"'


def _data(vendor: Vendor) -> Iterator[str]:
    """The test data that scenarios need, table by table; several needs may draw on one list."""
    tables: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for need in vendor.needs.values():
        table, _, key = need.data.rpartition(".")
        tables[table][key].append(need.describe)
    if tables:
        yield "# Test data that is there already. What is neither here nor found by asking is not testable."
    for table, keys in tables.items():
        yield f"[{table}]"
        for key, described in keys.items():
            for text in described:
                yield f"# {text}"
            yield f"{key} = []"
        yield ""


def _pins() -> Iterator[str]:
    yield "# Where the document leaves a choice, any accepted reading passes, unless one is pinned here."
    yield "# `conformance explain REQUIREMENT` shows the readings and their options."
    yield "[readings]"
    yield '# "name-of-the-reading" = "name-of-the-option"'


def _list(names: tuple[str, ...] | list[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
