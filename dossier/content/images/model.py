"""What is known of an image, and what is wrong with one that cannot be shown."""

# annotations are values here, not texts: decoders would evaluate texts again and again
import msgspec


class ImageError(Exception):
    """An image that cannot be shown: what is wrong with it, and the way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class ImageFacts(msgspec.Struct, frozen=True, array_like=True):
    """What a page needs to know of an image, as it is seen; a size of 0 is unknown."""

    format: str
    width: int = 0
    height: int = 0
    moves: bool = False
