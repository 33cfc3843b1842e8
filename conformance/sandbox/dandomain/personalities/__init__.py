"""Personalities of DanDomain's sandbox: each keeps the contract in another way than the rules do. None may be blamed."""
