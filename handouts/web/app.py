"""The pages and their addresses. Each action is a plain form; with scripts the page changes in place."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, abort, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from handouts.drafting.draft import ImpossibleChange
from handouts.drafting.draft_changes import begin_all_gently, redo, undo
from handouts.drafting.draft_program import next_visit
from handouts.errors import BadInput, FileTrouble, HandoutError, on_page
from handouts.output_paths import file_stem
from handouts.pdf.finished_pdfs import checked_password, encrypt
from handouts.pdf.reading import read_carried_program
from handouts.printing import MOST_COPIES
from handouts.web.access import Access
from handouts.web.actions import ACTIONS, value_of
from handouts.web.draft_store import DraftStore, OpenDraft
from handouts.web.finding import ASKED, FILTERS, Finder, Found
from handouts.web.showing import Shown, live_sentence, page_picture, show

MOST_UPLOADED = 50_000_000
"""Bytes of an earlier handout with its leaflets."""
A_DAY_S = 86_400
MOST_REFUSALS = 3
"""Refusals that are said one by one."""

Answer = str | AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]


def create_app(store: DraftStore, finder: Finder, access: Access) -> Flask:
    """The app of one run."""
    app = Flask("handouts.web")
    app.config.update(MAX_CONTENT_LENGTH=MOST_UPLOADED, SEND_FILE_MAX_AGE_DEFAULT=A_DAY_S)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.logger.disabled = True  # a fault in an answer to a fault would write its traceback, with what it was about
    app.before_request(access.check)  # the static files too
    app.after_request(access.guard)
    pages, alone = _Pages(store, finder), store.alone()
    for rule, view, method in (
        ("/", pages.start, "GET"),
        ("/new", pages.new, "POST"),
        ("/next-visit", pages.next_visit, "POST"),
        ("/draft/<name>", pages.draft, "GET"),
        ("/draft/<name>/do/<action>", pages.act, "POST"),
        ("/draft/<name>/<any(undo, redo):step>", pages.step, "POST"),
        ("/draft/<name>/close", pages.close, "POST"),
        ("/draft/<name>/dose", pages.dose, "GET"),
        ("/draft/<name>/pages", pages.pages, "GET"),
        ("/draft/<name>/page-<int:number>.png", pages.page, "GET"),
        ("/draft/<name>/handout.pdf", pages.open_pdf, "GET"),
        ("/draft/<name>/print", pages.print, "POST"),
        ("/draft/<name>/save-pdf", pages.save_pdf, "POST"),
        ("/draft/<name>/save-program", pages.save_program, "POST"),
    ):
        app.add_url_rule(rule, view.__name__, alone(view), methods=[method])
    # A figure of the clinic's own is drawn for seconds, in which nobody shall wait.
    app.add_url_rule("/picture/<exercise>.svg", "picture", pages.picture)
    app.register_error_handler(HTTPException, _http_error)
    for error in (HandoutError, ImpossibleChange):
        app.register_error_handler(error, alone(pages.refused))
    app.register_error_handler(Exception, _fault)
    return app


class _Outdated(ImpossibleChange):
    """An action of a page that no longer shows the program as it stands."""


class _Pages:
    """The views over one store; each has the store alone while it runs."""

    def __init__(self, store: DraftStore, finder: Finder) -> None:
        self._store, self._finder = store, finder

    def start(self) -> Answer:
        """The first page: the drafts, a new program, the next visit."""
        return render_template("start.html", drafts=self._store.drafts(), message=("", False))

    def new(self) -> Answer:
        """Begin a program."""
        return redirect(url_for("draft", name=self._store.begin().name), 303)

    def next_visit(self) -> Answer:
        """Begin the next visit from an earlier handout, which is read and kept nowhere."""
        given = request.files.get("handout")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "handout"
            try:
                if given is None or not given.filename:
                    raise FileTrouble("handout", "choose an earlier handout")
                given.save(path)
                record = read_carried_program(path, request.form.get("password") or None)
                one = self._store.begin(next_visit(record, self._store.library, dt.date.today()))
            except HandoutError as error:
                message = f"Not opened: {_reason(error)}"
                return render_template("start.html", drafts=self._store.drafts(), message=(message, True)), 422
        left = [name for name in record.get("append") or () if name not in one.draft.append]
        one.message = (
            f"Opened the handout of {record['date']}."
            + (" Decide again what was overridden." if record.get("overrides") else "")
            + (f" Its own leaflets stay behind: {len(left)}." if left else ""),
            False,
        )
        return redirect(url_for("draft", name=one.name), 303)

    def picture(self, exercise: str) -> Answer:
        """A figure, the same for every patient: the browser may keep it."""
        library = self._store.library
        try:
            with self._store.alone():
                _ = library.exercise(exercise) if exercise in library.exercise_ids() else abort(404)
            svg = self._finder.picture(exercise)
        except HandoutError:
            abort(404)
        answer = Response(svg, mimetype="image/svg+xml")
        answer.cache_control.private, answer.cache_control.max_age = True, A_DAY_S
        return answer

    def draft(self, name: str) -> Answer:
        """The page of one program."""
        one = self._one(name)
        message, one.message = one.message, ("", False)
        return self._page(one, message)

    def act(self, name: str, action: str) -> Answer:
        """One change."""
        if action not in ACTIONS:
            abort(404)

        def change(one: OpenDraft) -> str:
            what, draft = ACTIONS[action](one.draft, request.form, self._store.library)
            self._store.take(one, what, begin_all_gently(one.draft, draft, self._store.library))
            return f"Done: {what}." if what else "Nothing has changed."

        return self._done(name, change)

    def step(self, name: str, step: str) -> Answer:
        """Take the last step back, or do it again."""
        return self._done(name, lambda one: self._store.step(one, {"undo": undo, "redo": redo}[step]))

    def close(self, name: str) -> Answer:
        """Delete the draft."""
        self._store.close(self._one(name))
        return redirect(url_for("start"), 303)

    def dose(self, name: str) -> Answer:
        """The sentence of a dose while it is typed."""
        one, exercise = self._one(name), request.args.get("exercise", "")
        if exercise not in one.draft.exercise_ids:
            abort(404)
        message = live_sentence(request.args.get("dose", ""), exercise, one.draft, self._store.library)
        return render_template("_sentence.html", **message)

    def pages(self, name: str) -> Answer:
        """The finished pages, to be put into the page."""
        return render_template("_pages.html", **self._finished(self._one(name)))

    def page(self, name: str, number: int) -> Answer:
        """One finished page as a picture."""
        try:
            found = page_picture(self._store.handout(self._one(name))[0].pdf, number)
        except HandoutError:
            found = None
        return abort(404) if found is None else Response(found, mimetype="image/png")

    def open_pdf(self, name: str) -> Answer:
        """The handout itself, in the browser's own viewer, which prints."""
        return self._download(name, "inline")

    def print(self, name: str) -> Answer:
        """Send the handout to a printer of this machine, as `make --print` does."""
        copies = request.form.get("copies", "1")

        def send(one: OpenDraft) -> str:
            if not copies.isdecimal() or not 1 <= int(copies) <= MOST_COPIES:
                raise ImpossibleChange(f"1 to {MOST_COPIES} copies")
            duplex = {"both": True, "one": False}.get(request.form.get("sides", ""))
            sent = self._store.print(one, request.form.get("printer", "").strip() or None, int(copies), duplex)
            return f"Sent to {sent.printer}: {sent.how}."

        return self._done(name, send)

    def save_pdf(self, name: str) -> Answer:
        """The handout as a file, locked where a password is given."""
        return self._download(name, "attachment", request.form.get("password", ""), request.form.get("again", ""))

    def save_program(self, name: str) -> Answer:
        """The program as a file that `make` reads; the draft's file goes."""
        text, stem = self._store.program_file(self._one(name))
        return _file(text.encode(), "application/yaml", f"{stem}.yaml")

    def refused(self, error: Exception) -> Answer:
        """The program as it stands, and why nothing has been done; a reload must not ask for it again."""
        words = "Not saved" if request.endpoint in ("open_pdf", "save_pdf", "save_program") else "Not done"
        one = self._store.find((request.view_args or {}).get("name", ""))
        if one is None or request.endpoint == "draft":
            return _no_page(error)
        try:
            page = self._page(one, (f"{words}: {_reason(error).rstrip('.')}.", True))
        except HandoutError as fault:
            return _no_page(fault)
        return page, 409 if isinstance(error, _Outdated) else 422, {"HX-Push-Url": "false"}

    def _one(self, name: str) -> OpenDraft:
        """The draft. Raises _Outdated where the page shows another: what is seen is what is changed and printed."""
        one = self._store.find(name) or abort(404)
        if request.args.get("seen", one.stamp) != one.stamp:
            raise _Outdated("the program was changed elsewhere. This is how it stands: do it again if it still holds")
        return one

    def _done(self, name: str, change: Callable[[OpenDraft], str]) -> Answer:
        """Make a change, then show the page."""
        one = self._one(name)
        one.message = (change(one), False)
        return redirect(f"{url_for('draft', name=name)}?{urlencode(_asked())}".removesuffix("?"), 303)

    def _download(self, name: str, how: str, password: str = "", again: str = "") -> Answer:
        handout, program = self._store.handout(self._one(name))
        if password != again:
            raise FileTrouble("password", "the two passwords differ")
        pdf = encrypt(handout.pdf, checked_password(password, "password")) if password else handout.pdf
        return _file(pdf, "application/pdf", f"{file_stem(program)}.pdf", how)

    def _page(self, one: OpenDraft, message: tuple[str, bool]) -> str:
        library, asked = self._store.library, _asked()
        found, shown = self._finder.find(one.draft, asked), show(one, self._store)
        words, is_wrong = message
        message = (" ".join((words, *_verdicts(shown))), is_wrong) if words else (_count(found, asked), False)
        return render_template(
            "draft.html",
            one=one,
            seen=one.stamp,
            draft=one.draft,
            message=message,
            asked=asked,
            filters=FILTERS,
            choices=self._finder.choices,
            found=found,
            shown=shown,
            value_of=value_of,
            name_of=library.name_of,
            conditions=library.conditions,
            clinics=sorted(library.clinics),
            usual_clinic=library.default_clinic,
            languages={code: library.language(code).name for code in library.languages()},
            printable=shutil.which("lp"),
            finished=self._finished(one) if request.args.get("pages") else None,
        )

    def _finished(self, one: OpenDraft) -> dict[str, object]:
        """The number of finished pages, or why there are none."""
        try:
            handout, _ = self._store.handout(one)
        except HandoutError as error:
            return {"one": one, "seen": one.stamp, "count": 0, "why": _reason(error)}
        return {"one": one, "seen": one.stamp, "count": handout.pages, "why": ""}


