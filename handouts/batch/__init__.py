"""Many programs → many handouts, or one file to print: checked first, made in parallel, reported, resumed.

The rooms of it: `entries` what is to be made, `bench` where one is made, `crew` who makes them, `running` in which
order, `folder` and `report` what is written beside them, `printfile` all in one. Knows no terminal.
"""

from handouts.batch.bench import Bench, keep_bench
from handouts.batch.crew import MOST_ROWS, cluster_crew, local_crew
from handouts.batch.entries import Entries, Entry, find_entries
from handouts.batch.fingerprint import program_version
from handouts.batch.folder import batch_folder
from handouts.batch.job import Given, Job, pack_content
from handouts.batch.outcome import Outcome, Tally
from handouts.batch.printing import Wanted, print_entries, print_programs
from handouts.batch.report import open_report
from handouts.batch.running import Stop, run_entries, stop_on_interrupt
from handouts.batch.survey import Survey, roster_problems, survey_entries

__all__ = [
    "MOST_ROWS",
    "Bench",
    "Entries",
    "Entry",
    "Given",
    "Job",
    "Outcome",
    "Stop",
    "Survey",
    "Tally",
    "Wanted",
    "batch_folder",
    "cluster_crew",
    "find_entries",
    "keep_bench",
    "local_crew",
    "open_report",
    "pack_content",
    "print_entries",
    "print_programs",
    "program_version",
    "roster_problems",
    "run_entries",
    "stop_on_interrupt",
    "survey_entries",
]
