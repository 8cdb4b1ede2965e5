"""The order of the stages, laws as they are kept, which pages and lists there are."""
