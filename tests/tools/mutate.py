"""A mutation check: changes one small thing at a time in a module, and sees whether a test notices.

`python -m tests.tools.mutate dose/notation.py tests/meaning/test_dose.py [--limit N] [--seed N]`

Works on a copy of the project. Each mutant has one comparison turned round (`<` for `<=`, `==` for `!=` …), one number
one higher, one `and` for `or`, one `not` taken away, or one truth value turned over. The test files that are named run
until the first failure; a mutant that no test notices has survived, and is printed with its line. Not every survivor is
a gap: a limit in a message or an order of equals may not matter. Those that a patient could notice need a test.
"""

from __future__ import annotations

import argparse
import ast
import copy
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("handouts", "content", "fonts", "tests", "cli.py", "pyproject.toml", "docs", "README.md")
TIMEOUT_S = 300
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Every mutant of a module: the line, what was changed, and the whole source with that change."""
    tree = ast.parse(source)
    spared = {id(inner) for node in ast.walk(tree) for part in decoration(node) for inner in ast.walk(part)}
    for at, node in enumerate(ast.walk(tree)):
        if id(node) in spared:
            continue
        for changed, what in changes(node):
            mutant = copy.deepcopy(tree)
            target = list(ast.walk(mutant))[at]
            parent, field, index = place_of(mutant, target)
            if index is None:
                setattr(parent, field, changed)
            else:
                getattr(parent, field)[index] = changed
            yield getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(mutant))


def decoration(node: ast.AST) -> list[ast.expr]:
    """What a node says to Python and type checkers alone: `frozen=True`, annotations."""
    return [*getattr(node, "decorator_list", ()), *filter(None, [getattr(node, "annotation", None)])]


def changes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """The nodes that may stand in the place of one node."""
    new = copy.deepcopy(node)
    if isinstance(new, ast.Compare) and type(new.ops[0]) in TURNED:
        new.ops[0] = TURNED[type(new.ops[0])]()
        yield new, f"{ast.unparse(node)}  ->  {ast.unparse(new)}"
    elif isinstance(new, ast.BoolOp):
        new.op = ast.Or() if isinstance(new.op, ast.And) else ast.And()
        yield new, f"{ast.unparse(node)}  ->  {ast.unparse(new)}"
    elif isinstance(new, ast.UnaryOp) and isinstance(new.op, ast.Not):
        yield new.operand, f"{ast.unparse(node)}  ->  {ast.unparse(new.operand)}"
    elif isinstance(new, ast.Constant) and isinstance(new.value, bool):
        new.value = not new.value
        yield new, f"{not new.value}  ->  {new.value}"
    elif isinstance(new, ast.Constant) and isinstance(new.value, int | float):
        new.value += 1
        yield new, f"{new.value - 1}  ->  {new.value}"


def place_of(tree: ast.AST, target: ast.AST) -> tuple[ast.AST, str, int | None]:
    """The parent of a node, the field that holds it, and its index where that is a list."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is target:
                return parent, field, None
            if isinstance(value, list):
                for index, one in enumerate(value):
                    if one is target:
                        return parent, field, index
    raise LookupError("a node without a parent")


def survives(project: Path, tests: list[str]) -> bool:
    """Whether all tests pass in a project."""
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(project), "HYPOTHESIS_STORAGE_DIRECTORY": str(project)}
    try:
        ran = subprocess.run(command, cwd=project, capture_output=True, timeout=TIMEOUT_S, env=environment, check=False)
    except subprocess.TimeoutExpired:
        return False  # a mutant that never ends is noticed
    return ran.returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.mutate", description=__doc__)
    parser.add_argument("module", help="a module under handouts/, such as dose/notation.py")
    parser.add_argument("tests", nargs="+", help="the test files that should notice")
    parser.add_argument("--limit", type=int, help="try so many mutants, chosen at random")
    parser.add_argument("--seed", type=int, default=1, help="of that choice")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        project.mkdir()
        for name in COPIED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, project / name)
        module = project / "handouts" / asked.module
        original = module.read_text(encoding="utf-8")
        if not survives(project, asked.tests):
            sys.exit("the tests fail without any change: mend them first")
        found = list(mutants(original))
        if asked.limit and asked.limit < len(found):
            found = sorted(random.Random(asked.seed).sample(found, asked.limit))
        start, left = time.monotonic(), 0
        for line, what, mutant in found:
            module.write_text(mutant, encoding="utf-8")
            if survives(project, asked.tests):
                left += 1
                sys.stdout.write(f"{asked.module}:{line}: survived: {what}\n")
                sys.stdout.flush()
        seconds = time.monotonic() - start
        sys.stdout.write(f"{left} of {len(found)} mutants survived ({seconds:.0f} s)\n")


if __name__ == "__main__":
    main()
