"""What remains of talks with readers: offers, letters, alarms, handled updates."""
