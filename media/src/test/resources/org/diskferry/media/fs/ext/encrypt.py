"""Makes a folder with encrypted files by the kernel's own calls (fscrypt): the root of a mounted
ext4 volume is the argument. The key is thrown away."""

import fcntl
import os
import struct
import sys

ADD_KEY = (3 << 30) | (80 << 16) | (ord("f") << 8) | 23
SET_POLICY = (2 << 30) | (12 << 16) | (ord("f") << 8) | 19

root = sys.argv[1]
key = bytearray(struct.pack("<II32sII8I", 2, 0, b"", 64, 0, *([0] * 8)) + os.urandom(64))
fcntl.ioctl(os.open(root, os.O_RDONLY), ADD_KEY, key)

folder = os.path.join(root, "secret")
os.mkdir(folder)
policy = struct.pack("<BBBBB3s16s", 2, 1, 4, 3, 0, b"", bytes(key[8:24]))
fcntl.ioctl(os.open(folder, os.O_RDONLY), SET_POLICY, bytearray(policy))
for i in range(5):
    with open(os.path.join(folder, "file %d" % i), "wb") as file:
        file.write(b"secret" * 1000)
os.mkdir(os.path.join(folder, "folder"))
with open(os.path.join(folder, "folder", "deep"), "wb") as file:
    file.write(b"secret")
os.symlink("target", os.path.join(folder, "link"))
