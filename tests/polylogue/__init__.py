"""Laws of the core: rules, record, convergence, texts."""
