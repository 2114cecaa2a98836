"""Where the preview listens, and who may ask: a browser that was sent to this server by name.

A page of another site can make a browser send requests here, under a name of its own that leads
to this machine, or with its own origin. Both are refused.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
from urllib.parse import urlsplit

from tornado.netutil import bind_sockets

from dossier.problems import Problem, ProblemError

FIRST_PORT = 8000
_TRIED = 20


def open_sockets(host: str, port: int | None) -> list[socket.socket]:
    """Sockets that listen at a port, or at the first free one where none is asked for.

    Raises `ProblemError` where that cannot be.
    """
    ports = range(FIRST_PORT, FIRST_PORT + _TRIED) if port is None else [port]
    for candidate in ports:
        try:
            return bind_sockets(candidate, host)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _refused(f"{host}:{candidate}", error.strerror or str(error)) from None
    hint = "stop what listens there, or leave out --port, and a free one is taken"
    if port is None:
        hint = "name a free one with --port"
    taken = str(port) if port is not None else f"{ports[0]} to {ports[-1]}"
    raise ProblemError(Problem("--port", 0, 0, f"in use: {taken}", hint))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_own_host(header: str, bound: str) -> bool:
    """Whether a Host header is a name of this server, which listens at `bound`.

    A name that someone else could have led here is none: only addresses and known names are.
    """
    try:
        name = (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if is_loopback(name) or name == bound.lower():
        return True
    if is_loopback(bound):
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        machine = socket.gethostname().lower()
        return name in (machine, f"{machine}.local")
    return True


def is_own_origin(origin: str, host: str) -> bool:
    """Whether an Origin header is that of pages of the host that was asked."""
    return origin in (f"http://{host}", f"https://{host}")


def _refused(where: str, reason: str) -> ProblemError:
    hint = "leave out --host to listen on this machine alone"
    return ProblemError(Problem("--host", 0, 0, f"cannot listen at {where}: {reason}", hint))
