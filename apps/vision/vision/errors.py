"""What can go wrong, by the names under which the state machine catches it: a class's name is the error's on AWS."""


class VisionError(Exception):
    """An error that is told to the caller as it is."""


class InvalidInput(VisionError):
    """The worker was asked for something that it can't read."""


class PictureNotFound(VisionError):
    """The bucket has no such picture, or doesn't show it."""


class InvalidPicture(VisionError):
    """The bytes are no picture, or one that is too large."""


class EngineNotConfigured(VisionError):
    """The environment doesn't name the engine that is asked for."""


class EngineRefused(VisionError):
    """The engine won't answer this request, however often it is made."""


class EngineAnswerInvalid(VisionError):
    """The engine answered something else than labels."""


class EngineUnavailable(VisionError):
    """The engine can't answer now: the one error that is worth a retry."""
