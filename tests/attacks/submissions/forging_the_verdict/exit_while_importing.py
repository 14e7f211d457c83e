# tries: end the process while it is imported
# item: os._exit(0)
# outcome: exited
import os

os._exit(0)
