package org.diskferry.depot.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;
import org.diskferry.depot.index.BucketName;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;

/// CreateBucket. The region is what the client says; it is kept and told, and nothing more.
record CreateBucket(Index index, Authorization authorization) implements Operation {
  /// Where S3 puts a bucket of which nothing is said.
  static final String DEFAULT_REGION = "us-east-1";

  /// A limit of sanity for one account.
  private static final int MOST_BUCKETS = 1000;

  private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d{1,2}");

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    BucketName name = call.bucket();
    authorization.checkAccount(call, "s3:CreateBucket", name.value());
    if (!call.header("x-amz-bucket-object-lock-enabled").isEmpty()) {
      throw new S3Fault(S3Code.NotImplemented, "Object lock is not supported.");
    }
    AccountId owner = call.account();
    String region = region(call);
    Acl acl = AclRequest.ofHeaders(call.request(), owner, owner);
    if (index.buckets().of(owner).size() >= MOST_BUCKETS) {
      throw new S3Fault(S3Code.TooManyBuckets);
    }
    create(name, owner, region, acl, call);
    return new Answer.Bare(200, new Answer.Fields().put("location", "/" + name).map());
  }

  private void create(BucketName name, AccountId owner, String region, Acl acl, Call call)
      throws IOException, Rejected {
    try {
      index.buckets().create(name, owner, region, acl, call.at());
    } catch (Rejected e) {
      if (e.why() != Rejected.Why.BUCKET_EXISTS) {
        throw e;
      }
      boolean mine =
          index.buckets().find(name).filter(bucket -> bucket.owner().equals(owner)).isPresent();
      throw new S3Fault(mine ? S3Code.BucketAlreadyOwnedByYou : S3Code.BucketAlreadyExists);
    }
  }

  private static String region(Call call) throws IOException {
    byte[] document = call.documentBytes();
    if (document.length == 0) {
      return DEFAULT_REGION;
    }
    XmlElement root = XmlReader.read(new String(document, StandardCharsets.UTF_8));
    String region = root.value("LocationConstraint");
    return switch (region) {
      case "" -> DEFAULT_REGION;
      case "EU" -> "eu-west-1";
      default -> {
        if (!REGION.matcher(region).matches()) {
          throw new S3Fault(S3Code.InvalidLocationConstraint);
        }
        yield region;
      }
    };
  }
}
