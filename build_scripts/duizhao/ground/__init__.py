"""What everything stands on and what knows no law: problems, numerals, files, processes."""
