"""Encrypts an image into a volume that has its headers already, with libgcrypt (AES-256 in XTS mode).

Arguments: plain image, volume. The keys, 64 bytes in hexadecimal digits, come on standard input.
"""

import ctypes
import struct
import sys

LIBRARY = ctypes.CDLL("libgcrypt.so.20")
LIBRARY.gcry_check_version.restype = ctypes.c_char_p
LIBRARY.gcry_check_version(None)

AES256 = 9
XTS = 13
START = 131072
UNIT = 512


def check(error):
    if error:
        raise SystemExit("libgcrypt: error %d" % (error & 0xFFFF))


def main():
    keys = bytes.fromhex(sys.stdin.read())
    handle = ctypes.c_void_p()
    check(LIBRARY.gcry_cipher_open(ctypes.byref(handle), AES256, XTS, 0))
    check(LIBRARY.gcry_cipher_setkey(handle, keys, ctypes.c_size_t(len(keys))))
    with open(sys.argv[1], "rb") as plain, open(sys.argv[2], "r+b") as volume:
        volume.seek(START)
        number = START // UNIT
        while unit := plain.read(UNIT):
            tweak = struct.pack("<QQ", number, 0)
            check(LIBRARY.gcry_cipher_setiv(handle, tweak, ctypes.c_size_t(16)))
            out = ctypes.create_string_buffer(unit, UNIT)
            size = ctypes.c_size_t(UNIT)
            check(LIBRARY.gcry_cipher_encrypt(handle, out, size, None, ctypes.c_size_t(0)))
            volume.write(out.raw)
            number += 1


main()
