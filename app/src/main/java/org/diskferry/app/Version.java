package org.diskferry.app;

import picocli.CommandLine.IVersionProvider;

/// The version that was built, from the jar's manifest.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"diskferry " + (version == null ? "(not packaged)" : version)};
  }
}
