"""Runs the command line and harms it at one of its dealings with files: `saboteur.py HOW AT FOLDER… -- cli.py …`.

`fail`: the dealing number AT with one of the folders fails as a broken disk does. `vanish`: what it is about is gone.
`kill`: the process is killed there. `count`: nothing happens; how many dealings there were
goes to the file `.dealings`.
"""

from __future__ import annotations

import atexit
import errno
import os
import runpy
import signal
import sys
from typing import Any

DEALINGS = ("open", "os.rename", "os.chmod", "os.remove", "os.mkdir", "os.listdir", "os.scandir", "tempfile.mkstemp")


def main() -> None:
    split = sys.argv.index("--")
    how, at, *folders = sys.argv[1:split]
    sys.argv = sys.argv[split + 1 :]
    sys.path.insert(0, os.path.dirname(sys.argv[0]))  # noqa: PTH120 - nothing more than needed is imported here
    seen = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        if event not in DEALINGS or not arguments or not isinstance(arguments[0], str):
            return
        path = os.path.abspath(arguments[0])  # noqa: PTH100
        if "__pycache__" in path or path.endswith(".py") or not path.startswith(tuple(folders)):
            return
        seen += 1
        if seen != int(at):
            return
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "vanish":
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
        if how == "fail":
            raise OSError(errno.EIO, "Input/output error", path)

    def tell() -> None:
        with open(os.path.join(folders[0], ".dealings"), "w", encoding="utf-8") as file:  # noqa: PTH118, PTH123
            file.write(str(seen))

    if how == "count":
        atexit.register(tell)
    sys.addaudithook(watch)
    runpy.run_path(sys.argv[0], run_name="__main__")


main()
