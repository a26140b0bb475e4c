#!/usr/bin/env python3
"""Django's command line; on a bare machine it first sets itself up (see bootstrap.py)."""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 (said before anything newer is parsed)
    sys.exit("Cần Python 3.11 trở lên; máy này chạy Python %d.%d." % sys.version_info[:2])

import bootstrap


def main() -> None:
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    if verb in ("demo", "test"):
        bootstrap.enter_environment(sys.argv)
    if verb == "test":
        bootstrap.run_tests(sys.argv[2:])
    if verb == "demo":
        os.environ.setdefault("DATABASE_URL", "sqlite:///var/demo.sqlite3")
        os.environ.setdefault("HTTPS", "off")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolution03.settings")
    try:
        from django.core.management import execute_from_command_line

        from resolution03.lib.catalog import NoCatalog, make_catalog
    except ImportError:
        bootstrap.enter_environment(sys.argv)
        raise
    try:
        make_catalog()
    except NoCatalog as fault:
        sys.exit(str(fault))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
