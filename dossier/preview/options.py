"""Options of the preview, and the address that follows from them."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import msgspec


class PreviewOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Where to serve, and how. Without `port`, the first free one is used.

    `editor` is a pattern of URLs that open a file; with `poll`, changes are polled for.
    """

    host: str = "127.0.0.1"
    port: int | None = None
    open: bool = False
    editor: str
    poll: bool = False


def home_address(sockets: Sequence[socket.socket], base_path: str) -> str:
    """Build the address of the home page."""
    host, port = sockets[0].getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{base_path}"
