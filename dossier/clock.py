"""What day it is: the one place that reads a clock."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def read_today(timezone: str) -> str:
    """The day in a zone: of SOURCE_DATE_EPOCH (reproducible-builds.org) or of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return now.astimezone(ZoneInfo(timezone)).date().isoformat()
