"""The proof: the suite against every seeded fault and every personality of the sandbox."""

from conformance.proof.arena import fight
from conformance.proof.bout import Case, Kill, Outcome, cases
from conformance.proof.matrix import Matrix, Standing

__all__ = ["Case", "Kill", "Matrix", "Outcome", "Standing", "cases", "fight"]
