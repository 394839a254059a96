"""Scripted dialogues: what people write and press, and what must be answered.

A script is a text file; its name says in what kind of chat it plays. One line is one step:

    == The first start, by buttons        a new dialogue
    /topics {country.UA}                  somebody writes
    [{button.next}]                       presses a button of the last message that has any
    = {start.welcome}                     the answer just given holds this
    bob: /setup                           said by another than Ada: bob, a mere member; eve, an owner
    private: /settings                    said in private, where the dialogue plays in a group
    + attache.opml                        another message follows by itself, and holds this
    ~ hello                               said, and passed over in silence
    > report.docx                         a file is sent
    # why           a remark
    * digest                              what else happens, by a name that the stage knows

What stands in braces is what the bot says under that key in the language of the dialogue: one script
plays in every language. Values that the bot fills in may be anything, unless one stands behind a bar, as
in {button.days|3}. {language.self} is that language by its own name, {language.another} a different one,
{city.Asia/Tokyo} the city of a zone.
"""
