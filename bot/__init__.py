"""The edge of the program: Telegram, the scheduler and the command line.

Each package may use those below it::

    cli, operate   the command line, and what each of its commands does
    run            the running processes, put together of concrete classes
    telegram       all that knows Telegram: updates in, replies and digests out
    commands       the commands of the chat, one module each
    pages          what a chat is shown: pure functions from a value to a message
    talk, intake   requests, replies, texts and keyboards; what arrives beside the feeds
"""
