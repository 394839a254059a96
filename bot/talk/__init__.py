"""What a chat and the bot say to each other, without Telegram: requests, replies, texts, keyboards."""
