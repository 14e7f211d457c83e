"""What a judge can ask of a box, and what comes back."""

import os

import numpy as np
import pytest

from grader.errors import InfrastructureError, ProtocolError
from grader.outcome import Outcome
from grader.sandbox import Answer, CallRefused, Ended, Frame, Limits, Raised, Runtime
from grader.values import Handle, Opaque, Rng, Stub, Tensor


def test_a_function_is_called_with_arrays_and_options(loaded):
    box = loaded("def f(x, *, scale): return x * scale")
    reply = box.call("f", np.arange(3.0), scale=2)
    np.testing.assert_array_equal(reply.value, [0.0, 2.0, 4.0])
    assert 0 < reply.seconds < 1


def test_an_answer_is_let_go_during_the_next_operation(loaded):
    own = "gone = []\nclass A:\n    def __del__(self): gone.append(1)\n"
    box = loaded(own + "def f(): return A(),\ndef g(): return len(gone)")
    box.call("f")
    assert [box.call("g").value for _ in range(2)] == [0, 1]  # so that it takes its time on the clock


def test_the_module_loaded_last_is_looked_at_first_and_can_import_the_others(loaded):
    box = loaded("def f(): return 'first'\ndef g(): return 'only'")
    box.load("import solution\ndef f(): return solution.f() + ' second'", filename="b.py", module="b")
    assert box.call("f").value == "first second"
    assert box.call("g").value == "only"


def test_calling_a_class_keeps_the_object_in_the_box(loaded):
    box = loaded("class Counter:\n    def __init__(self, n): self.n = n\n    def add(self, k): self.n += k\n")
    counter = box.call("Counter", 3).value
    assert isinstance(counter, Handle)
    assert box.method(counter, "add", 4).value is None
    assert box.get(counter, "n").value == 7
    box.set(counter, "n", 1)
    assert box.get(counter, "n").value == 1


def test_new_keeps_whatever_a_function_returns(loaded):
    box = loaded("def make():\n    return lambda x: x + 1\n")
    function = box.new("make").value
    assert function.kind == "callable"
    assert box.call(function, 1).value == 2


def test_stored_arrays_are_changed_in_place_and_fetched(loaded):
    box = loaded("def step(params):\n    for p in params: p -= 1\n")
    params = box.store([np.ones(2), np.zeros(1)]).value
    box.call("step", params)
    first, second = box.fetch(params).value
    np.testing.assert_array_equal(first, [0.0, 0.0])
    np.testing.assert_array_equal(second, [-1.0])


def test_a_handle_may_stand_inside_an_argument(loaded):
    box = loaded("def total(pair): return pair[0].sum() + pair[1]")
    array = box.store(np.ones(3)).value
    assert box.call("total", (array, 2)).value == 5.0


def test_operators_drive_objects_of_the_students_own_class(loaded):
    box = loaded(
        "class V:\n"
        "    def __init__(self, x): self.x = x\n"
        "    def __add__(self, o): return V(self.x + o.x)\n"
        "    def __rmul__(self, k): return V(k * self.x)\n"
        "    def double(self): return V(2 * self.x)\n"
    )
    v = box.new("V", 2.0).value
    assert box.get(box.operator("add", v, v).value, "x").value == 4.0
    assert box.get(box.operator("mul", 3.0, v).value, "x").value == 6.0
    assert box.get(box.method(v, "double").value, "x").value == 4.0
    assert isinstance(box.operator("attrgetter", v, "x"), Raised)


def test_a_graph_of_the_students_objects_is_built_and_gone_through_backward(loaded):
    box = loaded(
        "class V:\n"
        "    def __init__(self, x, back=lambda g: None): self.x, self.g, self.back = x, 0.0, back\n"
        "    def add(self, g):\n        self.g += g\n        self.back(g)\n"
        "    def __mul__(self, k): return V(k * self.x, lambda g: self.add(k * g))\n"
        "    def plus(self, o, *, times):\n"
        "        return V(self.x + times * o.x, lambda g: (self.add(g), o.add(times * g)))\n"
        "    def run(self): self.add(1.0)\n"
    )
    nodes = [("mul", [0, 2.0], {}, 3), ("plus", [2, 1], {"times": 10}, 1)]
    reply = box.differentiate("V", [1.0, 5.0], nodes, [2, 3], ("x", "g", "run"))
    assert reply.value == ([8.0, 58.0], [16.0, 10.0], 0, 0)  # 8 twice, once for each output


