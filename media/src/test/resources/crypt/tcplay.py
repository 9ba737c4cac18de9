"""Runs tcplay with a terminal of its own and answers its questions.

Arguments: the passphrase, then tcplay's arguments. tcplay reads from a terminal only and throws
away what was typed before it asked, some time after it has asked: every answer waits for that.
"""

import os
import pty
import select
import sys
import time

SETTLE_SECONDS = 0.5
PATIENCE_SECONDS = 60


def answer(text, passphrase):
    if text.rstrip().endswith("(y/n)") or text.rstrip().endswith("[y/n]"):
        return b"y\n"
    if "assphrase:" in text.rsplit("\n", 1)[-1]:
        return passphrase.encode() + b"\n"
    return None


def main():
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("tcplay", ["tcplay"] + sys.argv[2:])
    seen = ""
    pending = ""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], SETTLE_SECONDS)
        if ready:
            try:
                chunk = os.read(terminal, 4096).decode(errors="replace")
            except OSError:
                break
            if not chunk:
                break
            seen += chunk
            pending += chunk
            continue
        reply = answer(pending, sys.argv[1])
        if reply:
            os.write(terminal, reply)
            pending = ""
    print(seen)
    _, status = os.waitpid(child, os.WNOHANG)
    if status or time.monotonic() >= deadline:
        os.kill(child, 9)
        raise SystemExit("tcplay ended with %d" % status)


main()
