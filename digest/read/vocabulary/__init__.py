"""Words that several rooms go by: stems, words of speaking, given names."""
