"""The contract: `specs/` as frozen values. Data in, values out; nothing here knows a server or a test."""

from conformance.contract.load import apis, load, load_vendor, specs_folder, vendors
from conformance.contract.model import (
    Contract,
    ContractError,
    ErrorCode,
    Format,
    Level,
    Need,
    Operation,
    Option,
    Reading,
    Requirement,
    Vendor,
)

__all__ = [
    "Contract",
    "ContractError",
    "ErrorCode",
    "Format",
    "Level",
    "Need",
    "Operation",
    "Option",
    "Reading",
    "Requirement",
    "Vendor",
    "apis",
    "load",
    "load_vendor",
    "specs_folder",
    "vendors",
]
