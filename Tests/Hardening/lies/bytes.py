"""Changing bytes."""


def put(content, place, piece):
    return content[:place] + piece + content[place + len(piece) :]
