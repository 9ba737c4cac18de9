"""Makes TrueCrypt and VeraCrypt volumes with libgcrypt: an oracle that shares no code with ours.

One volume a line on standard input, eight fields separated by tabs: program, hash, cascade, PIM (0
for none), password, plain image, volume to write, place of its header (primary, hidden, backup).
Salts and keys are made of the line itself, so that a run repeats. Kuznyechik, which libgcrypt
lacks, is written out below after RFC 7801 and checked against the example of its section 5.5.
"""

import ctypes
import hashlib
import struct
import sys
import zlib

LIBRARY = ctypes.CDLL("libgcrypt.so.20")
LIBRARY.gcry_check_version.restype = ctypes.c_char_p
LIBRARY.gcry_check_version(None)

XTS = 13
PBKDF2 = 34
CIPHERS = {"AES": 9, "Serpent": 306, "Twofish": 10, "Camellia": 312}
# Number in libgcrypt, repetitions of TrueCrypt, of VeraCrypt.
HASHES = {
    "RIPEMD-160": (3, 2000, 655331),
    "SHA-256": (8, None, 500000),
    "SHA-512": (10, 1000, 500000),
    "Whirlpool": (305, 1000, 500000),
    "Streebog": (310, None, 500000),
    "BLAKE2s-256": (322, None, 500000),
}
GROUP = 131072
UNIT = 512


def check(error):
    if error:
        raise SystemExit("libgcrypt: error %d" % (error & 0xFFFF))


class Library:
    """A cipher of libgcrypt in XTS mode."""

    def __init__(self, name, data_key, tweak_key):
        self.handle = ctypes.c_void_p()
        key = data_key + tweak_key
        check(LIBRARY.gcry_cipher_open(ctypes.byref(self.handle), CIPHERS[name], XTS, 0))
        check(LIBRARY.gcry_cipher_setkey(self.handle, key, ctypes.c_size_t(len(key))))

    def encrypt(self, unit, data):
        tweak = struct.pack("<QQ", unit, 0)
        buffer = ctypes.create_string_buffer(data, len(data))
        check(LIBRARY.gcry_cipher_setiv(self.handle, tweak, ctypes.c_size_t(16)))
        size = ctypes.c_size_t(len(data))
        check(LIBRARY.gcry_cipher_encrypt(self.handle, buffer, size, None, ctypes.c_size_t(0)))
        return buffer.raw


class Kuznyechik:
    """RFC 7801, by tables of substitution and linear transformation together."""

    PI = bytes([
        252, 238, 221, 17, 207, 110, 49, 22, 251, 196, 250, 218, 35, 197, 4, 77,
        233, 119, 240, 219, 147, 46, 153, 186, 23, 54, 241, 187, 20, 205, 95, 193,
        249, 24, 101, 90, 226, 92, 239, 33, 129, 28, 60, 66, 139, 1, 142, 79,
        5, 132, 2, 174, 227, 106, 143, 160, 6, 11, 237, 152, 127, 212, 211, 31,
        235, 52, 44, 81, 234, 200, 72, 171, 242, 42, 104, 162, 253, 58, 206, 204,
        181, 112, 14, 86, 8, 12, 118, 18, 191, 114, 19, 71, 156, 183, 93, 135,
        21, 161, 150, 41, 16, 123, 154, 199, 243, 145, 120, 111, 157, 158, 178, 177,
        50, 117, 25, 61, 255, 53, 138, 126, 109, 84, 198, 128, 195, 189, 13, 87,
        223, 245, 36, 169, 62, 168, 67, 201, 215, 121, 214, 246, 124, 34, 185, 3,
        224, 15, 236, 222, 122, 148, 176, 188, 220, 232, 40, 80, 78, 51, 10, 74,
        167, 151, 96, 115, 30, 0, 98, 68, 26, 184, 56, 130, 100, 159, 38, 65,
        173, 69, 70, 146, 39, 94, 85, 47, 140, 163, 165, 125, 105, 213, 149, 59,
        7, 88, 179, 64, 134, 172, 29, 247, 48, 55, 107, 228, 136, 217, 231, 137,
        225, 27, 131, 73, 76, 63, 248, 254, 141, 83, 170, 144, 202, 216, 133, 97,
        32, 113, 103, 164, 45, 43, 9, 91, 203, 155, 37, 208, 190, 229, 108, 82,
        89, 166, 116, 210, 230, 244, 180, 192, 209, 102, 175, 194, 57, 75, 99, 182,
    ])
    WEIGHTS = (148, 32, 133, 16, 194, 192, 1, 251, 1, 192, 194, 16, 133, 32, 148, 1)
    TABLES = None

    @staticmethod
    def times(a, b):
        product = 0
        while b:
            if b & 1:
                product ^= a
            a <<= 1
            if a & 0x100:
                a ^= 0x1C3
            b >>= 1
        return product

    @classmethod
    def linear(cls, block):
        parts = list(block)
        for _ in range(16):
            top = 0
            for part, weight in zip(parts, cls.WEIGHTS):
                top ^= cls.times(part, weight)
            parts = [top] + parts[:-1]
        return bytes(parts)

    @classmethod
    def tables(cls):
        if cls.TABLES is None:
            cls.TABLES = []
            for place in range(16):
                bits = []
                for bit in range(8):
                    unit = bytearray(16)
                    unit[place] = 1 << bit
                    bits.append(int.from_bytes(cls.linear(unit), "big"))
                row = []
                for value in range(256):
                    total = 0
                    for bit in range(8):
                        if cls.PI[value] >> bit & 1:
                            total ^= bits[bit]
                    row.append(total)
                cls.TABLES.append(row)
        return cls.TABLES

    def round(self, state):
        total = 0
        for row, value in zip(self.tables(), state.to_bytes(16, "big")):
            total ^= row[value]
        return total

    def __init__(self, key):
        left = int.from_bytes(key[:16], "big")
        right = int.from_bytes(key[16:], "big")
        self.keys = [left, right]
        for pair in range(4):
            for step in range(8):
                number = bytes(15) + bytes([8 * pair + step + 1])
                constant = int.from_bytes(self.linear(number), "big")
                left, right = self.round(left ^ constant) ^ right, left
            self.keys += [left, right]

    def block(self, data):
        state = int.from_bytes(data, "big")
        for key in self.keys[:9]:
            state = self.round(state ^ key)
        return (state ^ self.keys[9]).to_bytes(16, "big")