def test_an_index_may_be_a_slice(loaded):
    box = loaded(
        "import numpy as np\n"
        "class V:\n"
        "    def __init__(self, x): self.x, self.g = x, 0.0\n"
        "    def __getitem__(self, key): return V((self.x[key], type(key) is tuple))\n"
        "    def run(self): pass\n"
    )
    for key, taken in (([1], (1, False)), (["1:"], ([1, 2], False)), (["::2"], ([0, 2], False))):
        nodes = [("getitem", [0], {"key": key}, 1)]
        assert box.differentiate("V", [[0, 1, 2]], nodes, [1], ("x", "g", "run")).value[0] == [taken]


def test_names_are_told_apart(loaded):
    box = loaded("class C: pass\ndef f(): pass\nx = 1\n")
    assert [box.has(name).value for name in ("C", "f", "x", "y")] == ["class", "function", "value", ""]


def test_a_stub_asks_the_judge(loaded):
    asked = []

    def answer(arguments):
        asked.append(arguments)
        return arguments[0] ** 2

    box = loaded("def f(g, xs): return [g(x) for x in xs]")
    assert box.call("f", Stub(7, "g"), [1.0, 2.0], callbacks={7: answer}).value == [1.0, 4.0]
    assert asked == [(1.0,), (2.0,)]


def test_a_refused_call_raises_at_the_students_line(loaded):
    def refuse(arguments):
        raise CallRefused("f may be called twice")

    box = loaded("def f(g):\n    return g(1)\n")
    reply = box.call("f", Stub(1, "g"), callbacks={1: refuse})
    assert reply.message == "f may be called twice"
    assert reply.traceback == (Frame(2, "f", "return g(1)"),)


def test_a_stub_has_a_name_and_waits_are_not_the_boxes_time(loaded):
    import time

    box = loaded("def f(g): return g.__name__, g()")
    reply = box.call("f", Stub(1, "loss"), callbacks={1: lambda _: time.sleep(0.2)})
    assert reply.value == ("loss", None)
    assert reply.seconds < 0.15


def test_a_failure_of_the_judges_own_in_a_callback_is_not_the_students(loaded):
    def broken(arguments):
        raise InfrastructureError("reference box died")

    box = loaded("def f(g):\n    try: g()\n    except BaseException: pass\n")
    with pytest.raises(InfrastructureError, match="reference box died"):
        box.call("f", Stub(1, "g"), callbacks={1: broken})
    assert isinstance(box.call("f", 1), Ended)


def test_calling_a_stub_too_often_ends_the_box(loaded):
    box = loaded("def f(g):\n    while True: g()\n", limits=Limits(calls=5))
    reply = box.call("f", Stub(1, "g"), callbacks={1: lambda _: None})
    assert reply == Ended(Outcome.CALLS, "5 calls", "6 calls")


def test_a_generator_is_made_from_its_seed(loaded):
    box = loaded("def f(rng): return rng.normal(size=3)")
    got = box.call("f", Rng(5)).value
    np.testing.assert_array_equal(got, np.random.default_rng(5).normal(size=3))


def test_boxes_do_not_draw_the_same_numbers(run, sandbox):
    source = "import random, numpy as np\ndef f(): return random.random(), np.random.rand()"
    drawn = set()
    for _ in range(3):
        with sandbox.box(Runtime.NUMPY) as box:
            box.load(source)
            drawn.update(box.call("f").value)
    assert len(drawn) == 6


def test_an_exception_has_only_the_students_lines(loaded):
    box = loaded(
        "import numpy as np\ndef inner(x):\n    return np.linalg.inv(x)\ndef f(x):\n    return inner(x)\n"
    )
    reply = box.call("f", np.zeros((2, 2)))
    assert (reply.type_name, reply.message) == ("numpy.LinAlgError", "Singular matrix")
    assert reply.traceback == (Frame(5, "f", "return inner(x)"), Frame(3, "inner", "return np.linalg.inv(x)"))


def test_a_syntax_error_has_its_line(run):
    reply = run("x = 1\ndef f(:\n    pass\n")
    assert (reply.type_name, reply.traceback) == ("SyntaxError", (Frame(2, "", "def f(:"),))


def test_a_deep_traceback_is_cut_in_the_middle(run):
    reply = run("def f(n):\n    return f(n + 1)\nf(0)\n")
    assert reply.type_name == "RecursionError"
    assert len(reply.traceback) == 20


def test_a_missing_name_is_an_exception_of_the_students(loaded):
    reply = loaded("").call("f")
    assert (reply.type_name, reply.message) == ("NameError", "'f' is not defined")


