"""What the project is kept with, beside the portal: called by the Makefile, never by the portal."""
