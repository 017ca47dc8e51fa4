"""Where phones in the same room reach this machine, and that address as a QR code in a terminal.

Why nothing is sent: the kernel says which of its addresses it would use for a destination when a datagram socket is
connected to one; that alone puts no packet on any wire.
"""

import ipaddress
import socket
from io import StringIO
from urllib.parse import urlsplit

import segno

ELSEWHERE = ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254")
"""Destinations to ask about: one for documentation, which a default route covers, then one of each private network."""


def room_address() -> str | None:
    """This machine's IPv4 address in the network that it is connected to; null where it is in none."""
    return next((address for each in ELSEWHERE if (address := _used_for(each))), None)


def reaches_nobody(address: str) -> bool:
    """Whether an address of a site means, on whatever machine it is opened, that machine itself."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _used_for(destination: str) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((destination, 9))
            address = probe.getsockname()[0]
        except OSError:
            return None
    known = ipaddress.ip_address(address)
    return None if known.is_loopback or known.is_unspecified else address


def in_terminal(address: str) -> str:
    """A QR code of half blocks, to be printed white on black so that a phone reads it on any terminal."""
    drawn = StringIO()
    segno.make(address, error="l", micro=False).terminal(out=drawn, border=2, compact=True)
    return drawn.getvalue().rstrip("\n")
