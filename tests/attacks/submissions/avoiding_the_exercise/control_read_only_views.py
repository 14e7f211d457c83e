# tries: nothing: right gradients as read-only views of one buffer that was made at import
# item: control: unusual style
# outcome: passed
# exercise: linear_backward
# check: Two leading axes
import numpy as np

STORE = np.empty(10_000)


def linear_backward(x, W, dy):
    place = iter(STORE.reshape(10, -1)[:, ::-1])

    def kept(values):
        view = next(place)[: values.size].reshape(values.shape)
        view[...] = values
        view.flags.writeable = False
        return view

    dW = np.tensordot(dy, x, axes=[range(dy.ndim - 1)] * 2)
    return kept(np.inner(dy, W.T)), kept(dW), kept(np.add.reduce(dy, axis=tuple(range(dy.ndim - 1))))
