"""Whether a sentence stands alone: what would make an editor strike it."""
