"""Prepared workbooks: handed out filled with a unit's own rows, completed without the system."""
