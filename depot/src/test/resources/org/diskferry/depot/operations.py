"""Everything that a program does with the depot through boto3. Prints `done` at the end."""
import datetime
import hashlib
import os
import sys
import urllib.error
import urllib.request

import boto3
import boto3.s3.transfer
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, style = sys.argv[1:]
addressing = {"addressing_style": style}
s3 = boto3.client("s3", endpoint_url=endpoint,
                  config=Config(signature_version="s3v4", s3=addressing))
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
if style == "virtual":  # S3 itself takes no path that leads out of its root
    keys = [key for key in keys if not key.startswith("..")]
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

# Completing twice is answered alike, as a client asks that did not hear the answer.
upload = s3.create_multipart_upload(Bucket=B, Key="m", ACL="public-read",
                                    ContentType="x/y", Metadata={"a": "b"})["UploadId"]
parts = [{"PartNumber": 3, "ETag": s3.upload_part_copy(
    Bucket=B, Key="m", UploadId=upload, PartNumber=3, CopySource={"Bucket": B, "Key": "o"},
    CopySourceRange="bytes=0-99999")["CopyPartResult"]["ETag"]}]
first = s3.upload_part(Bucket=B, Key="m", UploadId=upload, PartNumber=2, Body=chunk)["ETag"]
parts.insert(0, {"PartNumber": 2, "ETag": first})
page = s3.list_parts(Bucket=B, Key="m", UploadId=upload, MaxParts=1)
assert page["IsTruncated"] and page["NextPartNumberMarker"] == 2
page = s3.list_parts(Bucket=B, Key="m", UploadId=upload, PartNumberMarker=2)
assert [p["PartNumber"] for p in page["Parts"]] == [3]
fails("InvalidPart", s3.complete_multipart_upload, Bucket=B, Key="m", UploadId=upload,
      MultipartUpload={"Parts": [{"PartNumber": 9, "ETag": first}]})
fails("InvalidPartOrder", s3.complete_multipart_upload, Bucket=B, Key="m", UploadId=upload,
      MultipartUpload={"Parts": parts[::-1]})
twice = [s3.complete_multipart_upload(Bucket=B, Key="m", UploadId=upload,
                                      MultipartUpload={"Parts": parts})["ETag"] for _ in (1, 2)]
assert twice[0] == twice[1]
head = s3.head_object(Bucket=B, Key="m")
assert head["ContentType"] == "x/y" and head["Metadata"] == {"a": "b"}
assert head["ContentLength"] == len(chunk) + 100_000
for key in ("u/1", "u/2", "v"):
    s3.create_multipart_upload(Bucket=B, Key=key)
listed = s3.list_multipart_uploads(Bucket=B, Delimiter="/")
assert [u["Key"] for u in listed["Uploads"]] == ["v"]
assert [p["Prefix"] for p in listed["CommonPrefixes"]] == ["u/"]
seen = []
for page in s3.get_paginator("list_multipart_uploads").paginate(
        Bucket=B, PaginationConfig={"PageSize": 1}):
    seen += [(u["Key"], u["UploadId"]) for u in page["Uploads"]]
assert [key for key, _ in seen] == ["u/1", "u/2", "v"]
pages = []
for page in s3.get_paginator("list_multipart_uploads").paginate(
        Bucket=B, Delimiter="/", PaginationConfig={"PageSize": 1}):
    pages += [p["Prefix"] for p in page.get("CommonPrefixes", [])]
    pages += [u["Key"] for u in page.get("Uploads", [])]
assert pages == ["u/", "v"], pages
for key, upload in seen:
    s3.abort_multipart_upload(Bucket=B, Key=key, UploadId=upload)

# What boto3 itself makes of large files, with checksums of parts.
config = boto3.s3.transfer.TransferConfig(multipart_threshold=6 << 20, multipart_chunksize=5 << 20)
with open("large", "wb") as f:
    f.write(chunk + chunk + b"end")
for algorithm in ("CRC32", "SHA1", "SHA256"):
    s3.upload_file("large", B, "t", Config=config, ExtraArgs={"ChecksumAlgorithm": algorithm})
    told = s3.get_object_attributes(Bucket=B, Key="t", ObjectAttributes=[
        "ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"])
    assert told["Checksum"]["Checksum" + algorithm].endswith("-3"), told
    assert told["ObjectParts"]["TotalPartsCount"] == 3, told
    assert told["ObjectSize"] == 2 * len(chunk) + 3 and told["StorageClass"] == "STANDARD"
    s3.put_object(Bucket=B, Key="one", Body=body, ChecksumAlgorithm=algorithm)
    head = s3.head_object(Bucket=B, Key="one", ChecksumMode="ENABLED")
    assert "Checksum" + algorithm in head, head
    copied = s3.copy_object(Bucket=B, Key="other", CopySource={"Bucket": B, "Key": "o"},
                            ChecksumAlgorithm=algorithm)["CopyObjectResult"]
    assert copied["Checksum" + algorithm] == head["Checksum" + algorithm]
