"""The two vendors of the marketplace. Their credentials are examples and open nothing anywhere else."""

from __future__ import annotations

from dataclasses import dataclass

from conformance.sandbox.spawn import target_fields


@dataclass(frozen=True)
class Account:
    """A vendor: what it signs in with, and the company that its orders belong to."""

    email: str
    api_key: str
    company_id: int
    company: str


_CREDENTIALS = target_fields("macke")["credentials"]
OWN = Account(str(_CREDENTIALS["email"]), str(_CREDENTIALS["api_key"]), 7, "Tassen & Teller GmbH")
FOREIGN = Account("api@foreign-vendor.example", "Example0Key0Of0Another0Vendor002", 12, "Möbel Äußerst KG")
ACCOUNTS = {"own": OWN, "foreign": FOREIGN}
