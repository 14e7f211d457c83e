"""Markdown of the course to pages: the conventions of docs/authoring.md, and nothing else gets through."""

import re
from pathlib import Path

import pytest

from courseapp.lessons import markdown
from courseapp.lessons.rendering import LessonError, RenderedLesson, render_lesson

FRONT = '+++\ntitle = "A lesson"\nminutes = 20\nstandfirst = "About $x$."\n+++\n\n'
EXERCISES = Path(__file__).resolve().parents[3] / "exercises"


def lesson(body: str) -> RenderedLesson:
    return render_lesson(FRONT + body, unit=3)


def html(body: str) -> str:
    return "".join(part.html for part in lesson(body).parts)


def test_front_matter_gives_title_time_and_standfirst() -> None:
    rendered = lesson("Text.")
    assert (rendered.title, rendered.minutes) == ("A lesson", 20)
    assert rendered.standfirst == 'About <span class="nowrap"><span class="m">x</span>.</span>'


def test_headings_are_numbered_by_the_unit_and_keep_their_anchors() -> None:
    rendered = lesson("## The step {#step}\n\n### Aside\n\n## Then `w` {#then}\n")
    assert [(section.number, section.anchor) for section in rendered.sections] == [
        ("3.1", "step"),
        ("3.2", "then"),
    ]
    assert '<h2 id="step"><span class="sec">3.1</span>The step</h2>' in rendered.parts[0].html
    assert rendered.sections[1].title == "Then <code>w</code>"


def test_a_text_without_a_unit_is_numbered_by_itself() -> None:
    rendered = render_lesson(FRONT + "## One {#one}\n\n::: figure descent\nHere.\n:::\n", unit=None)
    assert [section.number for section in rendered.sections] == ["1"]
    assert '<span class="fig-n">Figure 1</span>' in rendered.parts[0].html


def test_formulas_are_kept_as_tex_for_the_browser() -> None:
    page = html("So $a < b$.\n\n$$x_{t+1} = x_t$$ (3.1)\n")
    assert '<span class="m">a &lt; b</span>' in page
    assert '<span class="mm">x_{t+1} = x_t</span><span class="eq-n">(3.1)</span>' in page


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "$</span><script>alert(1)</script>$",
        "```python run torch\n</span><script>alert(1)</script>\n```",
        "```output\n<script>alert(1)</script>\n```",
        '::: trouble {#a} <img src=x onerror="alert(1)">\nText.\n:::',
        '::: figure descent eta="><script>alert(1)</script>\nCaption.\n:::',
        '::: figure momentum mu="><script>alert(1)</script>\nCaption.\n:::',
        '::: figure chain inputs="><script>alert(1)</script>\nCaption.\n:::',
        '::: figure race land="><script>alert(1)</script>\nCaption.\n:::',
        '::: figure schedule beside="><script>alert(1)</script>\nCaption.\n:::',
        "::: figure <script>alert(1)</script>\nCaption.\n:::",
        "::: predict\nQ\n\n- <script>alert(1)</script> | <b onclick=alert(1)>\n:::",
        "::: reading\n- <script>alert(1)</script> | <script>\n:::",
        "## T <script>alert(1)</script> {#t}",
        "\x00exercise x\x00",
    ],
)
def test_no_markup_of_an_author_reaches_the_page(attack: str) -> None:
    page = html(attack)
    for forbidden in ("<script", "<img", "<b onclick", 'href="javascript', "\x00"):
        assert forbidden not in page


def test_a_fragment_shows_the_output_block_after_it() -> None:
    page = html('```python run torch\nprint("a")\n```\n\n```output\na\n```\n')
    assert '<run-fragment class="fragment" data-runtime="torch"' in page
    assert '<pre class="output" tabindex="0">a\n</pre>' in page
    assert page.count("a\n</pre>") == 1


def test_a_prediction_keeps_each_reason_hidden_until_it_is_chosen() -> None:
    page = html("::: predict\nWhich $\\eta$?\n\n- 1/6 | Not\n  yet.\n- * 1/3 | Yes.\n:::\n")
    assert '<span id="predict-1-1" hidden>Not yet.</span>' in page
    assert "<span>1/3</span>" in page


def test_containers_nest() -> None:
    page = html(
        "::: trouble {#trouble} Wrong\nText.\n\n::: figure spring\nA caption.\n:::\n\nMore.\n:::\n\nAfter.\n"
    )
    inside, after = page.split("</figcaption></figure>")
    assert '<div class="trouble" id="trouble"><h3>Wrong</h3>' in inside
    assert after.index("More.") < after.index("</div>") < after.index("After.")


def test_places_for_exercises_split_the_text() -> None:
    rendered = lesson("Before.\n\n::: exercise adamw\n:::\n\n::: exercises\n:::\n\nAfter.\n")
    assert [(part.kind, part.slug) for part in rendered.parts] == [
        ("html", ""),
        ("exercise", "adamw"),
        ("exercises", ""),
        ("html", ""),
    ]


