"""The command itself: what it prints, whom it answers, how it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from handouts.cli import web
from handouts.cli.run import run

ROOT = Path(__file__).parents[2]


def test_it_prints_its_address_answers_and_ends_with_ctrl_c(tmp_path):
    command = [sys.executable, "-m", "handouts", "web", "--no-open"]
    environment = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job ignores it
    ) as server:  # fmt: skip
        try:
            assert server.stdout
            address = server.stdout.readline().rstrip("\n")
            found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?key=[\w-]{40,}", address)
            assert found
            with urllib.request.urlopen(address, timeout=60) as answer:
                assert b"<h1>" in answer.read()
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/", timeout=60)
        finally:
            server.send_signal(signal.SIGINT)
            try:
                out, err = server.communicate(timeout=60)
            finally:
                server.kill()  # else leaving `with` would wait for ever
    assert server.returncode == 130
    assert out == ""
    assert "Traceback" not in err


def test_a_port_that_is_taken_is_named(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["web", "--no-open", "--port", str(port)]) == 5
    assert capsys.readouterr().err.startswith(f"port {port}: is taken")


def test_without_the_extra_it_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setattr(web, "NEEDED", ("no_such_module_at_all",))
    assert run(["web", "--no-open"]) == 2
    assert "pip install 'handouts[web]'" in capsys.readouterr().err
