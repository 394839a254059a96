"""What a chat is shown, each as a pure function: a digest, a story, a brief, a press review."""
