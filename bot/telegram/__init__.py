"""The only modules that know Telegram: updates in, replies and digests out.

``app`` puts a running bot together. An update comes in at the ``desk``, in its chat's turn (``turns``), and
goes to ``messages`` or ``presses`` (of buttons); ``clerk`` checks what the person may do and hands the
command's reply to ``replies``. ``messenger`` sends digests and says what Telegram's errors mean for them;
``pace`` keeps all calls within Telegram's limits, over ``request``, the HTTP transport.
"""
