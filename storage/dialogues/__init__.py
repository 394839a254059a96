"""What remains of talks: offers, letters, alarms, updates handled."""
