"""Seeded faults of i.materialise: one broken clause each, by area."""
