"""Each moving figure, driven by mouse, keyboard and touch, in a lesson's page that holds it alone."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from courseapp.lessons.figures import FIGURES
from tests.e2e.stack import Stack
from tests.e2e.test_journey import VERDICT_MS, sign_up, submit, write

ADAM = Path(__file__).resolve().parents[2] / "exercises" / "08-optimizers" / "40-adam" / "baseline.py"
PHONE = {"width": 390, "height": 844}
SLOWEST_MS = 50
URL_MS = 15_000  # on a busy machine the browser reports a change of its address late
REDRAW_MS = """(figure) => {
    const times = Array.from({length: 15}, () => {
        const start = performance.now();
        figure.draw();
        return performance.now() - start;
    });
    return times.sort((a, b) => a - b)[7];
}"""

SETTLED = "(figure) => Promise.allSettled(figure.getAnimations({subtree: true}).map((one) => one.finished))"

# What the whole answer to a slider costs: the least of fifteen times, for on a busy machine most have waited.
MOVE_MS = """(slider) => {
    const times = Array.from({length: 15}, (_, i) => {
        slider[i % 2 ? "stepUp" : "stepDown"]();
        const start = performance.now();
        slider.dispatchEvent(new Event("input", {bubbles: true}));
        return performance.now() - start;
    });
    return Math.min(...times);
}"""


@pytest.fixture
def phone(browser: Browser, site: Stack) -> Iterator[Page]:
    """A narrow page that is touched, with motion reduced."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def open_figure(page: Page, site: Stack, name: str, query: str = "", **options: str) -> Locator:
    """The page of lesson 3, policy and all, with this figure in place of its own."""
    body = FIGURES[name](options)

    def answer(route: Route) -> None:
        response = route.fetch()
        text = re.sub(r"<descent-figure.*?</descent-figure>", lambda _: body, response.text(), flags=re.S)
        route.fulfill(response=response, body=text)

    page.route(re.compile(r"/units/3/(\?.*)?$"), answer)
    page.goto(f"{site.url}/units/3/{query}")
    figure = page.locator(f"{name}-figure")
    figure.scroll_into_view_if_needed()
    return figure


