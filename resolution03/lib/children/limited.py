"""Limits itself, then runs a program that opens what came from outside.

Run as `python -I [-S] limited.py MEMORY CPU_SECONDS FOLDER [ARGUMENT …]`, isolated, by `Child` alone.
"""

import runpy
import sys


def limit(memory: int, cpu_seconds: int) -> None:
    """Bound memory (bytes) and time; Windows has no such limits, there the parent's clock must do."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))


if __name__ == "__main__":
    limit(int(sys.argv[1]), int(sys.argv[2]))
    sys.argv[:4] = sys.argv[3:4]
    runpy.run_path(sys.argv[0], run_name="__main__")
