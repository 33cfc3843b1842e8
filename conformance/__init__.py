"""Order API Conformance: does an order API keep the contract that its document states?"""

__version__ = "0.1.0"
