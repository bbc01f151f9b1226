"""How fast a batch is, and how much memory each of its processes takes: `python -m tests.benchmarks.batch`.

Rosters of 100, 1,000 and (with `--long`) 10,000 patients, a standard packet with a logo each, two worker processes,
files written; then one print file. Memory is the peak of the resident pages of every process, read from /proc while it
runs; pages that a worker shares with its parent count in both. Processor time counts all processes, and unlike the
clock's it tells whether the time a handout takes is flat when the machine has other work.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKETS = ("low-back-starter", "knee-osteoarthritis", "neck-pain", "balance-falls")
JOBS = 2


def write_roster(path: Path, count: int) -> None:
    lines = ["name,id,packet,conditions,clinic,clinician,goal"]
    for number in range(1, count + 1):
        packet = PACKETS[number % len(PACKETS)]
        lines.append(f"Patient {number} Doe,N-{number},{packet},,palm-wellness,Dana Reyes,Walk {number} blocks")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def peaks(process: subprocess.Popen[bytes]) -> dict[str, float]:
    """Peak MB of the batch's own process and of its workers, until it ends."""
    found: dict[str, float] = {}
    while process.poll() is None:
        pids = [process.pid]
        try:
            pids += map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())
            for index, pid in enumerate(pids):
                status = Path(f"/proc/{pid}/status").read_text()
                peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
                name = f"worker {index}" if index else "parent"
                found[name] = max(found.get(name, 0.0), int(peak) / 1024)
        except (FileNotFoundError, ProcessLookupError):
            pass
        time.sleep(0.1)
    return found


def run(roster: Path, *options: str) -> tuple[float, float, dict[str, float]]:
    """Seconds by the clock, seconds of processor, and peak memory."""
    command = [sys.executable, str(ROOT / "cli.py"), "batch", str(roster), "--date", "2026-11-23", "-q", *options]
    start, before = time.perf_counter(), used()
    process = subprocess.Popen(command)
    memory = peaks(process)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"the batch ended with {process.returncode}")
    return seconds, used() - before, memory


def used() -> float:
    """Processor seconds of all processes that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def told(memory: dict[str, float]) -> str:
    return ", ".join(f"{name} {size:.0f} MB" for name, size in memory.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="10,000 patients too: some minutes and 1.5 GB of disk")
    sizes = (100, 1000, 10_000) if parser.parse_args().long else (100, 1000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in sizes:
            roster, out, merged = folder / f"{count}.csv", folder / f"out-{count}", folder / f"{count}.pdf"
            write_roster(roster, count)
            seconds, processor, memory = run(roster, "-o", f"{out}/", "--jobs", str(JOBS))
            size = sum(file.stat().st_size for file in out.iterdir())
            sys.stdout.write(
                f"{count:>6} files: {seconds:7.1f} s  {count / seconds:5.1f} a second  "
                f"{processor / count * 1000:.0f} ms of processor each  {size / count / 1000:.0f} KB each  "
                f"{told(memory)}\n"
            )
            seconds, _, _ = run(roster, "-o", f"{out}/", "--resume")
            sys.stdout.write(f"{'':>6} again: {seconds:7.1f} s with --resume, all there\n")
            if count <= 1000:
                seconds, _, memory = run(roster, "--merge", str(merged))
                part = merged.stat().st_size / size
                sys.stdout.write(
                    f"{'':>6} merged: {seconds:6.1f} s  {merged.stat().st_size / 1e6:.1f} MB, "
                    f"{part:.2f} of the files' bytes  {told(memory)}\n"
                )
            sys.stdout.flush()
            shutil.rmtree(out)


if __name__ == "__main__":
    main()