def at(plot: Locator, across: float, down: float) -> tuple[float, float]:
    """A place on the plot, given in parts of its width and height, in the window."""
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def drag(plot: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """By mouse, from one place on the plot to another."""
    mouse = plot.page.mouse
    mouse.move(*at(plot, *start))
    mouse.down()
    mouse.move(*at(plot, *end), steps=5)
    mouse.up()


def swipe(plot: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """By finger, from one place on the plot to another."""
    session: Any = plot.page.context.new_cdp_session(plot.page)

    def send(kind: str, *place: float) -> None:
        points = [{"x": place[0], "y": place[1]}] if place else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    (x, y), (to_x, to_y) = at(plot, *start), at(plot, *end)
    send("touchStart", x, y)
    for part in (0.25, 0.5, 0.75, 1):
        send("touchMove", x + part * (to_x - x), y + part * (to_y - y))
    plot.page.wait_for_timeout(200)  # a finger that rests does not fling; the tap after a fling only ends it
    send("touchMove", to_x, to_y)
    send("touchEnd")


def tap(plot: Locator, across: float, down: float) -> None:
    """By finger, at a place on the plot."""
    plot.page.touchscreen.tap(*at(plot, across, down))


def state(figure: Locator) -> str:
    """What the figure would keep in the address."""
    return str(figure.evaluate("(figure) => figure.state().join()"))


def assert_sound(figure: Locator, complaints: list[str]) -> None:
    """It answers in time, axe finds nothing in light or dark, and the browser had no complaint."""
    assert figure.evaluate(REDRAW_MS) < SLOWEST_MS
    page, selector = figure.page, figure.evaluate("element => element.localName")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)  # colours change with a transition, on a busy machine a late one
        figure.evaluate(SETTLED)
        results = Axe().run(page, context=selector)
        assert results.violations_count == 0, f"{selector} in {scheme}: {results.generate_report()}"
    assert complaints == []


def assert_fits(figure: Locator) -> None:
    """Nothing sticks out of the narrow page, and nothing is smaller than 12 px."""
    assert figure.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    smallest = figure.evaluate(
        """figure => Math.min(...[...figure.querySelectorAll("text")].map((text) => {
            const svg = text.ownerSVGElement, box = svg.viewBox.baseVal;
            const scale = box && box.width ? svg.getBoundingClientRect().width / box.width : 1;
            return scale * parseFloat(getComputedStyle(text).fontSize);
        }))"""
    )
    assert smallest >= 11.9, smallest


def test_descent_follows_mouse_and_touch(page: Page, phone: Page, site: Stack, complaints: list[str]) -> None:
    figure = open_figure(page, site, "descent")
    drag(figure.locator(".land"), (0.2, 0.5), (0.5, 0.25))
    expect(figure.locator(".numbers")).to_contain_text("w₀(0.00, 1.4")
    expect(figure.locator(".land")).not_to_contain_text("drag me")
    drag(figure.locator(".loss-plot"), (0, 0), (0.9, 0.9))
    assert page.evaluate("getSelection().toString()") == ""
    figure.get_by_role("slider", name="Learning rate").press("End")
    losses = figure.locator(".loss-plot .you-dots circle")
    expect(losses).not_to_have_count(21)  # the curve leaves its frame, and does not lie on its edge
    figure.get_by_role("button", name="One step").click()
    expect(losses).to_have_count(2)
    expect(figure.locator(".numbers")).to_contain_text("loss after 1 step")
    assert_sound(figure, complaints)

    figure = open_figure(phone, site, "descent")
    swipe(figure.locator(".land"), (0.2, 0.5), (0.75, 0.75))
    expect(figure.locator(".numbers")).to_contain_text("w₀(1.65, −1.0")
    figure.get_by_role("button", name="Run 20").tap()
    expect(figure.locator(".numbers")).to_contain_text("loss after 20 steps")
    assert_fits(figure)


def test_difference_shows_the_v(page: Page, site: Stack, complaints: list[str]) -> None:
    figure = open_figure(page, site, "difference", f="sin", x="1", h="1e-5")
    says, plot = figure.locator(".says"), figure.get_by_role("img")
    expect(says).to_contain_text("float32: error 0.00163; rounding decides")
    drag(plot, (0.3, 0.5), (0.75, 0.5))
    expect(says).to_contain_text("truncation decides: a tenth of h leaves a hundredth of it")
    step = figure.get_by_role("slider", name="Step h")
    step.focus()
    step.press("Home")
    expect(says).to_contain_text("float32: x + h and x − h give the same value")
    expect(plot).to_have_attribute("aria-label", re.compile(r"At h = 1.0\s×\s10⁻¹²: float32: x \+ h and"))
    figure.get_by_role("radio", name="x²").check()
    step.press("End")
    expect(says).to_have_text("float32: no error at all here. float64: no error at all here.")
    step.press("Home")
    expect(figure.get_by_role("row", name="best h")).to_contain_text("∞")
    expect(page).to_have_url(re.compile(r"difference=square%2C0\.00%2C-12\.00"), timeout=URL_MS)
    page.reload()
    expect(figure.get_by_role("radio", name="x²")).to_be_checked()
    expect(step).to_have_value("-12")
    assert_sound(figure, complaints)


def test_difference_follows_touch(phone: Page, site: Stack) -> None:
    figure = open_figure(phone, site, "difference")
    swipe(figure.get_by_role("img"), (0.3, 0.5), (0.9, 0.5))
    expect(figure.locator(".says")).to_contain_text("float64: error 0.875")
    assert_fits(figure)


def test_a_senseless_state_is_not_taken_over(page: Page, site: Stack, complaints: list[str]) -> None:
    figure = open_figure(page, site, "difference", query="?difference=maze,NaN,")
    expect(figure.get_by_role("radio", name="sin x")).to_be_checked()
    expect(figure.get_by_role("slider", name="Step h")).to_have_value("-5")
    assert complaints == []


def test_activation_links_its_views(page: Page, site: Stack, complaints: list[str]) -> None:
    figure = open_figure(page, site, "activation", f="gelu", x="-1", tail="12")
    says, plot = figure.locator(".says"), figure.get_by_role("img", name="The function")
    expect(says).to_have_text("GELU at x = −1.00: f = −0.1587, f′ = −0.0833.")
    figure.get_by_role("radio", name="ReLU", exact=True).check()
    drag(plot, (0.4, 0.5), (0.9, 0.5))
    expect(says).to_contain_text(re.compile(r"ReLU at x = 4\.\d\d: f = 4\.\d+, f′ = 1\.0000"))
    cursor = figure.get_by_role("slider", name="Cursor x", exact=True)
    cursor.fill("0.05")
    cursor.press("ArrowLeft")
    expect(says).to_contain_text("undefined; any value from 0 to 1 is a subgradient, frameworks take 0")
    expect(figure.get_by_role("row", name="leaky ReLU")).to_contain_text("0.1 … 1")
    far = figure.get_by_role("slider", name="Cursor x in the tails")
    far.press("End")
    expect(far).to_have_attribute("aria-valuetext", re.compile(r"eˣ / \(1 \+ eˣ\): NaN, not a number"))
    expect(page).to_have_url(re.compile(r"activation=relu%2C0\.00%2C110\.0"), timeout=URL_MS)
    page.reload()
    expect(figure.get_by_role("radio", name="ReLU", exact=True)).to_be_checked()
    expect(far).to_have_value("110")
    assert_sound(figure, complaints)


def test_activation_follows_touch(phone: Page, site: Stack) -> None:
    figure = open_figure(phone, site, "activation")
    swipe(figure.get_by_role("img", name="Relative error"), (0.5, 0.5), (0.13, 0.5))
    naive = figure.locator("dt", has_text="1 / (1 + e⁻ˣ)").locator("xpath=following-sibling::dd[1]")
    expect(naive).to_have_text("0, error 1.00")
    figure.get_by_text("SiLU", exact=True).tap()
    expect(figure.locator(".says")).to_contain_text("SiLU at x = −1.00")
    assert_fits(figure)


def test_momentum_has_its_best_pair(page: Page, site: Stack, complaints: list[str]) -> None:
    page.goto(f"{site.url}/units/8/")
    figure = page.locator("momentum-figure")
    says, plane = figure.locator(".says"), figure.get_by_role("img", name="The plane")
    expect(says).to_contain_text("which does not swing, sets the pace: each step keeps 0.876")
    figure.get_by_role("button", name="Best pair").click()
    expect(says).to_contain_text("by √μ: each step keeps 0.667 of the error, and a decimal digit costs 5.7")
    drag(plane, (0.3, 0.5), (0.8, 0.7))
    expect(says).to_contain_text("Diverges: in the long run each step multiplies the error")
    momentum = figure.get_by_role("slider", name="Momentum")
    momentum.press("End")
    expect(says).to_contain_text("each step keeps 0.997")
    rate = figure.get_by_role("slider", name="Learning rate")
    rate.press("Home")
    expect(says).to_have_text("At η = 0 nothing moves.")
    rate.press("ArrowRight")
    figure.get_by_role("radio", name="100").check()
    expect(rate).to_have_attribute("aria-valuetext", re.compile(r"η = 0\.0001"))
    expect(page).to_have_url(re.compile(r"momentum=0\.010%2C0\.995%2C100"), timeout=URL_MS)
    page.reload()
    expect(figure.get_by_role("radio", name="100")).to_be_checked()
    assert_sound(figure, complaints)


def test_momentum_follows_touch(phone: Page, site: Stack) -> None:
    figure = open_figure(phone, site, "momentum")
    swipe(figure.get_by_role("img", name="The plane"), (0.41, 0.48), (0.5, 0.2))
    expect(figure.locator(".says")).to_contain_text("Every direction swings")
    figure.get_by_role("button", name="One step").tap()
    path = figure.get_by_role("img", name="The path")
    expect(path).to_have_attribute("aria-label", re.compile("Loss after 1 step: "))
    figure.get_by_role("button", name="Run 60").tap()
    expect(path).to_have_attribute("aria-label", re.compile("Loss after 60 steps: "))
    assert_fits(figure)


def test_chain_steps_forward_and_back(page: Page, site: Stack, complaints: list[str]) -> None:
    page.goto(f"{site.url}/units/4/")
    figure = page.locator("chain-figure")
    says, lines = figure.locator(".says"), figure.locator(".lines li")
    expect(says).to_have_text("Forward: what will z = wx + b give?")
    step = figure.get_by_role("button", name="Step")
    step.click()
    expect(says).to_have_text("z = wx + b = 2. Forward: what will a = max(0, z) give?")
    for _ in range(6):
        step.press("Enter")
    expect(says).to_contain_text("dv = dp · a = −4 · 2 = −8. Backward, from dL = 1: what will da = dp · v")
    figure.get_by_role("button", name="Back").click()
    expect(lines).to_have_count(6)
    figure.get_by_role("spinbutton", name="b").fill("-4")
    expect(lines.nth(1)).to_have_text("a = max(0, z) = 0")
    expect(page).to_have_url(re.compile(r"chain=2%2C1\.5%2C-4%2C-0\.5%2C1%2C6"), timeout=URL_MS)
    page.reload()
    expect(lines).to_have_count(6)
    page.emulate_media(reduced_motion="reduce")
    figure.get_by_role("button", name="Run").click()
    expect(says).to_have_text("db = dz · 1 = 0 · 1 = 0. Every gradient is there.")
    expect(figure.get_by_role("img")).to_have_attribute("aria-label", re.compile(r"dw = 0, dx = 0, db = 0"))
    assert_sound(figure, complaints)


def test_chain_follows_touch(phone: Page, site: Stack) -> None:
    figure = open_figure(phone, site, "chain", query="?chain=2,1.5,-1,-0.5,1,12")
    figure.get_by_role("button", name="Step").tap()
    expect(figure.locator(".lines .last")).to_have_text("db = dz · 1 = 2 · 1 = 2")
    assert_fits(figure)
    figure.get_by_role("button", name="Start over").tap()
    expect(figure.locator(".lines li")).to_have_count(0)


def test_race_is_decided_anew_on_a_turned_valley(page: Page, site: Stack, complaints: list[str]) -> None:
    page.goto(f"{site.url}/units/8/")
    figure = page.locator("race-figure")
    says, land, table = figure.locator(".says"), figure.locator(".land"), figure.locator("tbody")
    expect(says).to_contain_text("RMSprop after 5 steps, Momentum 0.8 after 33, Adam after 62, SGD after 81.")
    expect(figure).to_contain_text("Sign in, and your own optimizer can race")
    expect(table.get_by_role("row")).to_have_count(4)
    figure.get_by_role("radio", name="valley, turned").check()
    expect(says).to_contain_text(
        "Momentum 0.8 after 33 steps, Adam after 63, SGD after 81, RMSprop after 88."
    )
    figure.get_by_role("radio", name="SGD").check()
    rate = figure.get_by_role("slider", name="Learning rate")
    rate.press("End")
    expect(says).to_contain_text("Ran away, its rate too large here: SGD.")
    expect(table.get_by_role("row", name="SGD")).to_contain_text("ran away")
    expect(rate).to_have_attribute("aria-valuetext", re.compile(r"η of SGD = 0\.501\. Home"))
    figure.get_by_role("button", name="Best rates").click()
    expect(says).not_to_contain_text("Ran away")
    drag(land, (0.2, 0.2), (0.75, 0.3))
    expect(figure.locator(".numbers")).to_contain_text("(1.80, 0.9")
    start = figure.get_by_role("button", name="Start point")
    start.press("ArrowLeft")
    expect(start).to_have_attribute("aria-label", re.compile(r"Start point \(1\.70, 0\.9"))
    expect(land).to_have_attribute("aria-label", re.compile(r"valley, turned, with the paths of 4 .*Home"))
    figure.get_by_role("button", name="One step").click()
    expect(page).to_have_url(re.compile(r"race=turned%2C1\.70%2C0\.9"), timeout=URL_MS)
    page.reload()
    expect(figure.get_by_role("radio", name="valley, turned")).to_be_checked()
    expect(figure.get_by_role("radio", name="SGD")).to_be_checked()
    expect(figure.locator(".numbers")).to_contain_text("(1.70, 0.9")
    assert_sound(figure, complaints)


def test_race_follows_touch(phone: Page, site: Stack) -> None:
    figure = open_figure(phone, site, "race", land="bend")
    expect(figure.get_by_role("radio", name="bend")).to_be_checked()
    swipe(figure.locator(".land"), (0.22, 0.17), (0.25, 0.75))
    expect(figure.locator(".numbers")).to_contain_text("(−1.80, −1.")
    figure.get_by_text("plateau", exact=True).tap()
    expect(figure.locator(".numbers")).to_contain_text("q/(1 + q)")
    figure.get_by_role("button", name="One step").tap()
    figure.get_by_role("button", name="Run 100").tap()
    expect(figure.get_by_role("row", name="RMSprop")).to_contain_text("15")
    assert_fits(figure)


def test_a_passed_optimizer_races_against_the_classics(
    page: Page, site: Stack, complaints: list[str]
) -> None:
    sign_up(page, site)
    page.goto(f"{site.url}/units/8/")
    expect(page.locator("race-figure")).to_contain_text("Pass one of exercises 39 to 42")
    page.goto(f"{site.url}/exercises/adam/")
    write(page, ADAM.read_text())
    submit(page)
    expect(page.locator("#result").get_by_role("heading", level=2)).to_contain_text(
        "Passed", timeout=VERDICT_MS
    )
    page.goto(f"{site.url}/units/8/")
    figure = page.locator("race-figure")
    figure.get_by_label("Your code").select_option("adam")
    own = figure.get_by_role("row", name="Your Adam")
    expect(own).to_contain_text("not raced here")
    figure.get_by_role("button", name="Race my code").click()
    says = figure.locator(".says")
    expect(says).to_contain_text("Your Adam takes the path of the classic", timeout=VERDICT_MS)
    expect(figure).to_contain_text("Raced for 100 steps.")
    expect(own).to_contain_text("62")
    own.get_by_role("radio").check()
    figure.get_by_role("slider", name="Learning rate").press("End")
    expect(own).to_contain_text("not raced here")
    figure.get_by_role("button", name="Race my code").click()
    expect(own).not_to_contain_text("not raced here", timeout=VERDICT_MS)
    assert_sound(figure, complaints)


def test_schedules_are_compared_and_drawn(page: Page, site: Stack, complaints: list[str]) -> None:
    page.goto(f"{site.url}/units/8/")
    figure = page.locator("schedule-figure")
    says, plot = figure.locator(".says"), figure.get_by_role("img", name="The learning rate")
    expect(says).to_have_text(
        "Cosine in step 20: η = 0.0825. Expected loss after it: 0.161, WSD 0.159. "
        "After the last step: 0.0201, WSD 0.0234."
    )
    cursor = figure.get_by_role("slider", name="Cursor")
    cursor.press("End")
    expect(figure.locator(".numbers")).to_contain_text("η(59) =0.002 + ½ · 0.098 · (1 + cos 1π)")
    cursor.press("Home")
    expect(figure.locator(".numbers")).to_contain_text("η(0) =0.1 · (0 + 1)/5")
    figure.get_by_role("radio", name="Step", exact=True).check()
    figure.get_by_role("radio", name="One cycle, beside it").check()
    expect(figure.get_by_role("slider", name="Lowest rate")).to_be_hidden()
    figure.get_by_role("slider", name="A drop after").press("Home")
    drag(plot, (0.3, 0.5), (0.5, 0.5))
    expect(says).to_contain_text(re.compile(r"^Step in step 2\d: η = \d\.\d\s×\s10⁻[⁷⁸⁹]"))
    figure.get_by_role("radio", name="Your own: draw it", exact=True).check()
    row = figure.get_by_role("row", name="Your own")
    before = row.inner_text()
    drag(plot, (0.2, 0.2), (0.9, 0.85))
    expect(row).not_to_have_text(before)
    hand = figure.get_by_role("slider", name="Your own rate")
    hand.press("Home")
    expect(says).to_contain_text(re.compile(r"^Your own in step 5\d: η = 0\."))
    expect(page).to_have_url(re.compile(r"schedule=own%2Cone_cycle%2C5\d"), timeout=URL_MS)
    drawn = row.inner_text()
    page.reload()
    expect(row).to_have_text(re.compile(re.escape(drawn.split()[-1])))
    expect(figure.get_by_role("radio", name="Your own: draw it", exact=True)).to_be_checked()
    assert_sound(figure, complaints)


def test_a_schedule_is_drawn_by_finger(phone: Page, site: Stack) -> None:
    figure = open_figure(phone, site, "schedule", schedule="own", beside="cosine")
    plot = figure.get_by_role("img", name="The learning rate")
    figure.evaluate("(figure) => figure.scrollIntoView()")
    swipe(plot, (0.5, 0.8), (0.3, 0.6))
    scrolled = phone.evaluate("scrollY")
    swipe(plot, (0.8, 0.8), (0.8, 0.3))
    assert phone.evaluate("scrollY") == scrolled
    swipe(plot, (0.3, 0.6), (0.8, 0.3))
    expect(figure.locator(".says")).to_contain_text(re.compile(r"^Your own in step 4\d: η = 0\.1"))
    assert_fits(figure)
    figure.get_by_text("Warm-up, cosine", exact=True).tap()
    figure.get_by_role("slider", name="Warm-up").scroll_into_view_if_needed()
    expect(plot).to_be_in_viewport(ratio=0.99)
    swipe(plot, (0.3, 0.6), (0.95, 0.3))
    expect(figure.locator(".says")).to_contain_text(re.compile(r"^Cosine in step 5\d"))


def test_depth_tells_three_remedies_apart(page: Page, site: Stack, complaints: list[str]) -> None:
    page.goto(f"{site.url}/units/7/")
    figure = page.locator("depth-figure")
    says, plot = figure.locator(".says"), figure.get_by_role("img", name="The norm of the gradient")
    gain, depth = (figure.get_by_role("slider", name=name) for name in ("Gain", "Depth"))
    expect(says).to_contain_text(
        re.compile(r"The first of 50 matrices .*, 1\.6\s×\s10⁻¹³ expected\. It vanishes")
    )
    figure.get_by_role("radio", name="normalised").check()
    expect(says).to_contain_text("181 expected. That is a usable size: a network of one layer gets 181.")
    figure.get_by_role("radio", name="residual").check()
    gain.fill("1.5")
    expect(says).to_contain_text("1.2 × 10¹⁹ expected. It explodes")
    figure.get_by_role("radio", name="both").check()
    expect(says).to_contain_text("40.5 expected. That is a usable size")
    figure.get_by_role("radio", name="sigmoid").check()
    gain.fill("0")
    expect(figure.get_by_role("row", name="normalised")).to_contain_text("1.3 × 10⁻¹⁸")
    expect(figure.get_by_role("row", name="residual")).to_contain_text("119")
    before = says.inner_text()
    figure.get_by_role("button", name="Draw again").click()
    expect(says).not_to_have_text(before)
    expect(says).to_contain_text(before[before.index("this draw, ") :])

    drag(plot, (0.4, 0.5), (0.8, 0.5))
    expect(figure.locator(".numbers").last).to_contain_text(re.compile(r"norm of dW, layer 3\d"))
    layer = figure.get_by_role("slider", name="Layer k")
    layer.press("End")
    expect(plot).to_have_attribute("aria-label", re.compile(r"sigmoid, both\. .* In layer 50: "))
    depth.press("Home")
    depth.press("ArrowRight")
    expect(layer).to_have_attribute("aria-valuetext", re.compile(r"layer 2: hₖ "))
    expect(page).to_have_url(re.compile(r"depth=sigmoid%2Cboth%2C0\.00%2C3%2C2%2C1"), timeout=URL_MS)
    page.reload()
    expect(figure.get_by_role("radio", name="sigmoid")).to_be_checked()
    expect(depth).to_have_value("3")
    depth.fill("50")
    assert gain.evaluate(MOVE_MS) < SLOWEST_MS
    assert_sound(figure, complaints)


def test_depth_follows_touch(phone: Page, site: Stack) -> None:
    figure = open_figure(phone, site, "depth", query="?depth=tanh,neither,0,40,1,0")
    swipe(figure.get_by_role("img", name="Root mean squares"), (0.5, 0.5), (0.9, 0.5))
    expect(figure.locator(".numbers").last).to_contain_text(re.compile(r"norm of dW, layer 3\d"))
    figure.get_by_role("row", name="residual").locator(".choice").tap()
    expect(figure.locator(".numbers").first).to_contain_text("hₖ₋₁ + Wₖ f(hₖ₋₁)")
    assert_fits(figure)


def test_saddle_lets_the_reader_wait_and_leave(page: Page, site: Stack, complaints: list[str]) -> None:
    page.goto(f"{site.url}/units/7/")
    figure = page.locator("saddle-figure")
    says, land = figure.locator(".says"), figure.locator(".land")
    row = lambda name: figure.get_by_role("row", name=name)  # noqa: E731
    expect(says).to_have_text(
        "After 200 steps SGD is still on the plateau; it leaves at step 1262. "
        "The others leave: momentum at 175, RMSprop at 68, Adam at 160."
    )
    figure.get_by_role("button", name="One step").click()
    expect(says).to_contain_text("After 201 steps")
    figure.get_by_role("radio", name="RMSprop").check()
    expect(says).to_contain_text("RMSprop has left the saddle, at step 68")
    turn = figure.get_by_role("slider", name="Valley turned")
    turn.fill("45")
    expect(row("RMSprop")).to_contain_text("812")
    expect(row("Adam")).to_contain_text("not in 1500")
    expect(row("SGD")).to_contain_text("1262")

    turn.press("Home")
    figure.get_by_role("button", name="On the ridge").click()
    expect(says).to_contain_text("RMSprop is still on the plateau, and it does not leave within 1500.")
    expect(figure.get_by_role("button", name="Other noise")).to_be_hidden()
    figure.get_by_role("radio", name="0.001").check()
    expect(row("RMSprop")).to_contain_text("68")
    before = row("SGD").inner_text()
    figure.get_by_role("button", name="Other noise").click()
    expect(row("SGD")).not_to_have_text(before)

    drag(land, (0.5, 0.5), (0.25, 0.25))
    start = figure.get_by_role("button", name="start: drag me")
    expect(start).to_have_attribute("aria-label", re.compile(r"Start at \(−0\.9[78], 0\.65\)"))
    start.press("ArrowUp")
    expect(start).to_have_attribute("aria-label", re.compile(r"Start at \(−0\.9[78], 0\.75\)"))
    page.emulate_media(reduced_motion="reduce")
    figure.get_by_role("button", name="Run 1500").click()
    expect(figure.get_by_role("img", name="The loss against the step")).to_have_attribute(
        "aria-label", re.compile(r"After 1500 steps: SGD −0\.0025")
    )
    figure.get_by_role("radio", name="−0.5").check()
    expect(page).to_have_url(re.compile(r"saddle=rmsprop%2C0\.5%2C0%2C-0\.97"), timeout=URL_MS)
    page.reload()
    expect(figure.get_by_role("radio", name="−0.5")).to_be_checked()
    assert figure.get_by_role("slider", name="Learning rate of SGD").evaluate(MOVE_MS) < SLOWEST_MS
    assert_sound(figure, complaints)


def test_saddle_follows_touch(phone: Page, site: Stack) -> None:
    figure = open_figure(phone, site, "saddle")
    swipe(figure.locator(".land"), (0.5, 0.5), (0.75, 0.25))
    expect(figure.get_by_role("button", name="start: drag me")).to_have_attribute(
        "aria-label", re.compile(r"Start at \(0\.9[78], 0\.65\)")
    )
    figure.get_by_role("button", name="At the saddle").tap()
    expect(figure.locator(".says")).to_contain_text("it does not leave within 1500")
    figure.get_by_role("row", name="Adam").locator(".choice").tap()
    expect(figure.locator(".says")).to_contain_text("200 steps Adam is still on the plateau")
    assert_fits(figure)


@pytest.mark.parametrize(
    "name", ["descent", "difference", "activation", "momentum", "race", "schedule", "depth", "saddle"]
)
def test_a_finger_that_goes_down_a_figure_scrolls_the_page_and_a_tap_plays_it(
    phone: Page, site: Stack, name: str
) -> None:
    figure = open_figure(phone, site, name)
    plot = figure.locator(".land:not(.still), .plane, .pan").first
    before = state(figure)
    for start, end in (((0.6, 0.7), (0.63, 0.2)), ((0.6, 0.3), (0.55, 0.8))):
        figure.evaluate("(figure) => figure.scrollIntoView()")
        scrolled = phone.evaluate("scrollY")
        swipe(plot, start, end)
        assert abs(phone.evaluate("scrollY") - scrolled) > 50
        assert state(figure) == before
    tap(plot, 0.65, 0.35)
    assert state(figure) != before
    tapped = state(figure)
    swipe(plot, (0.65, 0.35), (0.85, 0.4))
    assert state(figure) not in (before, tapped)


@pytest.mark.parametrize("name", ["descent", "race", "saddle", "momentum"])
def test_a_finger_that_begins_on_a_handle_takes_it_anywhere(phone: Page, site: Stack, name: str) -> None:
    figure = open_figure(phone, site, name)
    plot = figure.locator(".land:not(.still), .plane").first
    tap(plot, 0.5, 0.7)
    before, scrolled = state(figure), phone.evaluate("scrollY")
    swipe(plot, (0.5, 0.7), (0.5, 0.3))
    assert phone.evaluate("scrollY") == scrolled
    assert state(figure) != before


def test_two_fingers_leave_a_figure_as_it_was(phone: Page, site: Stack) -> None:
    figure = open_figure(phone, site, "descent")
    plot, before = figure.locator(".land"), state(figure)
    session: Any = phone.context.new_cdp_session(phone)
    x, y = at(plot, 0.5, 0.5)
    for apart in (40, 80, 120, 200):
        fingers = [{"x": x - apart / 2, "y": y, "id": 0}, {"x": x + apart / 2, "y": y, "id": 1}]
        kind = "touchStart" if apart == 40 else "touchMove"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.wait_for_function("visualViewport.scale > 1")
    assert state(figure) == before
