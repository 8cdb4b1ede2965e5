"""The work on laws: what is made of each, where, and what was made anew."""
