package org.diskferry.station.dock;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diskferry.job.Secret;
import org.diskferry.job.SignatureFile;
import org.diskferry.job.dispatch.Claim;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.manifest.S3ImportManifest;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.crypt.Headway;
import org.diskferry.media.crypt.Stop;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.fs.fat.CodePages;
import org.diskferry.media.fs.fat.Fat;
import org.diskferry.media.stack.Contents;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.stack.Hints;
import org.diskferry.media.stack.RootFiles;
import org.jspecify.annotations.Nullable;

/// One order's password, and what must be true of a device before it is loaded with it or without.
/// Guide, "Using TrueCrypt Encryption for Import to Amazon S3": what would be erased unread there
/// waits for a person here. Closing wipes the password and all keys.
final class Encryption implements AutoCloseable {
  private static final String SUFFIX = ".tc";

  private final String container;
  private final @Nullable Unlocking unlocking;
  private final Charset codePage;

  /// Asks the server whether a `SIGNATURE` is the job's.
  interface Signing {
    boolean isOfTheJob(SignatureFile file) throws InterruptedException;
  }

  private Encryption(WorkOrder.Load order, @Nullable Unlocking unlocking) {
    this.container = order.job().value() + SUFFIX;
    this.unlocking = unlocking;
    this.codePage = codePage(order.manifest());
  }

