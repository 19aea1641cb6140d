"""How sending a message can fail."""


class GatewayDown(Exception):
    """Not now: the gateway does not answer or asks to come later. The message stays in the outbox."""


class MessageRefused(Exception):
    """Not ever: the gateway will not take this message, however often it is tried."""
