"""Images without their metadata: cameras write places and names. Pixels and colours stay.

Works on the parts of a file, without decoding it: nothing is lost, and animations stay whole.
What is not known to be needed for showing an image is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_JPEG, _PNG, _RIFF = b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF"
_MARKER = re.compile(rb"\xff(?=[\x01-\xcf\xd8-\xfe])")
_JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""The application segments that are kept, by how their data begin."""
_COMMENT, _SCAN, _END = 0xFE, 0xDA, 0xD9
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT "
    b"acTL fcTL fdAT".split()
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_FLAGS = 0x08 | 0x04  # of EXIF and of XMP


def clean(data: bytes) -> bytes:
    """Remove the metadata of a JPEG, PNG or WebP image; return other files as they are."""
    if data.startswith(_JPEG):
        return b"".join(part for marker, part in _jpeg_parts(data) if _is_kept(marker, part))
    if data.startswith(_PNG):
        kept = (chunk for name, chunk in _png_chunks(data) if name in _PNG_KEPT)
        return _PNG + b"".join(kept)
    if data.startswith(_RIFF) and data[8:12] == b"WEBP":
        kept = (_flagged(name, chunk) for name, chunk in _webp_chunks(data) if name in _WEBP_KEPT)
        body = b"WEBP" + b"".join(kept)
        return _RIFF + len(body).to_bytes(4, "little") + body
    return data


def is_complete(data: bytes) -> bool:
    """Tell whether a file has its end, as far as its format says where that is."""
    if data.startswith(_JPEG):
        return any(marker == _END for marker, _ in _jpeg_parts(data))
    if data.startswith(_PNG):
        return any(name == b"IEND" for name, _ in _png_chunks(data))
    if data.startswith(_RIFF):
        return int.from_bytes(data[4:8], "little") <= len(data) - 8
    return True


def _is_kept(marker: int, part: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        start = _JPEG_KEPT.get(marker)
        return start is not None and part.startswith(start, 4)
    return marker != _COMMENT


def _jpeg_parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """List the segments of a JPEG up to its end, each scan with its pixels."""
    yield 0xD8, _JPEG
    at = 2
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            found = _MARKER.search(data, at)  # stray bytes, which decoders skip
            if not found:
                return
            at = found.start()
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == _END:
            yield marker, data[at : at + 2]
            return
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:
            yield marker, data[at : at + 2]
            at += 2
        else:
            end = at + 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
            if marker == _SCAN:
                found = _MARKER.search(data, end)
                end = found.start() if found else len(data)
            yield marker, data[at:end]
            at = end


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """List the chunks of a PNG that are whole, up to its end."""
    at = len(_PNG)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            return
        name = data[at + 4 : at + 8]
        yield name, data[at:end]
        if name == b"IEND":
            return
        at = end


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, whole = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= whole:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        yield data[at : at + 4], data[at:end]
        at = end


def _flagged(name: bytes, chunk: bytes) -> bytes:
    """Correct the flags of a WebP, which say what it has."""
    if name != b"VP8X" or len(chunk) < 9:
        return chunk
    return chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS]) + chunk[9:]
