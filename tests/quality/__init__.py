"""Measurements, their floors, and the checks that need the whole tree."""
