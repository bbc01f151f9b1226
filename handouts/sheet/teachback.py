"""The check with the clinician: shown each exercise, told when to stop; two signatures; the clinic's page as a QR
code."""

from __future__ import annotations

from handouts.layout.line_breaking import wording
from handouts.sheet.flow import Block
from handouts.sheet.job import Job
from handouts.sheet.pen import Pen
from handouts.sheet.qrcode import qr_code

CODE_SIZE = 57.0
"""At 22 points from the text and the margin beside it, a code this large has its four quiet modules (ISO/IEC 18004)."""


def teach_back(job: Job) -> Block:
    """The last block of the log, under a rule."""
    theme, words, k = job.theme, job.words, job.theme.k
    web = job.handout.web if job.web_url else ()
    code = CODE_SIZE * (1.25 if theme.large else 1)
    code_column = max(code, theme.wide(web, "run")) + 22 * k if web else 0.0
    width = theme.measure - code_column
    checks = [words.say(key) for key in ("showed_us", "told_us")]
    tall = [theme.tall(check, "body", width - 18 * k) + 10.5 * k for check in checks]
    sign = 20 * k + sum(tall) + 15 * k
    height = 4 + max(sign + 2, code + 14 * k if web else 0)
    signatures = (words.say("sign_patient"), words.say("sign_clinician"))

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.rect(x, y - 8, theme.measure, 1.5, fill=pen.palette.ink)
        top = y + 4
        checked = words.say("checked_on")
        pen.tagged("H3", x, top, checked, "bold")
        after = x + theme.wide(checked, "bold") + 6
        pen.line(after, top + 10 * k, after + 110 * k, top + 10 * k, pen.palette.ink)
        at = top + 20 * k
        for check, below in zip(checks, tall, strict=True):
            pen.rect(x, at - 1.5, 11 * k, 11 * k, stroke=pen.palette.ink, line=1)
            pen.tagged("P", x + 18 * k, at, check, "body", width=width - 18 * k)
            at += below
        line = top + sign
        each = (width - 16) / 2
        for i, label in enumerate(signatures):
            start = x + i * (each + 16)
            pen.tagged("P", start, line - theme.cap("body"), label, "body", colour=pen.palette.ink2)
            pen.line(start + theme.wide(label, "body") + 6, line, start + each, line, pen.palette.ink)
        if job.web_url and web:
            left = x + theme.measure - code
            drawing = qr_code(job.web_url)
            form = pen.canvas.form(f"qr {job.web_url}", drawing)
            pen.canvas.paint(form, left, y + 4, code / drawing.width)
            _draw_web(pen, job, x + theme.measure, y + 4 + code + 9.5)

    return Block(height, draw, gap=24)


def _draw_web(pen: Pen, job: Job, right: float, y: float) -> None:
    theme, web = job.theme, job.handout.web
    width = theme.wide(web, "run")
    with pen.canvas.tag("P"), pen.canvas.tag("Link"):
        pen.text(right, y, web, "run", align="right")
        if job.web_url:
            pen.canvas.link(job.web_url, wording(web), (right - width, y - 2, width, theme.cap("run") + 4))
