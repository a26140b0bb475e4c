"""Long acts, done by a worker beside the server that serves the pages (ADR 32)."""
