"""Typed mathematics: text in, a `Formula` out, or a `FormulaError` that says where and what to write.

Nothing of the text is ever executed. It is read by a parser of our own with bounds on length, depth and
size, and what it makes is a tree of numbers, variables and known functions, evaluated in float64.
"""

from grader.formula.errors import FormulaError
from grader.formula.parser import Formula, parse
from grader.formula.sheet import Sheet, Unreadable, read

__all__ = ["Formula", "FormulaError", "Sheet", "Unreadable", "parse", "read"]
