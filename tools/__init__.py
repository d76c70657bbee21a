"""What the makefile needs before the project is installed: the standard library alone."""
