package org.diskferry.app.service;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.diskferry.access.AccountId;
import org.diskferry.access.Credentials;
import org.diskferry.access.policy.PolicyException;
import org.diskferry.app.home.PrivateFile;
import org.diskferry.server.registry.Member;
import org.diskferry.server.registry.Members;
import org.diskferry.server.registry.RegistryException;

/// A user whose keys are kept in the home folder: the first customer, and the service itself.
///
/// @param account whose user it is
/// @param credentials to sign with
record LocalUser(AccountId account, Credentials credentials) {
  private static final String POLICY = "everything";

  /// What may be done: all jobs and all objects of the account.
  private static final String EVERYTHING =
      """
      {"Version": "2012-10-17",
       "Statement": [{"Effect": "Allow", "Action": ["importexport:*", "s3:*"], "Resource": "*"}]}
      """;

  /// The user that `file` speaks of; made, with an account of its own, where there is no such file.
  ///
  /// @param name of account and user
  static LocalUser readOrCreate(Path file, String name, Members members)
      throws IOException, RegistryException {
    if (Files.exists(file)) {
      return read(file);
    }
    Member member = new Member(members.createAccount(name), name);
    members.createUser(member);
    try {
      members.putPolicy(member, POLICY, EVERYTHING);
    } catch (PolicyException e) {
      throw new IllegalStateException("our own policy is none", e);
    }
    LocalUser user = new LocalUser(member.account(), members.createKey(member));
    user.write(file);
    return user;
  }

  private static LocalUser read(Path file) throws IOException {
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      lines.load(reader);
    }
    return new LocalUser(
        new AccountId(lines.getProperty("accountId", "")),
        Credentials.of(lines.getProperty("accessKeyId", ""), lines.getProperty("secretKey", "")));
  }

  private void write(Path file) throws IOException {
    String secret = new String(credentials.secret().bytes(), StandardCharsets.UTF_8);
    String text =
        "accountId: %s%naccessKeyId: %s%nsecretKey: %s%n"
            .formatted(account, credentials.id(), secret);
    PrivateFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
