"""What happens: the action that a headline states (``actions``), and appointments to come (``ahead``)."""
