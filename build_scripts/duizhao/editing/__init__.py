"""Editorial decisions, and what is proved and found about an edition."""
