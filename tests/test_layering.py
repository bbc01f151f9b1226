"""The fences of the house: who may import what, nothing at import, short files. Each is seen to catch a breach."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Collection
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "handouts"

FLOORS = (
    ("cache", "colour", "drawing", "errors", "resources"),
    ("dose", "input_files", "printing"),
    ("model",),
    ("output_paths",),
    ("library",),
    ("screening",),
    ("reviewing",),
    ("prescription", "compose", "reports"),
    ("figures", "branding", "programs"),
    ("pdf",),
    ("layout",),
    ("formats",),
    ("readability",),
    ("rendering",),
    ("batch", "drafting", "proofreading"),
    ("web",),
    ("cli",),
    ("__main__",),
)
"""From the ground up: a room imports only rooms of floors below its own, or its own parts."""

FENCES = {
    "yaml": {"library"},
    "reportlab": {"pdf", "layout"},
    "click": {"cli"},
    "prompt_toolkit": {"cli"},
    "pypdf": {"pdf"},
    "distributed": {"batch"},
    "flask": {"web"},
    "werkzeug": {"web"},
    "jinja2": {"formats", "web"},
    "waitress": {"web"},
    "openpyxl": {"batch"},
}
"""Which rooms may import a library."""

VAGUE = re.compile(r"(utils?|helpers?|common|misc|managers?|base|stuff)\.py|/(utils?|helpers?|common|misc)/")
MOST_LINES = 400
READ_ONLY = {"layout", "formats", "figures", "pdf", "branding"}
"""Rooms that draw: they never read the library and never ask for today's date."""
NAMES_ONLY = "handouts.library.nearest"
"""Of the library, what knows only strings."""


def floor_of(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


@cache
def parsed(code: str) -> ast.Module:
    return ast.parse(code)


def tree_of(path: Path) -> ast.Module:
    return parsed(path.read_text(encoding="utf-8"))


@cache
def imports(tree: ast.AST) -> list[tuple[str, bool]]:
    """Every module that is imported, and whether only for the type checker."""
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found: list[tuple[str, bool]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) in for_types) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "handouts" else [node.module]
            )
            found += [(name, id(node) in for_types) for name in names]
    return found


def room_of(path: Path, package: Path) -> str:
    return path.relative_to(package).parts[0].removesuffix(".py")


def breaches(package: Path) -> list[str]:
    """Every import under `package` that breaks a fence."""
    found = []
    for path in sorted(package.rglob("*.py")):
        room = room_of(path, package)
        if room == "__init__":
            continue
        for module, for_types in imports(tree_of(path)):
            top, *rest = module.split(".")
            if top in FENCES and room not in FENCES[top] and not for_types:
                found.append(f"{path.relative_to(package)}: {room} may not import {top}")
            if top != "handouts" or not rest or rest[0] in (room, "__version__"):
                continue
            if floor_of(rest[0]) >= floor_of(room):
                found.append(f"{path.relative_to(package)}: {room} may not import {rest[0]}")
    return found


def test_every_room_imports_only_what_lies_below_it():
    assert breaches(PACKAGE) == []


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("model.py", "from handouts.library import Library"),
        ("library/library.py", "from handouts.prescription import read_program"),
        ("screening/rules.py", "import handouts.layout.page"),
        ("dose/notation.py", "def f():\n    from handouts import cli"),
        ("prescription/program_file.py", "import yaml"),
        ("rendering.py", "from reportlab.pdfgen import canvas"),
        ("rendering.py", "def f():\n    import pypdf"),
        ("screening/screening.py", "from click import echo"),
        ("cli/web.py", "from flask import request"),
    ],
)
def test_a_breach_is_seen(tmp_path, where, code):
    path = tmp_path / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code)
    assert len(breaches(tmp_path)) == 1


EVERY = tuple(room for rooms in FLOORS for room in rooms)


def inner_imports(package: Path, rooms: Collection[str] = EVERY) -> list[str]:
    """Imports inside functions."""
    return [
        f"{path.name}: imports inside {function.name}"
        for path in sorted(package.rglob("*.py"))
        if room_of(path, package) in rooms
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]


def circles(package: Path, rooms: Collection[str] = EVERY) -> list[str]:
    """Modules that import themselves by way of others."""
    graph: dict[str, set[str]] = {}
    for path in package.rglob("*.py"):
        if room_of(path, package) in rooms and path.name != "__init__.py":
            name = ".".join(("handouts", *path.relative_to(package).with_suffix("").parts))
            found = imports(tree_of(path))
            graph[name] = {module for module, for_types in found if not for_types}
    circular = []
    for start in sorted(graph):
        reached, waiting = set(), [start]
        while waiting:
            for module in graph.get(waiting.pop(), set()) - reached:
                reached.add(module)
                waiting.append(module)
        if start in reached:
            circular.append(start)
    return circular


