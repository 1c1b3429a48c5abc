"""Command tools with DiSE's contract: one JSON object on stdin, one on stdout, exit code 0 only for success."""
