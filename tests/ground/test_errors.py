"""Problems are sorted into one order, independent of the order in which they were found."""

from __future__ import annotations

from itertools import permutations

from generator.ground.errors import Problem, in_order
from generator.ground.messages import say


def test_problems_come_in_one_order() -> None:
    problems = [
        Problem(path="a", message=say("one"), hint=say("the page is {url}", url="/1/")),
        Problem(path="a", message=say("one"), hint=say("the page is {url}", url="/2/")),
        Problem(path="a", message=say("one"), field=("title",)),
        Problem(path="a", line=2, message=say("one")),
        Problem(path="b", message=say("one")),
    ]
    assert len({in_order(some) for some in permutations(problems)}) == 1
    assert in_order(problems * 2) == in_order(problems)
