# tries: to have the verdict repeat a story as the kind of thing that a name is
# item: replaced code of the shim
# outcome: missing
import sys

operations = sys.modules["inside.operations"]
operations._kind_of = lambda module, name: "\0" + "story" * 60_000
