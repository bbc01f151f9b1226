"""The page in the browser of the same machine: choose by pictures, see the verdict at once, print.

A thin face over `drafting` and `rendering`: it holds no rule. Flask, Jinja2 and waitress are an extra, `handouts[web]`.
"""
