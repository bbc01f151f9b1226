"""A print file beside merging finished files: `python -m tests.benchmarks.merging [--count 1000]`.

The same roster is made twice: as files of their own, and drawn into one print file. The files are then merged by pypdf,
as a plain program would do it, and by qpdf where it is installed. Compared are bytes, and processor time: drawing *and*
combining for the print file, combining alone for the others.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.batch import JOBS, ROOT, write_roster

MERGE = """
import sys
from pathlib import Path
from pypdf import PdfWriter
writer = PdfWriter()
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    writer.append(path)
writer.write(sys.argv[2])
"""


def spent(command: Sequence[str | Path]) -> float:
    """Processor seconds of a command with all processes it starts."""
    process = subprocess.Popen(list(map(str, command)), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"ended with {process.returncode}: {' '.join(map(str, command))}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.merging", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="Handouts in the print file.")
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        roster, files, ours = folder / "roster.csv", folder / "files", folder / "print.pdf"
        write_roster(roster, count)
        batch = [sys.executable, ROOT / "cli.py", "batch", roster, "--date", "2026-11-23", "-q"]
        spent([*batch, "-o", f"{files}/", "--jobs", str(JOBS)])
        took = spent([*batch, "--merge", ours])
        all_files = sum(file.stat().st_size for file in files.iterdir())
        size = ours.stat().st_size
        sys.stdout.write(
            f"print file of {count:,}: {size / 1e6:.1f} MB ({size / count / 1000:.1f} KB each), {took:.1f} s of "
            f"processor for drawing and combining; {size / all_files:.2f} of the files' {all_files / 1e6:.1f} MB\n"
        )
        merged = folder / "merged.pdf"
        ways: dict[str, list[str | Path]] = {"pypdf": [sys.executable, "-c", MERGE, files, merged]}
        if qpdf := shutil.which("qpdf"):
            paths = sorted(files.iterdir())
            ways["qpdf"] = [qpdf, "--empty", "--object-streams=generate", "--pages", *paths, "--", merged]
        for way, command in ways.items():
            alone = spent(command)
            sys.stdout.write(
                f"merged by {way}: {merged.stat().st_size / 1e6:.1f} MB, {alone:.1f} s for combining alone; the print "
                f"file is {size / merged.stat().st_size:.2f} of its bytes and {took / alone:.2f} of its time\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
