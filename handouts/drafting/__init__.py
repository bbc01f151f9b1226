"""A program being built step by step: the draft, what can be done to it and undone, and what the rules say of it.

Pure but for `draft_files`, which keeps drafts on the disk. Asks nothing and prints nothing; knows no terminal.
"""
