"""Faults of DanDomain's sandbox, by area: each overrides one rule and breaks one requirement."""
