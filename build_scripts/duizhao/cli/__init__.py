"""The command line: what each command takes and says, exit codes."""
