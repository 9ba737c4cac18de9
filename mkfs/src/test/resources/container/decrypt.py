"""Decrypts the data of a TrueCrypt or VeraCrypt container by a library of its own.

Arguments: the container, where the plain bytes go, and either `key` and the master key in hex, or
`password` and VeraCrypt's password, from which the master key is made as its documentation says:
PBKDF2 with HMAC-SHA512, 500,000 times, for AES-256 in XTS mode.
"""

import hashlib
import sys

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

UNIT = 512
GROUP = 128 << 10


def units(data, first, key):
    plain = bytearray()
    for i in range(0, len(data), UNIT):
        tweak = (first + i // UNIT).to_bytes(16, "little")
        decryptor = Cipher(algorithms.AES(key), modes.XTS(tweak)).decryptor()
        plain += decryptor.update(data[i : i + UNIT]) + decryptor.finalize()
    return plain


def master_key(container, password):
    header = container.read(UNIT)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), header[:64], 500_000, 64)
    # What is encrypted is one unit, the first.
    body = Cipher(algorithms.AES(key), modes.XTS(bytes(16))).decryptor().update(header[64:])
    if body[:4] != b"VERA":
        raise SystemExit("the password does not open the header")
    return body[192 : 192 + 64]


def main():
    path, target, by, secret = sys.argv[1:]
    with open(path, "rb") as container, open(target, "wb") as plain:
        key = bytes.fromhex(secret) if by == "key" else master_key(container, secret)
        end = container.seek(0, 2) - GROUP
        at = container.seek(GROUP)
        while at < end:
            data = container.read(min(1 << 20, end - at))
            plain.write(units(data, at // UNIT, key))
            at += len(data)


main()