def equal_names(package: Path, rooms: Collection[str] = EVERY) -> list[str]:
    """Modules of these rooms whose name another module of the package has too."""
    modules = [path for path in sorted(package.rglob("*.py")) if path.name != "__init__.py"]
    names = Counter(path.name for path in modules)
    return [
        str(path.relative_to(package)) for path in modules if room_of(path, package) in rooms and names[path.name] > 1
    ]


def test_there_are_no_inner_imports_no_circles_and_no_name_twice():
    assert [*inner_imports(PACKAGE), *circles(PACKAGE), *equal_names(PACKAGE)] == []


def test_an_inner_import_a_circle_and_a_name_twice_are_seen(tmp_path):
    for name, code in (
        ("dose/one.py", "import handouts.dose.two"),
        ("dose/two.py", "def f():\n    from handouts.dose.one import x"),
        ("cli/two.py", ""),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(code)
    assert inner_imports(tmp_path) == ["two.py: imports inside f"]
    assert circles(tmp_path) == ["handouts.dose.one", "handouts.dose.two"]
    assert equal_names(tmp_path) == ["cli/two.py", "dose/two.py"]


def drawing_breaches(package: Path) -> list[str]:
    """Where a drawing room reads the library or asks for today."""
    found = []
    for path in sorted(package.rglob("*.py")):
        if room_of(path, package) not in READ_ONLY:
            continue
        tree = tree_of(path)
        read = (module for module, for_types in imports(tree) if not for_types and module != NAMES_ONLY)
        if any(module.startswith("handouts.library") for module in read):
            found.append(f"{path.name}: reads the library")
        if any(isinstance(node, ast.Attribute) and node.attr in ("today", "now", "utcnow") for node in ast.walk(tree)):
            found.append(f"{path.name}: asks for the date")
    return found


def test_drawing_reads_no_library_and_no_clock():
    assert drawing_breaches(PACKAGE) == []


@pytest.mark.parametrize("code", ["import datetime as dt\ndt.date.today()", "from handouts.library import Library"])
def test_a_drawing_room_that_looks_outside_is_seen(tmp_path, code):
    (tmp_path / "layout").mkdir()
    (tmp_path / "layout" / "page.py").write_text(code)
    assert len(drawing_breaches(tmp_path)) == 1


WATCH = """
import pkgutil, sys
opened = []
def hook(event, arguments):
    path = arguments[0] if event == "open" and isinstance(arguments[0], str) else ""
    if any(part in path for part in PARTS) and "site-packages" not in path:
        opened.append(path)
sys.addaudithook(hook)
import handouts
for found in pkgutil.walk_packages(handouts.__path__, "handouts."):
    __import__(found.name)
registered = sys.modules.get("reportlab.pdfbase.pdfmetrics")
fonts = list(registered._fonts) if registered else []
print(opened, fonts)
"""


def imported(watch: str, folder: Path = ROOT) -> str:
    run = subprocess.run([sys.executable, "-c", watch], cwd=folder, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_nothing_happens_at_import():
    parts = repr([str(ROOT / "content"), str(ROOT / "fonts") + "/", ".ttf", ".yaml"])
    assert imported(f"PARTS = {parts}\n{WATCH}") == "[] []"


def test_reading_at_import_is_seen(tmp_path):
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts" / "__init__.py").write_text("")
    (tmp_path / "words.yaml").write_text("a: 1")
    (tmp_path / "handouts" / "eager.py").write_text("text = open('words.yaml').read()")
    assert "words.yaml" in imported(f"PARTS = ['.yaml']\n{WATCH}", tmp_path)


def shapes(folder: Path) -> list[str]:
    """Files too long to read, and names that say nothing."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        name = "/" + str(path.relative_to(folder))
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES:
            found.append(f"{name}: more than {MOST_LINES} lines")
        if VAGUE.search(name):
            found.append(f"{name}: a name that says nothing")
    return found


def test_files_are_short_and_named_for_what_they_hold():
    assert [*shapes(PACKAGE), *shapes(ROOT / "tests")] == []
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")]
    assert statistics.median(lengths) <= 160


def test_a_long_file_and_a_vague_name_are_seen(tmp_path):
    (tmp_path / "long.py").write_text("x = 1\n" * (MOST_LINES + 1))
    (tmp_path / "utils.py").write_text("x = 1\n")
    assert len(shapes(tmp_path)) == 2
