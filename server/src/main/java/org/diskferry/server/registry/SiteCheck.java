package org.diskferry.server.registry;

import org.diskferry.job.JobStoreException;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Before the first work: is this the key that the database's texts are sealed under, and does the
/// server keep what it acknowledges?
final class SiteCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SiteCheck.class);

  private SiteCheck() {}

  static void check(Transactions transactions, SiteKey key) throws RegistryException {
    try {
      transactions.<Boolean, RegistryException, RuntimeException>run(
          "check the site's key",
          handle -> {
            checkKey(handle, key);
            checkDurability(handle);
            return true;
          });
    } catch (JobStoreException e) {
      throw new RegistryException("the registry's database cannot be asked", e);
    }
  }

  private static void checkKey(Handle handle, SiteKey key) throws RegistryException {
    handle
        .createUpdate("INSERT INTO registry.site (key_mark) VALUES (:mark) ON CONFLICT DO NOTHING")
        .bind("mark", key.mark())
        .execute();
    String mark =
        handle.createQuery("SELECT key_mark FROM registry.site").mapTo(String.class).one();
    if (!mark.equals(key.mark())) {
      throw new RegistryException(
          "the site key is not the one that this database was made with: restore that key file, or"
              + " use another database");
    }
  }

  private static void checkDurability(Handle handle) {
    for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
      String value =
          handle
              .createQuery("SELECT current_setting(:name)")
              .bind("name", setting)
              .mapTo(String.class)
              .one();
      if (value.equals("off")) {
        LOG.warn("the database runs with {} off: what it acknowledges may be lost", setting);
      }
    }
  }
}
