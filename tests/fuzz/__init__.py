"""Coverage-guided fuzzing, by hand: `python -m tests.fuzz yaml -max_total_time=150`. Wants `pip install atheris`."""
