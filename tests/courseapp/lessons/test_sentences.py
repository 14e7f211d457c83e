"""Sentences from the judge are text: `code` and $mathematics$ are set, everything else is escaped."""

from courseapp.lessons.templatetags.nabla import data, hours, sentence, signature


def test_a_number_is_not_parted() -> None:
    assert sentence("off by 5 × 10⁻⁶.") == "off by 5\u00a0×\u00a010⁻⁶."


def test_code_and_mathematics_are_set() -> None:
    assert sentence("`x` is $x<1$.") == '<code>x</code> is <span class="m">x&lt;1</span>.'


def test_markup_is_escaped_inside_and_outside() -> None:
    assert sentence("<b> `<i>`") == "&lt;b&gt; <code>&lt;i&gt;</code>"


def test_a_lone_mark_is_itself() -> None:
    assert sentence("costs $5 or `") == "costs $5 or `"


def test_an_arrow_is_not_parted_and_a_signature_is_escaped() -> None:
    assert signature("f(<x>) -> y") == 'f(&lt;x&gt;) <span class="nowrap">-&gt; y</span>'
    long = "(dx, dweight, dbias, dgamma)"
    assert signature(f"f(<x>) -> {long}") == f'f(&lt;x&gt;) <span class="nowrap">-&gt;</span> {long}'
    assert signature("<f>(x)") == "&lt;f&gt;(x)"


def test_data_is_json_for_an_attribute() -> None:
    assert data({"a": [1, None]}) == '{"a":[1,null]}'


def test_a_length_of_time_is_said_as_roughly_as_it_is_known() -> None:
    said = [hours(minutes) for minutes in (1, 22, 59, 60, 80, 150, 185)]
    assert said == [
        "about 5 minutes",
        "about 20 minutes",
        "about 60 minutes",
        "about 1 hour",
        "about 1½ hours",
        "about 2½ hours",
        "about 3 hours",
    ]