  /// The password of `order`; `stop` says when nobody waits for it any more, and `headway` is told
  /// how far trying it is.
  static Encryption of(WorkOrder.Load order, Stop stop, Headway headway) {
    S3ImportManifest manifest = order.manifest();
    Secret secret = manifest.password();
    if (secret == null) {
      return new Encryption(order, null);
    }
    byte[] password = secret.reveal();
    try {
      return new Encryption(order, Unlocking.with(password, pim(manifest), stop, headway));
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  // The manifest's rule lets pass what there is a charset of.
  private static Charset codePage(S3ImportManifest manifest) {
    Integer number = manifest.codePage();
    return number == null ? Fat.CODE_PAGE : CodePages.of(number).orElseThrow();
  }

  // The manifest's rule has seen to it that these are digits of a number that is allowed.
  private static int pim(S3ImportManifest manifest) {
    Secret secret = manifest.pim();
    if (secret == null) {
      return 0;
    }
    byte[] digits = secret.reveal();
    int pim = 0;
    for (byte digit : digits) {
      pim = Math.addExact(Math.multiplyExact(pim, 10), digit - '0');
    }
    Arrays.fill(digits, (byte) 0);
    return pim;
  }

  /// What the device is to be opened with.
  Hints hints() {
    return new Hints(unlocking, container, codePage);
  }

  /// Why the device must not be loaded as it is, for the customer; empty where it may.
  Optional<String> refusal(DeviceStack stack, Signing signing)
      throws MediaException, InterruptedException {
    Optional<String> refusal = unlocking == null ? withoutPassword(stack) : withPassword(stack);
    return refusal.isPresent() || !hasOpened(stack.contents())
        ? refusal
        : signature(stack, signing);
  }

  private Optional<String> withoutPassword(DeviceStack stack) {
    if (partitions(stack.contents()).stream().anyMatch(c -> c instanceof Contents.Container)) {
      return Optional.of(
          container
              + " is encrypted, and the manifest has no trueCryptPassword: add it by UpdateJob");
    }
    return stack.volumes().isEmpty() && isSuspected(stack.contents())
        ? Optional.of(
            "the device holds nothing that is known: it is damaged, foreign, or encrypted, and the"
                + " manifest has no trueCryptPassword: if it is encrypted, add it by UpdateJob")
        : Optional.empty();
  }

  private Optional<String> withPassword(DeviceStack stack) throws MediaException {
    List<Contents> places = partitions(stack.contents());
    if (places.size() > 1) {
      return Optional.of(
          "the manifest has a trueCryptPassword, and the device has %d partitions: it must have one"
              .formatted(places.size()));
    }
    if (!hasOpened(stack.contents())) {
      return Optional.of(notOpened(stack, places));
    }
    List<String> containers = containers(stack);
    return containers.size() > 1
        ? Optional.of("the device has more than one container: " + String.join(", ", containers))
        : Optional.empty();
  }

  private String notOpened(DeviceStack stack, List<Contents> places) throws MediaException {
    for (Contents place : places) {
      Contents inside = place instanceof Contents.Container(_, _, var in) ? in : place;
      switch (inside) {
        case Contents.Unknown(var refused) when refused -> {
          return "the trueCryptPassword does not open it: another password, a PIM (veraCryptPim), a"
              + " keyfile, or no volume of TrueCrypt or VeraCrypt; mend the manifest by UpdateJob";
        }
        case Contents.Damaged(var what, var reason) -> {
          return what + " cannot be opened: " + reason;
        }
        case Contents.Unsupported(var what, var advice) -> {
          return what + " is not supported: " + advice;
        }
        case Contents.Partitioned _, Contents.Files _, Contents.Encrypted _ -> {}
        case Contents.Container _, Contents.NotData _, Contents.Empty _, Contents.Unknown _ -> {}
      }
    }
    List<String> containers = containers(stack);
    return containers.isEmpty()
        ? "the manifest has a trueCryptPassword, and nothing on the device is encrypted: there is no"
            + " encrypted partition and no container "
            + container
        : "the container must be named %s, and the device has %s"
            .formatted(container, String.join(", ", containers));
  }

  private static Optional<String> signature(DeviceStack stack, Signing signing)
      throws MediaException, InterruptedException {
    return switch (Claims.inside(stack)) {
      case Claim.Signed(var job, var signature) ->
          signing.isOfTheJob(new SignatureFile(job, signature))
              ? Optional.empty()
              : Optional.of(
                  "InvalidSignature: the SIGNATURE in the encrypted volume says job %s and is not"
                          .formatted(job)
                      + " that of the job that the device was bound to");
      case Claim.None(var code, var reason) ->
          Optional.of(code + ": in the encrypted volume, " + reason);
      case Claim.Bound _, Claim.Unsigned _, Claim.Entombed _, Claim.Begun _ ->
          throw new IllegalStateException("files show a signature or none");
    };
  }

  // The device, or those of its partitions that may hold data.
  private static List<Contents> partitions(Contents contents) {
    if (!(contents instanceof Contents.Partitioned(_, var parts))) {
      return List.of(contents);
    }
    return parts.stream()
        .map(Contents.Part::contents)
        .filter(c -> !(c instanceof Contents.NotData || c instanceof Contents.Empty))
        .toList();
  }

  private static boolean hasOpened(Contents contents) {
    return switch (contents) {
      case Contents.Encrypted _ -> true;
      case Contents.Container(_, _, var inside) -> hasOpened(inside);
      case Contents.Partitioned(_, var parts) ->
          parts.stream().anyMatch(part -> hasOpened(part.contents()));
      case Contents.Files _, Contents.Damaged _, Contents.Unsupported _ -> false;
      case Contents.NotData _, Contents.Empty _, Contents.Unknown _ -> false;
    };
  }

  /// Whether something on the device may be encrypted and was not opened.
  static boolean isSuspected(Contents contents) {
    return partitions(contents).stream().anyMatch(c -> c instanceof Contents.Unknown);
  }

  /// Names at the tops of the device's file systems that end as containers do.
  static List<String> containers(DeviceStack stack) throws MediaException {
    List<String> names = new ArrayList<>();
    boolean nested = stack.volumes().stream().anyMatch(DataVolume::beside);
    for (DataVolume volume : stack.volumes()) {
      if (nested && !volume.beside()) {
        continue;
      }
      try {
        RootFiles.of(volume.tree(), name -> name.toLowerCase(Locale.ROOT).endsWith(SUFFIX))
            .forEach(file -> names.add(file.name()));
      } catch (MediaException e) {
        if (e.trouble() == Trouble.GONE) {
          throw e;
        }
        // The load says what is wrong with it.
      }
    }
    return names;
  }

  @Override
  public void close() {
    if (unlocking != null) {
      unlocking.close();
    }
  }
}
