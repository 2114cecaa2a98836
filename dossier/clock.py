"""The current day: the only module that reads a clock."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def read_today(timezone: str) -> str:
    """Read the day in a time zone, from SOURCE_DATE_EPOCH (reproducible-builds.org) or now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return now.astimezone(ZoneInfo(timezone)).date().isoformat()
