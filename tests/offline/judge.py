"""Names what a program did that it may not, by what strace saw.

    python3 judge.py TRACE PROGRAM FOLDER...

It may open what lies in the folders, its own shared libraries, git's settings, and what Rust's runtime asks of the
machine; it may run nothing but itself, and talk to nobody. An attempt that failed counts as one that did not.
"""

import pathlib
import posixpath
import re
import subprocess
import sys

LOADER = ["/etc/ld.so.cache", "/etc/ld.so.preload"]
RUNTIME = ["/dev/null", "/dev/urandom", "/sys/devices/system/cpu/online"]
GIT = ["/etc/gitconfig"]
PLACES = ["/proc/self", "/sys/fs/cgroup"]
LIBRARIES = re.compile(r"(/usr)?/lib(32|64)?/")

trace, program, *folders = sys.argv[1:]
linked = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
linked = [word for word in linked.split() if ".so" in word]
libraries = {posixpath.basename(name) for word in linked for name in (word, posixpath.realpath(word))}
folders = [posixpath.normpath(folder) for folder in folders] + PLACES


def is_open_to_it(path):
    """Whether a path may be opened: what leads out of a folder by `..` is not in it."""
    path = posixpath.normpath(path)
    inside = any(path == folder or path.startswith(folder + "/") for folder in folders)
    is_library = LIBRARIES.match(path) and posixpath.basename(path) in libraries
    return inside or is_library or path in LOADER + RUNTIME + GIT


def is_allowed(line):
    """Whether a line of the trace tells of nothing that is forbidden. What cannot be read is."""
    told = re.match(r"\d+ +(?P<call>\w+)\((?P<rest>.*)", line)
    if not told:
        return re.match(r"\d+ +(\+\+\+ exited|--- SIG|<\.\.\. \w+ resumed)", line) is not None
    call, rest = told["call"], told["rest"]
    if call == "execve":
        return rest.startswith(f'"{program}", ')
    opened = re.match(r'(?P<at>[^"]*)"(?P<path>(?:[^"\\]|\\.)*)"', rest)
    if call not in ("open", "openat", "openat2") or not opened:
        return False
    at = re.search(r"<(.*)>", opened["at"])
    path = posixpath.join(at[1] if at else "", opened["path"])
    # Where a link led to. The program's own number stands there for `/proc/self`.
    real = re.search(r" = \d+<(.*?)(\(deleted\))?>$", rest)
    is_own = path.startswith("/proc/self/")
    return is_open_to_it(path) and (is_own or not real or is_open_to_it(real[1]))


lines = pathlib.Path(trace).read_text(encoding="utf-8", errors="replace").splitlines()
wrong = [line for line in lines if not is_allowed(line)]
print("\n".join(wrong), end="\n" if wrong else "")
if not lines:
    print("the trace is empty: strace saw nothing")
sys.exit(1 if wrong or not lines else 0)
