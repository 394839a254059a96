"""The only modules that know Telegram: updates in, replies and digests out."""
