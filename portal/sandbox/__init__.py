"""Demo only: stand-ins for the world outside, speaking the same contracts over the same wires."""
