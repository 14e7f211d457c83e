"""The one way in which a text is no formula."""

from __future__ import annotations


class FormulaError(Exception):
    """Raised by `parse`: a sentence for the learner, and the column (counted from 0) that it is about."""

    def __init__(self, sentence: str, column: int) -> None:
        super().__init__(sentence)
        self.sentence, self.column = sentence, column
