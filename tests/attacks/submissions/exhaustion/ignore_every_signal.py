# tries: ignore every signal that can be ignored, and go on for ever
# item: children that ignore SIGTERM; endless loop
# outcome: cpu_limit
import signal

for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        continue
while True:
    pass
