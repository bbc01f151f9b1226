"""One test for many things: thousands of parametrized cases cost pytest far more than what they look at."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

Test = Callable[..., None]


def each(**values: Iterable[Any]) -> Callable[[Test], Test]:
    """Runs a test for every combination of `values` and names each that fails, with its traceback.

    What else the test asks for are fixtures, given once for all: for a test that changes nothing.
    """
    cases = [dict(zip(values, case, strict=True)) for case in product(*values.values())]
    assert cases, f"nothing to try: {', '.join(values)}"

    def for_all(test: Test) -> Test:
        def every(**fixtures: Any) -> None:
            failed: list[Exception] = []
            for case in cases:
                try:
                    test(**case, **fixtures)
                except Exception as error:
                    error.add_note(f"with {', '.join(f'{name} = {value}' for name, value in case.items())}")
                    failed.append(error)
            if failed:
                raise ExceptionGroup(f"{len(failed)} of {len(cases)} fail", failed)

        asked = inspect.signature(test)
        fixtures = [one for name, one in asked.parameters.items() if name not in values]
        every.__name__, every.__doc__ = test.__name__, test.__doc__
        every.__signature__ = asked.replace(parameters=fixtures)  # type: ignore[attr-defined]
        return every

    return for_all
