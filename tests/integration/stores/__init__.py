"""What every store promises, said once for the fake and for every database."""