class KuznyechikXts:
    def __init__(self, data_key, tweak_key):
        self.data = Kuznyechik(data_key)
        self.tweaks = Kuznyechik(tweak_key)

    def encrypt(self, unit, data):
        tweak = int.from_bytes(self.tweaks.block(struct.pack("<QQ", unit, 0)), "little")
        out = []
        for at in range(0, len(data), 16):
            mask = tweak.to_bytes(16, "little")
            mixed = bytes(a ^ b for a, b in zip(data[at : at + 16], mask))
            out.append(bytes(a ^ b for a, b in zip(self.data.block(mixed), mask)))
            tweak <<= 1
            if tweak >> 128:
                tweak = (tweak ^ 0x87) & (2**128 - 1)
        return b"".join(out)


def self_check():
    key = bytes.fromhex("8899aabbccddeeff0011223344556677fedcba98765432100123456789abcdef")
    plain = bytes.fromhex("1122334455667700ffeeddccbbaa9988")
    if Kuznyechik(key).block(plain).hex() != "7f679d90bebc24305a468d42b9d4edcd":
        raise SystemExit("Kuznyechik differs from RFC 7801")


class Cascade:
    """Named from the last cipher that encrypts to the first; keys lie in the order of encryption."""

    def __init__(self, name, keys):
        order = name.split("-")[::-1]
        count = len(order)
        self.stages = []
        for i, cipher in enumerate(order):
            data_key = keys[32 * i : 32 * (i + 1)]
            tweak_key = keys[32 * (count + i) : 32 * (count + i + 1)]
            if cipher == "Kuznyechik":
                self.stages.append(KuznyechikXts(data_key, tweak_key))
            else:
                self.stages.append(Library(cipher, data_key, tweak_key))

    def encrypt(self, unit, data):
        for stage in self.stages:
            data = stage.encrypt(unit, data)
        return data


def key_length(name):
    return 64 * (name.count("-") + 1)


def derive(password, salt, number, iterations, length):
    out = ctypes.create_string_buffer(length)
    check(
        LIBRARY.gcry_kdf_derive(
            password, ctypes.c_size_t(len(password)), PBKDF2, number,
            salt, ctypes.c_size_t(len(salt)), ctypes.c_ulong(iterations),
            ctypes.c_size_t(length), out,
        )
    )
    return out.raw


def stream(seed, label, length):
    return hashlib.shake_256(seed + label.encode()).digest(length)


def header(program, hidden, size, start, keys):
    keys = keys.ljust(256, b"\0")
    version = {"TrueCrypt": 0x0700, "VeraCrypt": 0x010B}[program]
    body = {"TrueCrypt": b"TRUE", "VeraCrypt": b"VERA"}[program]
    body += struct.pack(">HHI16x", 5, version, zlib.crc32(keys))
    body += struct.pack(">QQQQII", size if hidden else 0, size, start, size, 0, 512)
    body = body.ljust(188, b"\0")
    body += struct.pack(">I", zlib.crc32(body))
    return body + keys


def make(line):
    program, hash_name, cascade, pim, password, plain, target, place = line.rstrip("\n").split("\t")
    seed = line.encode()
    number, true_crypt, vera_crypt = HASHES[hash_name]
    iterations = true_crypt if program == "TrueCrypt" else vera_crypt
    if int(pim):
        iterations = 15000 + 1000 * int(pim)
    with open(plain, "rb") as file:
        data = file.read()
    hidden = place == "hidden"
    # A hidden volume lies at the end of the outer one's area, before the copies of the headers.
    outer = 2 * len(data) if hidden else len(data)
    total = outer + 2 * GROUP
    start = total - GROUP - len(data)
    volume = bytearray(stream(seed, "filling", total))
    keys = stream(seed, "keys", key_length(cascade))
    cipher = Cascade(cascade, keys)
    for at in range(0, len(data), UNIT):
        volume[start + at : start + at + UNIT] = cipher.encrypt(
            (start + at) // UNIT, data[at : at + UNIT]
        )
    offsets = {"primary": [0, total - GROUP], "backup": [total - GROUP], "hidden": [65536]}[place]
    for offset in offsets:
        salt = stream(seed, "salt %d" % offset, 64)
        key = derive(password.encode(), salt, number, iterations, key_length(cascade))
        body = Cascade(cascade, key).encrypt(0, header(program, hidden, len(data), start, keys))
        volume[offset : offset + 512] = salt + body
    with open(target, "wb") as file:
        file.write(volume)


self_check()
for one in sys.stdin:
    make(one)
