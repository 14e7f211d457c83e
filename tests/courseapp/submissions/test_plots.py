"""From what was measured to what is drawn, and to the words beside it."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from courseapp.submissions.findings import findings
from courseapp.submissions.plots import plots

TRAINING: dict[str, Any] = {
    "losses": [0.02, 0.04, 0.03],
    "median": 0.03,
    "at_most": 0.1,
    "curves": [[1.1, 0.5, 0.01], [1.0, 0.02]],
    "lengths": [401, 2],
}
GROWTH = {"of": "f", "sizes": [4, 8, 16], "amounts": [8, 16, 32], "exponent": 1.0, "at_most": 1.1}
MEMORY = {
    "ratios": [2.9, 3.0, 3.1],
    "median": 3.0,
    "low": 2.9,
    "high": 3.1,
    "threshold": 1.5,
    "yours_mb": 120.0,
    "baseline_mb": 40.0,
}


def test_the_losses_of_a_training_are_drawn_over_the_whole_list() -> None:
    (plot,) = plots({"training": TRAINING})
    first, second = plot["json"]["lines"]
    assert first == {"name": "run 1", "points": [[0, 1.1], [200, 0.5], [400, 0.01]]}
    assert second["points"] == [[0, 1.0], [1, 0.02]]
    assert plot["json"]["bound"] == [[0, 0.1], [400, 0.1]]
    assert plot["json"]["log"] == "y"


def test_the_words_beside_a_training_say_what_counts() -> None:
    (plot,) = plots({"training": TRAINING})
    assert plot["words"] == (
        "Reported losses: run 1 from 1.1 to 0.01; run 2 from 1 to 0.02. "
        "Losses on new data: 0.02, 0.04, 0.03; 0.1 is due."
    )
    assert "median 0.03; 0.1 or less is due" in plot["caption"]


def test_a_loss_of_zero_has_no_place_on_a_logarithmic_axis() -> None:
    (plot,) = plots({"training": TRAINING | {"curves": [[1.0, 0.0]], "lengths": [2]}})
    assert plot["json"]["log"] == ""


@pytest.mark.parametrize("curves", [[], [[0.5]]])
def test_no_curve_is_drawn_of_less_than_two_losses(curves: list[list[float]]) -> None:
    assert plots({"training": TRAINING | {"curves": curves, "lengths": [len(one) for one in curves]}}) == ()


def test_growth_is_drawn_beside_the_steepest_line_that_is_allowed() -> None:
    (plot,) = plots({"growth": GROWTH})
    assert plot["json"]["lines"][0]["points"] == [[4, 8], [8, 16], [16, 32]]
    (start, end) = plot["json"]["bound"]
    assert start == [4, 8]
    assert end == [16, pytest.approx(8 * 4**1.1)]
    assert plot["words"].startswith("Calls of f: 8 at size 4, 16 at size 8, 32 at size 16.")


def test_what_does_not_grow_is_not_said_to_grow_like_a_negative_power() -> None:
    (plot,) = plots({"growth": GROWTH | {"exponent": -0.4}})
    assert "Yours does not grow with size;" in plot["caption"]


def test_growth_without_a_call_has_no_slope_to_draw() -> None:
    assert plots({"growth": GROWTH | {"amounts": [0, 0, 0]}}) == ()


def test_memory_is_drawn_as_time_is_and_says_how_many_megabytes() -> None:
    (plot,) = plots({"memory": MEMORY})
    assert plot["element"] == "timing-plot"
    assert plot["json"]["ratios"] == [2.9, 3.0, 3.1]
    assert "3 rounds. The whole interval lies above the threshold of 1.5×: too much." in plot["caption"]
    assert "yours takes 120 MB, the baseline 40 MB" in plot["caption"]


def test_a_finding_shows_each_plot_with_its_words_and_a_legend() -> None:
    check = {"name": "The loss", "outcome": "passed", "sentence": "", "evidence": {"training": TRAINING}}
    (finding,) = findings([check], [], None)
    page = render_to_string("submissions/_finding.html", {"finding": finding})
    assert "<line-plot data-evidence=" in page
    assert "<p>Reported losses: run 1" in page
    assert page.count('class="lines"') == 2
    assert "<h3>The loss</h3>" in page
