"""Where the real communities are, if they are there."""

from pathlib import Path

SHARED = Path(__file__).parent.parent.parent.parent / "shared/data"
HIGGS = SHARED / "higgs/higgs-activity_time.txt.gz"
RESHARES = SHARED / "reshare_networks"
HOUR = 3_600_000_000
DAY = 24 * HOUR
