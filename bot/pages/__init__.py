"""What a chat is shown, each a pure function: a digest, a story, a brief, a press review.

``digest`` lays out a whole digest, made of the stories that ``story`` lays out; ``citing`` has what all
pages share.
"""
