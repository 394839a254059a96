"""How long a test waits for what must come: a guard against hanging, and a measure of nothing.

No test asserts how long something took by the clock, since other processes are slow at our expense; what must
not take long is measured by tests.quality, or here by the seconds of a processor, with room.
"""

PATIENCE = 60.0  # seconds; what has not come by then on the busiest machine never does
