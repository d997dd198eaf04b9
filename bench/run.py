"""Every bench in turn: speed and memory beside public peers, each in one run.

    python -m bench.run [NAME …]

What a bench needs and does not find (a peer that is not installed, the corpus in `../shared`) it says, and leaves out.
Seconds belong to a machine: read the ratios.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys

BENCHES = ("text", "readers.html", "readers.encoding", "readers.pdf", "dates", "reuse.run", "build", "growth")
"""In the order in which a document meets what they measure."""


def main() -> int:
    failed = 0
    for name in sys.argv[1:] or BENCHES:
        if importlib.util.find_spec(f"bench.{name}") is None:
            print(f"there is no bench {name}; there are {', '.join(BENCHES)}")
            return 2
        print(f"\n=== {name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"bench.{name}"]).returncode != 0
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