@pytest.mark.parametrize(
    "body",
    [
        "class E(Exception):\n    def __str__(self): raise ValueError\n",
        "class E(Exception):\n    def __str__(self): return 5\n",
        "class E(Exception):\n    __class__ = property(lambda self: 1 / 0)\n",
        "class E(Exception):\n    __traceback__ = 5\n    def __str__(self): return 'x' * 10**7\n",
        "class M(type):\n    __name__ = property(lambda c: 1 / 0)\nclass E(Exception, metaclass=M): pass\n",
        "class E(BaseException):\n    def __getattribute__(self, name): raise SystemError\n",
    ],
)
def test_hostile_exceptions_become_plain_ones(run, body):
    reply = run(body + "raise E('boo')\n")
    assert isinstance(reply, Raised)
    assert reply.type_name in ("E", "Exception")
    assert len(reply.message) <= 500


@pytest.mark.parametrize(
    ("expression", "type_name"),
    [
        ("(n for n in [1])", "generator"),
        ("{1}", "set"),
        ("zip([1], [2])", "zip"),
        ("object()", "object"),
        ("np.ma.array([1.0])", "numpy.MaskedArray"),
        ("np.array(['a'])", "numpy.ndarray of dtype <U1"),
        ("type('A', (np.ndarray,), {})(3)", "A"),
        ("type('F', (float,), {})(3)", "F"),
        ("type('S', (set,), {})()", "S"),
    ],
)
def test_results_that_are_no_values_are_only_named(loaded, expression, type_name):
    box = loaded(f"import numpy as np\ndef f(): return {expression}")
    assert box.call("f").value == Opaque(type_name)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("__import__('collections').namedtuple('P', 'x y')(1.0, np.ones(2))", (1.0, [1.0, 1.0])),
        ("__import__('collections').OrderedDict(a=1.0)", {"a": 1.0}),
        ("__import__('collections').defaultdict(list, a=[2.0])", {"a": [2.0]}),
        ("np.array(['min', 'max'])[1]", "max"),
        ("type('L', (list,), {'__iter__': None, '__len__': None})([1.0])", [1.0]),
        ("type('D', (dict,), {'__iter__': None, 'keys': lambda self: 1 / 0})(a=1.0)", {"a": 1.0}),
        ("type('T', (tuple,), {'__iter__': lambda self: 1 / 0})((1.0,))", (1.0,)),
        ("type('D', (dict,), {'items': None, 'keys': None})(a=1.0)", {"a": 1.0}),
        ("type('S', (str,), {'__str__': lambda self: 'lie', '__add__': None})('word')", "word"),
    ],
)
def test_what_is_a_tuple_a_list_a_dict_or_a_text_besides_is_sent_as_that(loaded, expression, value):
    box = loaded(f"import numpy as np\ndef f(): return {expression}")
    got = box.call("f").value
    assert type(got) is type(value)
    if isinstance(value, tuple) and len(value) == 2:
        got = (got[0], got[1].tolist())
    assert got == value


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("o.pop('a')", (1,)),
        ("o['c'] = 1.0", (1,)),
        ("o['a'] += 1.0", (1,)),
        ("o['a'] = 2.0 / 2", ()),  # the same number
        ("o['b'] = o['b'] + 0.0", (1,)),  # another array
        ("o['b'] += 1.0", (1,)),
        ("o['a'] = o['b']", (1,)),  # which is compared with no number
        ("o = dict(o); o.pop('a')", ()),
    ],
)
def test_a_changed_dict_is_noticed(loaded, body, changed):
    box = loaded(f"def f(x, o):\n    {body}")
    reply = box.call("f", 1.0, {"a": 1.0, "b": np.ones(2)})
    assert reply.witness.changed_inputs == changed


def test_numpy_scalars_keep_their_dtype(loaded):
    value = loaded("import numpy as np\ndef f(): return np.float32(1) / 3").call("f").value
    assert type(value) is np.float32


def test_the_box_bears_witness(loaded):
    box = loaded(
        "import numpy as np\ndef f(x, y):\n    y[0] = 9\n    np.log(np.zeros(1))\n    return x[1:], [1]\n"
    )
    witness = box.call("f", np.ones(3), np.ones(2)).witness
    assert witness.aliases_input
    assert witness.changed_inputs == (1,)
    assert witness.warnings == ("RuntimeWarning: divide by zero encountered in log",)


def test_what_the_box_does_to_its_inputs_does_not_reach_the_judge(loaded):
    x = np.ones(3)
    loaded("def f(x): x[:] = 7").call("f", x)
    np.testing.assert_array_equal(x, np.ones(3))


def test_stdout_and_stderr_are_kept(loaded):
    box = loaded("import sys\nprint('loaded')\ndef f(): sys.stderr.write('oops')\n")
    box.call("f")
    assert box.stdout == b"loaded\noops"


def test_an_ended_box_answers_the_same_for_ever(loaded):
    box = loaded("import os\ndef f(): os._exit(3)\ndef g(): return 1\n")
    ended = box.call("f")
    assert ended == Ended(Outcome.EXITED, "", "exit status 3")
    assert box.call("g") is ended
    assert box.has("g") is ended


