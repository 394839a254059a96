"""Data that comes with the program: sources, topics, countries, people, word lists and the sample.

Word lists are ``*.toml``; the head of each file explains its lists. They are read on first use, never at
import, so that /reload can read edited ones without a restart.
"""
