"""From the lines of a law to its edition, without decisions."""
