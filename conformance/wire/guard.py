"""What may be sent to a target at all. The recorder asks; no test can go round it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from requests import PreparedRequest

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
Permission = Callable[[PreparedRequest], str]
"""Asked before a state-changing request; answers why it may not be sent, or ""."""


class Refused(Exception):
    """A request that must not be sent to this target; says why and what would allow it."""


@dataclass
class Guard:
    """Keeps changes away from a production host and from everything that the run does not own.

    An unknown path or method counts as changing state: what the contract does not call harmless is not.
    """

    base_url: str
    read_only: bool
    why_read_only: str
    harmless: frozenset[tuple[str, str]]
    """Method and path of the operations that change nothing although they POST."""
    states_url: str = ""
    """The provider-states endpoint, which may change what it likes: it is the target's own offer."""
    permissions: list[Permission] = field(default_factory=list)
    """Each vendor's own rule about whose data may be touched."""

    def check(self, request: PreparedRequest) -> None:
        """Lets a request pass.

        Raises:
            Refused: it changes state and the target is read-only, or it touches data that is not the run's.
        """
        method, url = request.method or "", urlsplit(request.url or "")
        if self.states_url and request.url == self.states_url and not self.read_only:
            return
        if not self._same_host(url.netloc):
            raise Refused(f"the target is {self.base_url}; a request to {url.netloc} is never sent")
        if self.is_harmless(request):
            return
        if self.read_only:
            raise Refused(f"{method} {url.path} changes state and {self.why_read_only}")
        for why_not in self._answers(request):
            raise Refused(why_not)

    def is_harmless(self, request: PreparedRequest) -> bool:
        """Whether a request changes nothing, by the contract."""
        return self.changes_nothing(request.method or "", request.url or "")

    def changes_nothing(self, method: str, url: str) -> bool:
        """Whether a request with this method and address changes nothing, by the contract."""
        return method in SAFE_METHODS or (method, urlsplit(url).path) in self.harmless

    def _answers(self, request: PreparedRequest) -> Iterable[str]:
        return filter(None, (permission(request) for permission in self.permissions))

    def _same_host(self, netloc: str) -> bool:
        return netloc.rpartition("@")[2].lower() == urlsplit(self.base_url).netloc.rpartition("@")[2].lower()
