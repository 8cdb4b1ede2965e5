"""Sources as they were received: their bytes, their text, their lines."""
