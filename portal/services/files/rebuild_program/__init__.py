"""A program of its own, run by rebuilding.py: reads a file from its input, writes it anew to its output.

It knows nothing of the portal and has nothing to lose: little memory, little time, no environment, no files. Its last
line on standard error is its verdict as JSON: {"pages": 1} or {"refused": "locked"}.
"""
