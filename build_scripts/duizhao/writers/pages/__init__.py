"""Writers: one module a format, each from the model; none reads another's output."""
