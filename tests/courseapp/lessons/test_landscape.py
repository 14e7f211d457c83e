"""The course map is drawn by gradient descent, not by hand."""

from itertools import pairwise

import pytest

from courseapp.lessons.landscape import PHONE, RATE, WIDE, View, iterates, landscape

UNITS = [(n, f"Unit {n}", "past" if n < 3 else "here" if n == 3 else "todo") for n in range(1, 9)]


@pytest.mark.parametrize("view", [WIDE, PHONE])
def test_the_iterates_stay_on_the_sheet_and_end_near_the_minimum(view: View) -> None:
    points = iterates(view, 8)
    assert all(0 < x < view.width and 0 < y < view.height for x, y in points)
    assert points[0] == view.start
    assert 0 < view.minimum[0] - points[-1][0] < view.softness


def test_each_step_crosses_the_valley_and_gains_along_it() -> None:
    points = iterates(WIDE, 8)
    across = [y - WIDE.minimum[1] for _, y in points]
    assert all(b == pytest.approx((1 - RATE) * a) for a, b in pairwise(across))
    assert all(a[0] < b[0] for a, b in pairwise(points))


def test_the_path_is_inked_up_to_where_the_student_is() -> None:
    drawn = landscape(WIDE, UNITS)
    assert [edge.done for edge in drawn.edges] == [True, True, False, False, False, False, False]
    assert [node.state for node in drawn.nodes][:4] == ["past", "past", "here", "todo"]
    assert len(drawn.contours) == WIDE.levels


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_any_number_of_units_can_be_drawn(count: int) -> None:
    drawn = landscape(WIDE, [(n, "x", "todo") for n in range(count)])
    assert len(drawn.nodes) == count
