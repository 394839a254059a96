"""The conversation between a chat and the bot, without Telegram: requests, replies, texts, keyboards.

Most of it is pure. What reads or changes a subscription, or tells an owner something, gets its ports as
arguments.
"""
