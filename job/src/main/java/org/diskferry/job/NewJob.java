package org.diskferry.job;

/// What a customer asks for.
///
/// @param account whose job it will be
/// @param user who asks, within the account
/// @param type which way the data goes
/// @param manifest as submitted, found good
public record NewJob(Account account, Confidential user, JobType type, Confidential manifest) {}
