"""Every digest and its parts, from the queue to what became of them."""
