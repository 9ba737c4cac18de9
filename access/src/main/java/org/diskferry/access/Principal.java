package org.diskferry.access;

/// Somebody who has proven who they are: a user of an account, with the policies that decide what
/// they may do.
///
/// @param account whose resources they act on
/// @param user name within the account
/// @param key the key that the request was signed with
/// @param policies all that apply; without a statement that allows it, nothing is allowed
public record Principal(AccountId account, String user, AccessKeyId key, Policies policies) {}
