"""Many programs become many handouts, or one file to print: checked first, made in parallel, reported, resumed.

`inputs` is what to make, `preflight` the check before the first page, `job_runner` makes one handout, `executors` are
the processes, `running` the order of work, `print_run` the one file to print, `outcome` what came of an entry,
`report_file` what is written about all of them. Knows no terminal.
"""
