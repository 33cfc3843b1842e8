"""How values look on the wire: what is stored comes as strings, what is computed as numbers, and JSON as PHP writes it.

The document's table names types (integer, float, object), but the shop software it describes answers what its
database holds. `literal_types` switches to the types of the table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]


class WireRules:
    """From values to members of a document."""

    literal_types = False

    def integer(self, value: int | None) -> str | int | None:
        """A stored integer: its digits, or null where there is none."""
        return value if value is None or self.literal_types else str(value)

    def money(self, cents: int) -> str | float:
        """A stored sum: a text with two decimals."""
        return self.number(cents) if self.literal_types else f"{cents // 100}.{cents % 100:02}"

    def number(self, cents: int) -> int | float:
        """A computed sum: a number, without fraction where it is whole."""
        return cents // 100 if cents % 100 == 0 else cents / 100

    def mapping(self, members: Mapping[str, Any]) -> Any:
        """A map by id: an object, or [] when it is empty, because PHP has one kind of array."""
        return dict(members) if members or self.literal_types else []

    def listed_mapping(self, members: Mapping[str, Any]) -> Any:
        """A map that the table calls an array."""
        return list(members.values()) if self.literal_types else self.mapping(members)

    def id_list(self, ids: Sequence[int]) -> Any:
        """Ids that the table calls a string separated by commas, and the software answers as an array."""
        return ",".join(map(str, ids)) if self.literal_types else [str(one) for one in ids]

    def yes_or_no(self, value: bool) -> str:
        """Y or N."""
        return "Y" if value else "N"

    def encode(self, document: Any) -> bytes:
        """The document as PHP's json_encode writes it: ASCII alone, and a slash behind a backslash."""
        return json.dumps(document, separators=(",", ":")).replace("/", "\\/").encode()
