"""What happens: what a headline says that states do, and what is to come."""
