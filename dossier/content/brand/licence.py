"""The licence of a site: what it is called, and where it is."""

from __future__ import annotations

import re

_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)(?:-([A-Z]+))?")
_ZERO = "CC0-1.0"


def licence_name(licence: str) -> str:
    """Name a licence by its SPDX id, as people write it; empty where only its address is known."""
    if "://" in licence:
        return ""
    if match := _CREATIVE_COMMONS.fullmatch(licence):
        return " ".join(filter(None, ("CC", *match.groups())))
    return "CC0 1.0" if licence == _ZERO else licence


def licence_url(licence: str) -> str:
    """Return the address of a licence, which is its own where it is no SPDX id."""
    if "://" in licence:
        return licence
    if match := _CREATIVE_COMMONS.fullmatch(licence):
        path = "/".join(filter(None, match.groups())).lower()
        return f"https://creativecommons.org/licenses/{path}/"
    if licence == _ZERO:
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return f"https://spdx.org/licenses/{licence}.html"
