"""Many organizations changed by one plan (INTERFACE, reading 11): asked, seen in the tree, judged."""
