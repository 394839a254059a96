"""The phrases and words by which lines are known, and how editors write them."""