def test_a_closed_box_says_what_it_used(sandbox):
    box = sandbox.box(Runtime.NUMPY)
    box.load("import numpy as np\nx = np.ones(4 << 20)\nfor _ in range(10): x += 1\n")
    usage = box.close()
    assert 25 < usage.peak_mb < 80
    assert 0.005 < usage.cpu_s < 5
    assert box.close() is usage


def test_a_large_array_goes_out_and_back(loaded):
    box = loaded("def f(x): return x + 1", limits=Limits())
    x = np.random.default_rng(0).normal(size=4 << 20)
    np.testing.assert_array_equal(box.call("f", x).value, x + 1)


def test_tensors_cross_with_their_flag(loaded):
    box = loaded(
        "import torch\ndef f(x): return type(x) is torch.Tensor, x.requires_grad, x * 2",
        runtime=Runtime.TORCH,
    )
    exact, flag, doubled = box.call("f", Tensor(np.arange(3.0), requires_grad=True)).value
    assert exact
    assert flag
    assert doubled.requires_grad
    np.testing.assert_array_equal(doubled.array, [0.0, 2.0, 4.0])


@pytest.mark.parametrize(
    "expression",
    [
        "torch.zeros(2, device='meta')",
        "torch.eye(2).to_sparse()",
        "torch.zeros(2, dtype=torch.bfloat16)",
        "torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.quint8)",
        "torch.nested.nested_tensor([torch.ones(2)])",
    ],
)
def test_tensors_that_hold_no_plain_numbers_are_only_named(loaded, expression):
    box = loaded(f"import torch\ndef f(): return {expression}", runtime=Runtime.TORCH)
    value = box.call("f").value
    assert isinstance(value, Opaque)
    assert value.type_name.startswith("torch.Tensor")


def test_a_gradient_is_taken_in_the_torch_runtime(loaded):
    box = loaded(
        "import torch\ndef f(x):\n    (x**2).sum().backward()\n    return x.grad\n", runtime=Runtime.TORCH
    )
    reply = box.call("f", Tensor(np.arange(3.0), requires_grad=True))
    assert isinstance(reply, Answer)
    np.testing.assert_array_equal(reply.value.array, [0.0, 2.0, 4.0])


@pytest.mark.parametrize(
    "expression",
    [
        "torch.ones(4).half().float()",
        "torch.ones(4, 4).half() @ torch.ones(4, 4).half()",
        "torch.nn.functional.conv2d(torch.ones(1, 3, 8, 8), torch.ones(4, 3, 3, 3))",
        "torch.nn.functional.conv1d(torch.ones(1, 3, 8), torch.ones(4, 3, 3))",
    ],
)
def test_torch_knows_its_processor_and_complains_of_nothing(loaded, expression):
    box = loaded(f"import torch\ndef f():\n    {expression}", runtime=Runtime.TORCH, limits=Limits())
    assert isinstance(box.call("f"), Answer)
    assert box.stdout == b""


def test_torch_optimizers_and_threads_settings_work_in_a_box(loaded):
    box = loaded(
        "import torch\n"
        "def f(n):\n"
        "    torch.set_num_threads(n)\n"
        "    w = torch.nn.Parameter(torch.ones(64, 64))\n"
        "    opt = torch.optim.AdamW([w])\n"
        "    (w @ w).sum().backward()\n"
        "    opt.step()\n"
        "    return w.shape[0]\n",
        runtime=Runtime.TORCH,
        limits=Limits(),
    )
    assert box.call("f", 4).value == 64


def test_a_callback_whose_own_box_breaks_the_wire_is_not_the_students(loaded):
    def broken(arguments):
        raise ProtocolError("of the reference box")

    box = loaded("def f(g): return g()")
    with pytest.raises(ProtocolError, match="of the reference box"):
        box.call("f", Stub(1, "g"), callbacks={1: broken})
    with pytest.raises(TypeError, match="not a value"):
        loaded("def f(g): return g()").call("f", Stub(1, "g"), callbacks={1: lambda _: {1, 2}})


def test_a_pinned_box_runs_on_one_core(loaded):
    box = loaded("import os\ndef cores(): return sorted(os.sched_getaffinity(0))")
    core = max(os.sched_getaffinity(0))
    box.pin(core)
    assert box.call("cores").value == [core]


def test_pinning_a_box_that_has_ended_changes_nothing(loaded):
    box = loaded("import os\ndef end(): os._exit(0)")
    box.call("end")
    box.pin(0)
    assert box.call("end").outcome is Outcome.EXITED
