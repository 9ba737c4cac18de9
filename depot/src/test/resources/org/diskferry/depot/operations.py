"""Everything that a program does with the depot through boto3. Prints `done` at the end."""
import hashlib
import os
import sys
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint = sys.argv[1]
s3 = boto3.client("s3", endpoint_url=endpoint, config=Config(signature_version="s3v4"))
B = "by-boto3"


def fails(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return
    raise AssertionError("expected " + code)


s3.create_bucket(Bucket=B, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
assert s3.get_bucket_location(Bucket=B)["LocationConstraint"] == "eu-west-1"
assert s3.head_bucket(Bucket=B)["ResponseMetadata"]["HTTPStatusCode"] == 200
assert B in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
fails("BucketAlreadyOwnedByYou", s3.create_bucket, Bucket=B,
      CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})

keys = ["a//b", "a/./b", "../x", "%2F", "a\\b", "\U0001F600", "new\nline", " lead", "trail ", "a/",
        "a", "\x01\x02", "q?x=1&y", "plus+", "é", "#h", ";p=1", "..", ".", "x" * 1024, "tab\t",
        "cr\rx", "<&>\"'"]
for key in keys:
    s3.put_object(Bucket=B, Key=key, Body=key.encode())
for key in keys:
    assert s3.get_object(Bucket=B, Key=key)["Body"].read() == key.encode(), key
for name in ("list_objects", "list_objects_v2"):
    listed = []
    for page in s3.get_paginator(name).paginate(Bucket=B, PaginationConfig={"PageSize": 5}):
        listed += [row["Key"] for row in page["Contents"]]
    assert listed == sorted(keys, key=lambda key: key.encode()), listed
gone = s3.delete_objects(Bucket=B, Delete={"Objects": [{"Key": key} for key in keys]})
assert len(gone["Deleted"]) == len(keys) and "Errors" not in gone
assert s3.list_objects_v2(Bucket=B)["KeyCount"] == 0

body = os.urandom(300_000)
s3.put_object(Bucket=B, Key="o", Body=body, ContentType="text/plain; charset=utf-8",
              CacheControl="no-cache", ContentEncoding="gzip", ContentLanguage="de",
              ContentDisposition="inline", Metadata={"k": "v"}, ACL="public-read",
              StorageClass="REDUCED_REDUNDANCY")
head = s3.head_object(Bucket=B, Key="o")
assert head["ETag"] == '"' + hashlib.md5(body).hexdigest() + '"'
assert head["ContentType"] == "text/plain; charset=utf-8", head
assert head["Metadata"] == {"k": "v"}
assert head["StorageClass"] == "REDUCED_REDUNDANCY"
assert urllib.request.urlopen(endpoint + "/" + B + "/o").read() == body
part = s3.get_object(Bucket=B, Key="o", Range="bytes=100-199")
assert part["Body"].read() == body[100:200] and part["ContentRange"] == "bytes 100-199/300000"
fails("304", s3.get_object, Bucket=B, Key="o", IfNoneMatch=head["ETag"])
fails("NoSuchKey", s3.get_object, Bucket=B, Key="none")
fails("404", s3.head_object, Bucket=B, Key="none")
fails("NoSuchBucket", s3.list_objects_v2, Bucket="no-such-bucket")
s3.copy_object(Bucket=B, Key="c", CopySource={"Bucket": B, "Key": "o"})
assert s3.get_object(Bucket=B, Key="c")["Body"].read() == body
s3.put_object_acl(Bucket=B, Key="o", ACL="private")
assert s3.get_object_tagging(Bucket=B, Key="o")["TagSet"] == []
assert len(s3.get_object_acl(Bucket=B, Key="o")["Grants"]) == 1
try:
    urllib.request.urlopen(endpoint + "/" + B + "/o")
    raise AssertionError("a private object was read")
except urllib.error.HTTPError as error:
    assert error.code == 403
address = s3.generate_presigned_url("get_object", Params={"Bucket": B, "Key": "o"})
assert urllib.request.urlopen(address).read() == body

upload = s3.create_multipart_upload(Bucket=B, Key="m")["UploadId"]
chunk = os.urandom(5 * 1024 * 1024)
parts = []
for number, bytes_ in ((1, chunk), (2, b"end")):
    etag = s3.upload_part(Bucket=B, Key="m", UploadId=upload, PartNumber=number, Body=bytes_)["ETag"]
    parts.append({"PartNumber": number, "ETag": etag})
assert [p["Size"] for p in s3.list_parts(Bucket=B, Key="m", UploadId=upload)["Parts"]] == [5242880, 3]
assert len(s3.list_multipart_uploads(Bucket=B)["Uploads"]) == 1
done = s3.complete_multipart_upload(Bucket=B, Key="m", UploadId=upload,
                                    MultipartUpload={"Parts": parts})
assert done["ETag"].endswith('-2"')
assert s3.get_object(Bucket=B, Key="m")["Body"].read() == chunk + b"end"
upload = s3.create_multipart_upload(Bucket=B, Key="x")["UploadId"]
s3.abort_multipart_upload(Bucket=B, Key="x", UploadId=upload)
fails("NoSuchUpload", s3.list_parts, Bucket=B, Key="x", UploadId=upload)

fails("BucketNotEmpty", s3.delete_bucket, Bucket=B)
for key in ("o", "c", "m"):
    s3.delete_object(Bucket=B, Key=key)
s3.delete_bucket(Bucket=B)
print("done")
