"""`python -I -S -B .../inside/__main__.py FD`: a template, spoken to over descriptor FD."""

import importlib
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

importlib.import_module("inside.template").main(int(sys.argv[1]))
