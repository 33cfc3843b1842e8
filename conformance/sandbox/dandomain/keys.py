"""The keys of the sandbox and what each may do. They are examples and open nothing anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from conformance.sandbox.spawn import target_fields


class Permission(StrEnum):
    """The four order permissions of a key (API - Order, "The order ... permission is required")."""

    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"


_CREDENTIALS: dict[str, str] = target_fields("dandomain")["credentials"]

KEY = _CREDENTIALS["key"]
NO_PERMISSION_KEY = _CREDENTIALS["no_permission_key"]
PERMISSION_KEYS: Mapping[Permission, str] = {permission: _CREDENTIALS[f"{permission}_key"] for permission in Permission}
PERMISSIONS: Mapping[str, frozenset[Permission]] = {
    KEY: frozenset(Permission),
    NO_PERMISSION_KEY: frozenset(),
    **{key: frozenset({permission}) for permission, key in PERMISSION_KEYS.items()},
}
