"""Sockets of the preview, and checks of hosts and origins.

A page of another site can make a browser send requests here, using a name of its own that resolves
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
    """Open sockets that listen at a port, or at the first free one.

    Raises `ProblemError` where that is impossible.
    """
    ports = range(FIRST_PORT, FIRST_PORT + _TRIED) if port is None else [port]
    for candidate in ports:
        try:
            return bind_sockets(candidate, host)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _refused(f"{host}:{candidate}", error.strerror or str(error)) from None
    hint = "stop the other program, or leave out --port to use a free port"
    if port is None:
        hint = "choose a free port with --port"
    taken = str(port) if port is not None else f"{ports[0]} to {ports[-1]}"
    raise ProblemError(Problem("--port", 0, 0, f"in use: {taken}", hint))


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_own_host(header: str, bound: str) -> bool:
    """Tell whether a Host header names this server, which listens at `bound`.

    Only addresses and known names count, since others could resolve to this machine.
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
    """Tell whether an Origin header belongs to the requested host."""
    return origin in (f"http://{host}", f"https://{host}")


def _refused(where: str, reason: str) -> ProblemError:
    hint = "leave out --host to listen only on this machine"
    return ProblemError(Problem("--host", 0, 0, f"cannot listen at {where}: {reason}", hint))
