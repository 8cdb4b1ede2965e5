"""Writers: one form of output each, from the model; none reads what another wrote."""
