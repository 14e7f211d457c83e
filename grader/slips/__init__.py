"""Generic slips, recognised in the numbers alone, by themselves or on top of a known mistake.

Each is a relation that can be read off what came back, what was due and the inputs; it is said only where it
holds on every failing input, and what is said is the relation, not a guess at its cause.
"""

from grader.slips.combined import Twin, related
from grader.slips.recognition import recognise

__all__ = ["Twin", "recognise", "related"]
