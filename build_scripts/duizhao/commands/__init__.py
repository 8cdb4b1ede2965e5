"""What other commands do: a law or a site begun, a release examined, the program measured."""
