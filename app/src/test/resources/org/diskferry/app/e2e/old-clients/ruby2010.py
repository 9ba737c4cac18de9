"""Every operation and some errors as the Ruby client of 2010 sent them; one line of JSON a step.

It names its action `Operation`, says no version, signs with HMAC-SHA1 at a local time with its
offset, sends a job type with everything, leaves marks unescaped alike in what it signs and what it
sends, and finds elements by the namespace of 2010.

Arguments: endpoint, CA bundle, file of the manifest.
"""
import base64
import datetime
import hashlib
import hmac
import http.client
import json
import os
import ssl
import sys
import urllib.parse
import xml.etree.ElementTree

endpoint, bundle, manifest_file = sys.argv[1:]
authority = urllib.parse.urlsplit(endpoint).netloc
NAMESPACE = "{http://importexport.amazonaws.com/doc/2010-06-01/}"
LEFT_ALONE = ";?@$,[]!'()*-_.~"


def text_of(parameters):
    pairs = sorted(parameters.items())
    return "&".join(name + "=" + urllib.parse.quote(value, safe=LEFT_ALONE) for name, value in pairs)


def signature(secret, host, query):
    text = "\n".join(["POST", host, "/", query])
    mac = hmac.new(secret.encode(), text.encode(), hashlib.sha1)
    return base64.b64encode(mac.digest()).decode()


# What the client's own tests have, so that this is its signature and not one of our making.
PUBLISHED = {
    "AWSAccessKeyId": "ABC-123", "JobType": "Import", "Manifest": "--- {}\n\n",
    "Operation": "CreateJob", "SignatureMethod": "HmacSHA1", "SignatureVersion": "2",
    "Timestamp": "2010-09-20T05:10:35+00:00",
}
REAL = "importexport.amazonaws.com"
assert signature("123-ABC", REAL, text_of(PUBLISHED)) == "hmgL0julWxoVXeYHHqFQAbvmaL4="
assert (signature("123-ABC", REAL, text_of({**PUBLISHED, "ValidateOnly": "true"}))
        == "+OIG/6ouAbS/I2vTQZYFsgUKk3Y=")


def step(name, operation, /, host=authority, signed_host=None, **parameters):
    zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    query = text_of({
        "JobType": "Import",
        **parameters,
        "Operation": operation,
        "AWSAccessKeyId": os.environ["AWS_ACCESS_KEY_ID"],
        "SignatureMethod": "HmacSHA1",
        "SignatureVersion": "2",
        "Timestamp": datetime.datetime.now(zone).replace(microsecond=0).isoformat(),
    })
    mac = signature(os.environ["AWS_SECRET_ACCESS_KEY"], signed_host or host, query)
    body = query + "&Signature=" + urllib.parse.quote(mac, safe="")
    connection = http.client.HTTPSConnection(
        authority, context=ssl.create_default_context(cafile=bundle))
    connection.request("POST", "/", body.encode(), {
        "Host": host, "Content-Type": "application/x-www-form-urlencoded"})
    response = connection.getresponse()
    answer = members(response.status, response.read(), operation)
    assert response.getheader("Date") and response.getheader("x-amzn-RequestId")
    connection.close()
    print(json.dumps({"step": name, "wire": "v2", **answer}))
    return answer


def members(status, body, operation):
    root = xml.etree.ElementTree.fromstring(body)
    if status != 200:
        error = root.find(NAMESPACE + "Error")
        return {"error": error.findtext(NAMESPACE + "Code"),
                "message": error.findtext(NAMESPACE + "Message"), "status": status}
    found = {}
    for child in root.find(NAMESPACE + operation + "Result"):
        name = child.tag[len(NAMESPACE):]
        if name == "Jobs":
            found[name] = [
                {part.tag[len(NAMESPACE):]: part.text for part in job} for job in child]
        elif name in ("Success", "IsTruncated"):
            found[name] = child.text == "true"
        elif name != "ArtifactList":
            found[name] = child.text
    return found


with open(manifest_file, encoding="utf-8", newline="") as f:
    manifest = f.read()
step("validate", "CreateJob", Manifest=manifest, ValidateOnly="true")
job = step("create", "CreateJob", Manifest=manifest)["JobId"]
other = step("another", "CreateJob", Manifest=manifest)["JobId"]
step("status", "GetStatus", JobId=job)
step("update", "UpdateJob", JobId=job, Manifest=manifest + "prefix: ä & <ö>~*'()/\r\n")
step("updated", "GetStatus", JobId=job)
step("page", "ListJobs", MaxJobs="1")
step("rest", "ListJobs", MaxJobs="1", Marker=other)
ids = []
while len(ids) < 2:
    more = {"Marker": ids[-1]} if ids else {}
    ids += [row["JobId"] for row in step("a page", "ListJobs", MaxJobs="1", **more)["Jobs"]]
print(json.dumps({"step": "paged", "ids": ids}))
step("cancel", "CancelJob", JobId=job)
step("canceled", "GetStatus", JobId=job)
step("again", "CancelJob", JobId=job)
step("unknown", "GetStatus", JobId="foo")
step("malformed", "CreateJob", Manifest="INVALID MANIFEST", ValidateOnly="true")
step("few", "ListJobs", MaxJobs="-1")
step("label", "GetShippingLabel", JobIDs=job + "," + other, name="Jane")
step("no manifest", "CreateJob")
step("marks", "CreateJob", Manifest="a;?@$,[]!'()*~: b", ValidateOnly="true")
step("cancel the other", "CancelJob", JobId=other)
# Names that a proxy in front keeps, and ports that one side leaves out.
step("a name of the proxy's", "ListJobs", host="import.example.com")
step("no port", "ListJobs", host="localhost")
step("port said", "ListJobs", host="localhost:443")
step("port said, not sent", "ListJobs", host="localhost", signed_host="localhost:443")
step("port sent, not said", "ListJobs", host=authority, signed_host="localhost")
step("capitals", "ListJobs", host=authority.upper(), signed_host=authority)
step("another name", "ListJobs", host=authority, signed_host="import.example.com")
