"""Words that several packages of reading need: stems, words of speaking, given names."""
