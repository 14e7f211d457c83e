# tries: end the process while it is imported
# outcome: exited
import os

os._exit(0)
