"""gradient: the outputs of a backward function against autograd of the author's forward, in float64.

The upstream is drawn at random in the reference box (with ones, many wrong gradients are right by
accident), and goes to both sides; `torch.autograd.grad` gives the expected values. What is then found
wrong, and how, is as for values.
"""

from grader.checks.method import Method
from grader.checks.value import examine, find, respond

METHOD = Method(respond=respond, find=find, examine=examine)