s3.download_file(B, "t", "back", Config=config)
with open("back", "rb") as f:
    assert f.read() == chunk + chunk + b"end"
s3.copy({"Bucket": B, "Key": "t"}, B, "t2", Config=config)
assert s3.head_object(Bucket=B, Key="t2")["ContentLength"] == 2 * len(chunk) + 3
fails("BadDigest", s3.put_object, Bucket=B, Key="bad", Body=b"x", ChecksumSHA256="A" * 43 + "=")
fails("BadDigest", s3.put_object, Bucket=B, Key="bad", Body=b"x", ContentMD5="A" * 22 + "==")
fails("InvalidDigest", s3.put_object, Bucket=B, Key="bad", Body=b"x", ContentMD5="A")

# Listings: any delimiter, prefix, start; ranges; conditions.
for key in ("l/a", "l/b/1", "l/b/2", "l/cXXd", "l/cXXe", "l/é ü"):
    s3.put_object(Bucket=B, Key=key, Body=b"")
listed = s3.list_objects_v2(Bucket=B, Prefix="l/", Delimiter="/")
assert [p["Prefix"] for p in listed["CommonPrefixes"]] == ["l/b/"], listed
listed = s3.list_objects(Bucket=B, Prefix="l/", Delimiter="XX")
assert [p["Prefix"] for p in listed["CommonPrefixes"]] == ["l/cXX"], listed
listed = s3.list_objects_v2(Bucket=B, StartAfter="l/cXXd", Prefix="l/", EncodingType="url")
assert [row["Key"] for row in listed["Contents"]] == ["l/cXXe", "l/%C3%A9%20%C3%BC"], listed
for asked, want in (("bytes=-5", body[-5:]), ("bytes=299990-", body[299990:]),
                    ("bytes=5-5", body[5:6]), ("bytes=299990-999999", body[299990:])):
    got = s3.get_object(Bucket=B, Key="o", Range=asked)
    assert got["Body"].read() == want and got["ResponseMetadata"]["HTTPStatusCode"] == 206, asked
got = s3.get_object(Bucket=B, Key="o", Range="bytes=0-1,5-6")
assert got["ResponseMetadata"]["HTTPStatusCode"] == 200 and got["Body"].read() == body
fails("InvalidRange", s3.get_object, Bucket=B, Key="o", Range="bytes=300000-")
head = s3.head_object(Bucket=B, Key="o")
hour = datetime.timedelta(hours=1)
fails("PreconditionFailed", s3.get_object, Bucket=B, Key="o", IfMatch='"x"')
fails("PreconditionFailed", s3.get_object, Bucket=B, Key="o",
      IfUnmodifiedSince=head["LastModified"] - hour)
fails("304", s3.get_object, Bucket=B, Key="o", IfModifiedSince=head["LastModified"])
s3.get_object(Bucket=B, Key="o", IfMatch=head["ETag"],
              IfUnmodifiedSince=head["LastModified"] - hour)["Body"].read()
fails("PreconditionFailed", s3.copy_object, Bucket=B, Key="c", CopySource={"Bucket": B, "Key": "o"},
      CopySourceIfNoneMatch=head["ETag"])
fails("MetadataTooLarge", s3.put_object, Bucket=B, Key="x", Metadata={"k": "v" * 2048})
s3.put_object(Bucket=B, Key="x", Metadata={"k": "v" * 2047})
s3.copy_object(Bucket=B, Key="x", CopySource={"Bucket": B, "Key": "x"}, Metadata={"n": "m"},
               MetadataDirective="REPLACE", StorageClass="STANDARD_IA")
head = s3.head_object(Bucket=B, Key="x")
assert head["Metadata"] == {"n": "m"} and head["StorageClass"] == "STANDARD_IA"

# Deleting on a condition, which this boto3 knows no argument for.
def only_if(etag):
    def add(request, **_):
        request.headers["If-Match"] = etag
    return add


s3.put_object(Bucket=B, Key="d", Body=b"1")
for etag, code in (('"no"', "PreconditionFailed"), (None, ""), ("*", "PreconditionFailed")):
    add = only_if(etag or s3.head_object(Bucket=B, Key="d")["ETag"])
    s3.meta.events.register("before-sign.s3.DeleteObject", add)
    if code:
        fails(code, s3.delete_object, Bucket=B, Key="d")
    else:
        s3.delete_object(Bucket=B, Key="d")
    s3.meta.events.unregister("before-sign.s3.DeleteObject", add)
s3.delete_object(Bucket=B, Key="d")

