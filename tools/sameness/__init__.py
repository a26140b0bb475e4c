"""The parts of tools/same_house.py."""
