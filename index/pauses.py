"""Short pauses for a process that serves many at once."""

import gc
import sys

# What is kept is searched for garbage in small portions, and all of it only seldom: a whole search takes long.
_PORTIONS = (700, 1, 1000)

# Seconds that a thread may keep the interpreter while another one waits; Python's default is five times that.
_TURN = 0.001


def shorten() -> None:
    """Keep other threads and the garbage collector from stopping this process for long.

    For a process that serves until its end, when it has started, and again when the first question has been answered:
    what has been imported and loaded by then is taken to stay, and is never searched for garbage again. A search, of
    which the last one is made here, takes a tenth of a second.
    """
    sys.setswitchinterval(_TURN)
    gc.set_threshold(*_PORTIONS)
    gc.collect()
    gc.freeze()