def test_a_lesson_without_front_matter_is_refused_with_a_reason() -> None:
    with pytest.raises(LessonError, match="begins with front matter"):
        render_lesson("Text.", unit=1)
    with pytest.raises(LessonError, match="not TOML"):
        render_lesson("+++\ntitle =\n+++\n", unit=1)


def test_an_unknown_figure_says_that_it_is_in_preparation() -> None:
    assert "The figure <i>maze</i> is in preparation." in html("::: figure maze\nCaption.\n:::\n")


def test_inline_leaves_quotes_typographic_and_code_alone() -> None:
    said = "A “quote” and <code>x=&quot;y&quot;</code>."
    assert markdown.inline('A "quote" and `x="y"`.') == said


def test_what_touches_a_formula_stays_on_its_line() -> None:
    page = html('At ($a$), the "$i$-th", $b$’s; $c$ and **$d$**.')
    assert '<span class="nowrap">(<span class="m">a</span>),</span> the' in page
    assert '<span class="nowrap">“<span class="m">i</span>-th”,</span> ' in page
    assert '<span class="nowrap"><span class="m">b</span>’s;</span> <span class="m">c</span> and' in page


def test_a_long_formula_may_break_but_not_before_its_full_stop() -> None:
    tex = "a + b + c + d + e + f + g + h + i + j + k + l = m"
    assert html(f"So ${tex}$. Then") == f'<p>So <span class="m long">{tex}\\text{{.}}</span> Then</p>\n'


def test_short_code_stays_on_one_line() -> None:
    assert markdown.inline("`a + b`") == '<code class="nowrap">a + b</code>'
    kept = '<span class="nowrap">exp(-x))^2</span>'
    assert markdown.inline("`4 - (exp(x) + exp(-x))^2`") == f"<code>4 - (exp(x) + {kept}</code>"
    assert markdown.inline("`x.copy()`") == "<code>x.copy()</code>"
    assert markdown.inline("`np.sum(x, axis=axis, keepdims=True)`").startswith("<code>np")


def test_numbers_of_arxiv_lead_there() -> None:
    page = html("::: reading\n- A. Author, *Title*, arXiv 1502.05767. | Why.\n:::\n")
    assert '<a href="https://arxiv.org/abs/1502.05767">arXiv 1502.05767</a>.' in page


@pytest.mark.parametrize(
    "name",
    ["activation", "chain", "depth", "descent", "difference", "momentum", "race", "saddle", "schedule"],
)
def test_a_moving_figure_is_wide_and_says_in_words_what_it_shows(name: str) -> None:
    page = html(f"::: figure {name}\nA caption.\n:::\n")
    assert f'<figure class="wide" id="figure-{name}"><{name}-figure class="moving"' in page
    assert re.search(r"<p>.{80,} Moving the figure needs JavaScript.</p>", page)


@pytest.mark.parametrize(
    ("unit", "folder", "anchors"),
    [
        (3, "03-gradient-descent", {"step", "how-large", "trouble", "figure-descent"}),
        (4, "04-backpropagation", {"by-hand", "figure-chain"}),
        (7, "07-depth", {"figure-depth", "figure-saddle"}),
        (8, "08-optimizers", {"momentum", "figure-momentum", "figure-race", "figure-schedule"}),
    ],
)
def test_a_lesson_uses_only_what_the_renderer_knows(unit: int, folder: str, anchors: set[str]) -> None:
    rendered = render_lesson((EXERCISES / folder / "lesson.md").read_text(encoding="utf-8"), unit=unit)
    page = "".join(part.html for part in rendered.parts)
    assert ":::" not in page
    assert "in preparation" not in page
    assert anchors <= set(_anchors(page))


def _anchors(page: str) -> list[str]:
    return [piece.split('"')[0] for piece in page.split('id="')[1:]]


def test_cells_above_columns_have_a_name_and_an_empty_corner_is_none() -> None:
    page = html("|  | $\\hat m/\\sqrt{v}$ | error of $h$ |\n|---|---|---|\n| a | b | c |\n")
    assert page.count("<th") == 3  # the row's group, and two cells
    assert "<td></td>" in page
    assert (
        '<th><span class="visually-hidden">hat m/ sqrt v</span><span aria-hidden="true"><span class="m">'
        in page
    )
    assert '<th>error of <span class="m">h</span></th>' in page


def test_a_choice_that_is_a_formula_has_a_name() -> None:
    page = html("::: predict\nWhich?\n\n- $a^b$ | No.\n- * about $c$ | Yes.\n:::")
    assert 'data-why="predict-1-1" aria-label="a^b">' in page
    assert 'data-why="predict-1-2">' in page
