#!/usr/bin/env python3
"""Django's command line; `demo` and `test` also set up a bare machine (see bootstrap.py)."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolution03.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
