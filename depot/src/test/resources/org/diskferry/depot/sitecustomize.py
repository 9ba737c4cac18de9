"""Names that end with .test are this machine: read by every Python program that starts beside it."""
import socket

resolved = socket.getaddrinfo


def getaddrinfo(host, *arguments, **more):
    name = host.decode() if isinstance(host, bytes) else host
    return resolved("127.0.0.1" if name and name.endswith(".test") else host, *arguments, **more)


socket.getaddrinfo = getaddrinfo
