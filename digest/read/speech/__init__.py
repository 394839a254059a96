"""Who said what: quotations, and the speakers whom an article names for them."""
