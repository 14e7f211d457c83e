"""Code set by weight and slant, whatever the student wrote."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from courseapp.lessons.highlight import python_lines

TAGS = re.compile(r"</?[bi]>")


def test_keywords_are_bold_and_comments_italic() -> None:
    assert python_lines("for x in y:  # note") == ["<b>for</b> x <b>in</b> y:  <i># note</i>"]


def test_keywords_inside_strings_and_names_are_left_alone() -> None:
    assert python_lines("form = 'if # else'") == ["form = &#x27;if # else&#x27;"]


def test_a_docstring_is_italic_line_by_line() -> None:
    assert python_lines('"""One.\n\nTwo."""') == [
        "<i>&quot;&quot;&quot;One.</i>",
        "",
        "<i>Two.&quot;&quot;&quot;</i>",
    ]


@given(st.text(alphabet="abif #'\"\\\n<>&()\t", max_size=80))
def test_stripped_of_its_tags_a_listing_is_the_source(source: str) -> None:
    assert unescape(TAGS.sub("", "\n".join(python_lines(source)))) == source
