"""Sockets of the preview, and checks of hosts and origins.

A page of another site can make a browser send requests here, using a name of its own that resolves
to this machine, or with its own origin. Both are refused.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
from urllib.parse import urlsplit

from dossier.problems import Problem, ProblemError

FIRST_PORT = 8000
_TRIED = 20
_WAITING = 128
"""The connections that may wait to be accepted."""


OWN_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every response: they forbid caching, and use by pages of other sites."""


def open_sockets(host: str, port: int | None) -> list[socket.socket]:
    """Open sockets that listen at a port, or at the first free one.

    Raises `ProblemError` where that is impossible.
    """
    ports = range(FIRST_PORT, FIRST_PORT + _TRIED) if port is None else [port]
    for candidate in ports:
        try:
            return _listen(host, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _refused(f"{host}:{candidate}", error.strerror or str(error)) from None
    hint = "stop the other program, or leave out --port to use a free port"
    if port is None:
        hint = "choose a free port with --port"
    taken = str(port) if port is not None else f"{ports[0]} to {ports[-1]}"
    raise ProblemError(Problem("--port", 0, 0, f"in use: {taken}", hint))


def _listen(host: str, port: int) -> list[socket.socket]:
    """Listen at every address of a host, without waiting when a connection is accepted."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets: list[socket.socket] = []
    try:
        for family, _, _, _, address in dict.fromkeys(found):
            one = socket.create_server(address[:2], family=family, backlog=_WAITING)
            sockets.append(one)
            one.setblocking(False)
    except OSError:
        for one in sockets:
            one.close()
        raise
    return sockets


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


def refusal(host: str, origin: str | None, bound: str) -> str:
    """Say why a request is refused, by its headers; empty where it is not."""
    if not is_own_host(host, bound):
        return "This server has another name"
    if origin is not None and not is_own_origin(origin, host):
        return "This page belongs to another site"
    return ""


def is_own_origin(origin: str, host: str) -> bool:
    """Tell whether an Origin header belongs to the requested host."""
    return origin in (f"http://{host}", f"https://{host}")


def _refused(where: str, reason: str) -> ProblemError:
    hint = "leave out --host to listen only on this machine"
    return ProblemError(Problem("--host", 0, 0, f"cannot listen at {where}: {reason}", hint))
