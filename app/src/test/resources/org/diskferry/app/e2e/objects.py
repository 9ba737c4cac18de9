"""Objects through a proxy, by boto3: ENDPOINT BUNDLE. Prints `done` at the end."""
import os
import ssl
import sys
import urllib.request

import boto3
import boto3.s3.transfer
from botocore.config import Config

endpoint, bundle = sys.argv[1:]
small_parts = boto3.s3.transfer.TransferConfig(multipart_threshold=6 << 20,
                                               multipart_chunksize=5 << 20)
large = os.urandom(11_000_000)
with open("large", "wb") as f:
    f.write(large)
trust = ssl.create_default_context(cafile=bundle)


def fetch(address):
    with urllib.request.urlopen(address, context=trust) as got:
        return got.read()


def journey(bucket, s3):
    s3.create_bucket(Bucket=bucket)
    for key in ("plain", "a//b", "a/./b", "odd é/+ %2F k", "a;b=c&d?e", "x" * 1024):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode(), Metadata={"k": "v", "a_b": "c"},
                      ContentType="text/plain; charset=utf-8")
        got = s3.get_object(Bucket=bucket, Key=key)
        assert got["Body"].read() == key.encode(), key
        assert got["Metadata"] == {"k": "v", "a_b": "c"}, got
    assert fetch(s3.generate_presigned_url(
        "get_object", Params={"Bucket": bucket, "Key": "plain"})) == b"plain"
    s3.upload_file("large", bucket, "large", Config=small_parts)
    s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": "large"})
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == large
    part = s3.get_object(Bucket=bucket, Key="large", Range="bytes=6000000-6000009")
    assert part["Body"].read() == large[6_000_000:6_000_010]
    keys = [each["Key"] for page in s3.get_paginator("list_objects_v2").paginate(
        Bucket=bucket, PaginationConfig={"PageSize": 3}) for each in page["Contents"]]
    assert len(keys) == 8, keys
    s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})
    s3.delete_bucket(Bucket=bucket)


for signing in ("s3v4", "s3"):
    for style in ("path", "virtual"):
        journey("by-" + signing + "-" + style, boto3.client(
            "s3", endpoint_url=endpoint, verify=bundle,
            config=Config(signature_version=signing, s3={"addressing_style": style})))
print("done")
