"""Every operation and an error through boto3; one line of JSON a step.

Arguments: endpoint, CA bundle (or `-` to trust any), region, how to sign (v4 or v2), file of the
manifest (or `-` for no more than a list of jobs).
"""
import json
import sys

import boto3
import botocore.config
import botocore.exceptions

endpoint, bundle, region, signing, manifest_file = sys.argv[1:]
config = botocore.config.Config(
    signature_version="v2" if signing == "v2" else None, retries={"max_attempts": 1}
)
verify = bundle if bundle != "-" else False
client = boto3.client(
    "importexport", region_name=region, endpoint_url=endpoint, verify=verify, config=config
)
wire = []


def watch(request, **_):
    body = request.body if isinstance(request.body, bytes) else str(request.body).encode()
    v4 = "Authorization" in request.headers
    wire.append("v4" if v4 else "v2" if b"SignatureVersion=2" in body else "none")


client.meta.events.register("before-send.importexport", watch)


def step(name, call, /, **parameters):
    try:
        answer = call(**parameters)
        answer.pop("ResponseMetadata")
    except botocore.exceptions.ClientError as e:
        answer = {
            "error": e.response["Error"]["Code"],
            "message": e.response["Error"]["Message"],
            "status": e.response["ResponseMetadata"]["HTTPStatusCode"],
            "class": type(e).__name__,
        }
    print(json.dumps({"step": name, "wire": wire[-1], **answer}, default=str))
    return answer


if manifest_file == "-":
    step("list", client.list_jobs, MaxJobs=1)
    sys.exit()
with open(manifest_file, encoding="utf-8", newline="") as f:
    manifest = f.read()
order = {"JobType": "Import", "Manifest": manifest}
step("validate", client.create_job, ValidateOnly=True, **order)
job = step("create", client.create_job, ValidateOnly=False, **order)["JobId"]
other = step("another", client.create_job, ValidateOnly=False, **order)["JobId"]
step("status", client.get_status, JobId=job)
changed = manifest + "prefix: ä & <ö>~*'()/\r\n"
step("update", client.update_job, JobId=job, JobType="Import", Manifest=changed, ValidateOnly=False)
step("updated", client.get_status, JobId=job)
step("page", client.list_jobs, MaxJobs=1)
step("rest", client.list_jobs, MaxJobs=1, Marker=other)
paged = client.get_paginator("list_jobs").paginate(PaginationConfig={"PageSize": 1, "MaxItems": 2})
print(json.dumps({"step": "paged", "ids": [j["JobId"] for p in paged for j in p["Jobs"]]}))
step("cancel", client.cancel_job, JobId=job)
step("canceled", client.get_status, JobId=job)
step("again", client.cancel_job, JobId=job)
step("unknown", client.get_status, JobId="foo")
step("malformed", client.create_job, JobType="Import", Manifest="INVALID MANIFEST", ValidateOnly=True)
step("few", client.list_jobs, MaxJobs=-1)
step("label", client.get_shipping_label, jobIds=[job, other], name="Jane")
step("cancel the other", client.cancel_job, JobId=other)
session = boto3.client(
    "importexport", region_name=region, endpoint_url=endpoint, verify=verify, config=config,
    aws_session_token="of a session that is over",
)
session.meta.events.register("before-send.importexport", watch)
step("token", session.list_jobs, MaxJobs=1)
