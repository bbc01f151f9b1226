"""Who may talk to the server, and what the browser is told it may do."""

from __future__ import annotations

import pytest

from tests.web.conftest import ACCESS

WITH_KEY = "/?key=the-key"


@pytest.mark.parametrize("path", ["/", "/?key=other", "/?key=", "/static/page.css", "/picture/bridge.svg", "/nothing"])
def test_nothing_is_given_without_the_key(client, path):
    answer = client.get(path, base_url=ACCESS.origin)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:9"},
        {"Host": "localhost:8123"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_host_or_origin_is_refused_even_with_the_key(client, headers):
    assert client.get(WITH_KEY, base_url=ACCESS.origin).status_code == 200
    assert client.get("/", base_url=ACCESS.origin, headers=headers).status_code == 403
    assert client.post("/new", base_url=ACCESS.origin, headers=headers).status_code == 403


def test_the_key_moves_into_a_cookie_of_this_origin_alone(client):
    answer = client.get(WITH_KEY, base_url=ACCESS.origin)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert client.get("/", base_url=ACCESS.origin).status_code == 200


def test_the_browser_loads_nothing_from_elsewhere_and_keeps_nothing(client):
    answer = client.get(WITH_KEY, base_url=ACCESS.origin)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_draft_that_is_not_there_is_no_path_to_a_file(client):
    client.get(WITH_KEY, base_url=ACCESS.origin)
    for name in ("nobody", "..%2F..%2Fetc", "%00"):
        assert client.get(f"/draft/{name}", base_url=ACCESS.origin).status_code == 404
    assert client.get("/picture/..%2Fbridge.svg", base_url=ACCESS.origin).status_code == 404


def test_a_fault_is_one_line_without_a_name(browser, monkeypatch, capsys):
    browser.do("set", name="Ana Ruiz")
    monkeypatch.setattr("handouts.web.app.show", lambda *_: 1 / 0)
    answer = browser.get(browser.at)
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    told = capsys.readouterr()
    assert told.err == "internal fault: ZeroDivisionError\n"