def _asked() -> dict[str, str]:
    """What the address asks of the part *Find*: it stays while the program changes."""
    return {name: request.args[name] for name in ASKED if request.args.get(name)}


def _verdicts(shown: Shown) -> Iterator[str]:
    """What a voice says of the program after each change."""
    if shown.refused:
        more = f" and {len(shown.refused) - MOST_REFUSALS} more" if len(shown.refused) > MOST_REFUSALS else ""
        yield f"Refused for safety: {'; '.join(shown.refused[:MOST_REFUSALS])}{more}."
    if careful := sum(not of.refuses for row in shown.rows for of in row.verdicts):
        yield f"With care: {careful}."


def _count(found: Found, asked: Mapping[str, str]) -> str:
    """What a voice says of a search."""
    packets = f", packets: {len(found.packets)}" if asked.get("q") else ""
    return f"Exercises: {found.count}{packets}." if asked else ""


def _file(data: bytes, mimetype: str, name: str, how: str = "attachment") -> Response:
    answer = Response(data, mimetype=mimetype)
    answer.headers.set("Content-Disposition", how, filename=name)
    return answer


def _reason(error: Exception) -> str:
    """Why, without the names of files that only the server knows."""
    if isinstance(error, FileTrouble):
        return on_page(error.reason)
    return on_page(error.words) if isinstance(error, BadInput | ImpossibleChange) else str(error)


def _http_error(error: HTTPException) -> Answer:
    code = error.code or 500
    words = {
        403: "This page is open only to the browser that was given the key. Open the address that the terminal shows.",
        404: "There is nothing here. The draft may have been deleted.",
        413: "This file is too large for a handout.",
    }
    return render_template("error.html", words=words.get(code, error.description or "")), code


def _no_page(error: Exception) -> Answer:
    """What stands in the way of the page itself: most often a file of the clinic's own, named with its place."""
    problems = error.problems if isinstance(error, BadInput) else ()
    words = "\n".join(f"{one.place}: {on_page(one.words)}" for one in problems) or _reason(error)
    return render_template("error.html", words=words), 422


def _fault(error: Exception) -> Answer:
    # A bug is one line at the terminal, as everywhere; the page names no patient and shows no code.
    print(f"internal fault: {type(error).__name__}", file=sys.stderr)  # noqa: T201
    return render_template("error.html", words="An internal fault: nothing has changed. Please report it."), 500
