# SPDX-License-Identifier: MIT
"""stopped.py - a program that is stopped at a moment of its own work, whatever else the machine does.

It is traced from its start, and looked at before and after each call into the system."""
import ctypes
import os
import signal
import subprocess

import cli_fixture

TRACE_ME, NEXT_CALL, DETACH = 0, 24, 17  # of ptrace(), see <sys/ptrace.h>
NOT_ALLOWED = 113

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
libc.ptrace.restype = ctypes.c_long


def trace_me():
    if libc.ptrace(TRACE_ME, 0, None, None):
        os._exit(NOT_ALLOWED)


def start(line, **more):
    """Like Popen, for stop_when()."""
    return subprocess.Popen(line, preexec_fn=trace_me, **more)


def stop_when(process, reached):
    """True: it is stopped, and SIGCONT lets it go on.  False: it ended before reached() was true."""
    first = True
    while True:
        _, status = os.waitpid(process.pid, 0)
        if not os.WIFSTOPPED(status):
            process.returncode = os.waitstatus_to_exitcode(status)
            if first and process.returncode == NOT_ALLOWED:
                raise cli_fixture.Skip("no program may be traced here")
            return False
        first = False
        if reached():
            break
        sent = os.WSTOPSIG(status)
        libc.ptrace(NEXT_CALL, process.pid, None, 0 if sent == signal.SIGTRAP else sent)
    # Whoever lets it go hands it the signal; until that is seen a SIGCONT would come too early.
    libc.ptrace(DETACH, process.pid, None, signal.SIGSTOP)
    os.waitpid(process.pid, os.WUNTRACED)
    return True


def reads_below(process, folder):
    """Whether the program holds anything of the folder open."""
    try:
        for name in os.listdir(f"/proc/{process.pid}/fd"):
            if os.readlink(f"/proc/{process.pid}/fd/{name}").startswith(folder):
                return True
    except OSError:
        pass
    return False
