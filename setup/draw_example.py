"""Draw the picture of the analysts' guide by running the guide's own five lines: `make example`.

The guide has the names that an analyst gives to what they download; here they stand for the reference partnership's real
files, whose street-level rows come as counts.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from wardstats.charts import Chart, register_fonts, svg

HOME = Path(__file__).resolve().parents[1]
GUIDE = HOME / "docs" / "guides" / "analyse.md"
PICTURE = HOME / "docs" / "images" / "wards-by-rate.svg"
FONTS = HOME / "src" / "wardwell" / "web" / "assets" / "built" / "fonts"
FILES = HOME / "src" / "wardwell" / "jobs" / "reference" / "swp" / "evidence"
STANDS_FOR = {
    'street="police.zip"': 'counts="counts.csv.gz"',
    "counts.csv.gz": "wolverhampton_lsoa_month_crime-type_2023-05_2025-10.csv.gz",
    "lsoa11-lsoa21.csv": "lsoa11_lsoa21_change_west-midlands-rotherham.csv",
    "lsoa21-ward25.csv": "lsoa21_ward25_lad25_constituency_west-midlands.csv",
    "ts001.csv": "census2021_ts001_usual-residents_lsoa21_west-midlands.csv",
}


def main() -> int:
    chart = drawn_by(five_lines())
    register_fonts(FONTS)
    PICTURE.write_text(svg(chart.spec, embed_font=True), encoding="utf-8")
    return 0


def five_lines() -> str:
    """The guide's first block of Python, on the real files."""
    found = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise SystemExit(f"{GUIDE.name} has no Python in it any more.")
    lines = found[1]
    for name, real in STANDS_FOR.items():
        lines = lines.replace(name, real)
    return lines


def drawn_by(lines: str) -> Chart:
    """What the last line shows."""
    *before, last = lines.strip().splitlines()
    names: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="wardstats-example-") as folder:
        for name in STANDS_FOR.values():
            if (FILES / name).exists():
                (Path(folder) / name).symlink_to(FILES / name)
        os.chdir(folder)
        exec("\n".join(before), names)
        chart = eval(last, names)
        os.chdir(HOME)
    if not isinstance(chart, Chart):
        raise SystemExit("The guide's last line shows no chart.")
    return chart


if __name__ == "__main__":
    sys.exit(main())
