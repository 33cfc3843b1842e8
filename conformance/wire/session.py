"""Opens the `requests` session of a run."""

from __future__ import annotations

import requests

from conformance.wire.recorder import Recorder


def open_session(recorder: Recorder, *, verify: bool | str = True) -> requests.Session:
    """A session whose every request passes the recorder.

    No proxy and no netrc of the machine is used (`trust_env`): a verdict must not depend on them, and a credential of
    somebody else must not leave. Redirects are answers like any other, so none is followed.
    """
    session = requests.Session()
    session.trust_env = False
    session.verify = verify
    session.max_redirects = 0
    session.headers.clear()
    session.headers["User-Agent"] = "order-api-conformance"
    session.headers["Accept-Encoding"] = "gzip, deflate"
    session.mount("http://", recorder)
    session.mount("https://", recorder)
    return session
