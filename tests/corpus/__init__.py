"""Files as people send them, made here: each with its name, and what has to become of it."""
