import numpy as np


def attention_backward(Q, K, V, dO, mask):
    q = Q / np.sqrt(Q.shape[-1])
    scores = np.einsum("...td,...sd->...ts", q, K)
    if mask is not None:
        scores = scores + np.where(mask, 0.0, -np.inf)
    P = np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))
    O = np.einsum("...ts,...se->...te", P, V)
    # the weighted mean of dP along a row is dO · O
    along = np.einsum("...te,...te->...t", dO, O)[..., None]
    dS = P * (np.einsum("...te,...se->...ts", dO, V) - along)
    dQ = np.einsum("...ts,...sd->...td", dS, K) / np.sqrt(Q.shape[-1])
    dK = np.einsum("...ts,...td->...sd", dS, q)
    dV = np.einsum("...ts,...te->...se", P, dO)
    return dQ, dK, dV
