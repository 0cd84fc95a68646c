"""What a process has in its memory and its environment, such as the token, kept from other processes of its user."""

import ctypes
import sys

_PR_SET_DUMPABLE = 4  # https://man7.org/linux/man-pages/man2/PR_SET_DUMPABLE.2const.html


def shield() -> bool:
    """Let no process of the same user read this one, nor leave a dump of it; return whether the system does so.

    What is parsed apart, in a child process, could otherwise read the token in ``/proc``. Linux only; elsewhere, and
    for the superuser, nothing changes. Child processes that run another program are not shielded.
    """
    if sys.platform != "linux":
        return False
    try:
        return bool(ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
    except (OSError, AttributeError):  # another C library, without it
        return False
