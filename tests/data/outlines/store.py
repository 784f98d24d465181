"""A store."""
import os

LIMIT = 10
_cache: dict = {}


def load(path, *, strict=False):
    """Loads it."""
    def inner():
        return path
    return inner()


@decorator
class Store(Base):
    kind = "store"

    def __init__(self, path):
        self.path = path

    @property
    def size(self) -> int:
        return os.path.getsize(self.path)

    async def fetch(self):
        pass


if __name__ == "__main__":
    def main():
        pass
