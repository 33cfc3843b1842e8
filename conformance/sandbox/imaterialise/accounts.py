"""The two accounts of the sandbox. Their API codes are examples and open nothing anywhere else."""

from __future__ import annotations

from conformance.sandbox.spawn import target_fields

OWN, FOREIGN = "own", "foreign"
OWN_API_CODE = str(target_fields("imaterialise")["credentials"]["api_code"])
FOREIGN_API_CODE = "22222222-2222-4222-8222-222222222222"
ACCOUNTS = {OWN_API_CODE: OWN, FOREIGN_API_CODE: FOREIGN}