# Rules about uploads that nobody completes; what else a rule may say is refused.
rule = {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": "tmp/"},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}
s3.put_bucket_lifecycle_configuration(Bucket=B, LifecycleConfiguration={"Rules": [rule]})
assert s3.get_bucket_lifecycle_configuration(Bucket=B)["Rules"] == [rule]
begun = s3.create_multipart_upload(Bucket=B, Key="tmp/x")
assert begun["AbortRuleId"] == "r" and begun["AbortDate"].year > 2000, begun
s3.abort_multipart_upload(Bucket=B, Key="tmp/x", UploadId=begun["UploadId"])
fails("NotImplemented", s3.put_bucket_lifecycle_configuration, Bucket=B, LifecycleConfiguration={
    "Rules": [{"ID": "e", "Status": "Enabled", "Filter": {"Prefix": ""},
               "Expiration": {"Days": 1}}]})
s3.delete_bucket_lifecycle(Bucket=B)
fails("NoSuchLifecycleConfiguration", s3.get_bucket_lifecycle_configuration, Bucket=B)

# Grants of buckets, and each canned list as it reads back.
for acl, grants in (("private", 1), ("public-read", 2), ("public-read-write", 3),
                    ("authenticated-read", 2), ("bucket-owner-read", 1),
                    ("bucket-owner-full-control", 1)):
    s3.put_object(Bucket=B, Key="acl", Body=b"x", ACL=acl)
    assert len(s3.get_object_acl(Bucket=B, Key="acl")["Grants"]) == grants, acl
s3.put_bucket_acl(Bucket=B, ACL="public-read")
assert len(s3.get_bucket_acl(Bucket=B)["Grants"]) == 2

# What is not there is said to be not.
for call, arguments in (
        (s3.put_bucket_policy, {"Policy": "{}"}), (s3.get_bucket_policy, {}),
        (s3.get_bucket_cors, {}), (s3.get_bucket_encryption, {}), (s3.get_bucket_website, {}),
        (s3.list_object_versions, {}), (s3.get_bucket_replication, {}),
        (s3.put_object_tagging, {"Key": "o", "Tagging": {"TagSet": []}}),
        (s3.put_bucket_versioning, {"VersioningConfiguration": {"Status": "Enabled"}}),
        (s3.put_object, {"Key": "o", "Body": b"", "ServerSideEncryption": "AES256"}),
        (s3.put_object, {"Key": "o", "Body": b"", "Tagging": "a=b"}),
        (s3.put_object, {"Key": "o", "Body": b"", "WebsiteRedirectLocation": "/x"})):
    fails("NotImplemented", call, Bucket=B, **arguments)
fails("AccessDenied", s3.get_object, Bucket=B, Key="o", ExpectedBucketOwner="222222222222")

# Signed as it was before Version 4.
old = boto3.client("s3", endpoint_url=endpoint, config=Config(signature_version="s3", s3=addressing))
old.put_object(Bucket=B, Key="old é/+ k", Body=b"old", ACL="public-read", Metadata={"A": "b"})
assert old.get_object(Bucket=B, Key="old é/+ k")["Body"].read() == b"old"
assert "old é/+ k" in [o["Key"] for o in old.list_objects_v2(Bucket=B, Prefix="old")["Contents"]]
old.upload_file("large", B, "old/large", Config=config)
assert old.head_object(Bucket=B, Key="old/large")["ContentLength"] == 2 * len(chunk) + 3
assert len(old.get_object_acl(Bucket=B, Key="old é/+ k")["Grants"]) == 2
address = old.generate_presigned_url("get_object", ExpiresIn=60, Params={
    "Bucket": B, "Key": "o", "ResponseContentType": "x/z"})
assert "AWSAccessKeyId=" in address and "X-Amz" not in address
with urllib.request.urlopen(address) as got:
    assert got.read() == body and got.headers["Content-Type"] == "x/z"
address = old.generate_presigned_url("put_object", ExpiresIn=60, Params={
    "Bucket": B, "Key": "put", "ACL": "public-read"})
asked = urllib.request.Request(address, b"put", {"Content-Type": ""}, method="PUT")
urllib.request.urlopen(asked).close()
assert urllib.request.urlopen(endpoint + "/" + B + "/put").read() == b"put"
old.delete_objects(Bucket=B, Delete={"Objects": [{"Key": "put"}, {"Key": "old é/+ k"}]})
address = s3.generate_presigned_url("get_object", ExpiresIn=604_801,
                                    Params={"Bucket": B, "Key": "o"})
try:
    urllib.request.urlopen(address)
    raise AssertionError("valid for more than seven days")
except urllib.error.HTTPError as error:
    assert error.code == 400 and b"AuthorizationQueryParametersError" in error.read()

fails("BucketNotEmpty", s3.delete_bucket, Bucket=B)
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=B):
    s3.delete_objects(Bucket=B, Delete={"Objects": [{"Key": o["Key"]} for o in page["Contents"]]})
s3.delete_bucket(Bucket=B)
print("done")
