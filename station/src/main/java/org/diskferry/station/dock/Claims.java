package org.diskferry.station.dock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.job.JobId;
import org.diskferry.job.SignatureFile;
import org.diskferry.job.dispatch.Claim;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.media.stack.Contents;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.wipe.Eraser;
import org.diskferry.media.wipe.Tombstone;
import org.diskferry.mkfs.partition.FillMark;
import org.jspecify.annotations.Nullable;

/// Finds out which job a device says that it belongs to.
final class Claims {
  private static final String NAME = "SIGNATURE";
  private static final String INVALID = "InvalidSignature";
  private static final String MISSING = "MissingSignature";

  private Claims() {}

  /// The claim of a device with these layers. `binding` is what the operator says; null where
  /// nobody does.
  static Claim of(BlockSource device, DeviceStack stack, @Nullable JobId binding)
      throws MediaException {
    Optional<Tombstone> tombstone = Eraser.interrupted(device);
    if (tombstone.isPresent()) {
      return entombed(tombstone.get());
    }
    Optional<FillMark> mark = FillMark.read(device);
    if (mark.isPresent()) {
      return begun(mark.get());
    }
    if (stack.contents() instanceof Contents.Empty) {
      return binding != null
          ? new Claim.Bound(binding)
          : new Claim.None("Blank", "the device reads zero where anything known would begin");
    }
    List<DataVolume> volumes = stack.volumes();
    if (volumes.isEmpty()) {
      return binding == null
          ? new Claim.None(MISSING, "no file system that can be read; bind it to its job to go on")
          : new Claim.Bound(binding);
    }
    Claim claim = signed(volumes);
    if (claim instanceof Claim.None(var code, var reason) && code.equals(MISSING)) {
      List<String> containers = Encryption.containers(stack);
      if (binding != null && (!containers.isEmpty() || Encryption.isSuspected(stack.contents()))) {
        return new Claim.Bound(binding);
      }
      if (!containers.isEmpty()) {
        String hint = "; if it is inside " + containers.getFirst() + ", bind it to its job";
        return new Claim.None(code, reason + hint);
      }
    }
    return agreed(claim, binding);
  }

  /// What the volumes say that were opened by a password.
  static Claim inside(DeviceStack stack) throws MediaException {
    return signed(stack.volumes().stream().filter(volume -> !volume.beside()).toList());
  }

  private static Claim entombed(Tombstone tombstone) {
    return JobId.typed(tombstone.job())
        .<Claim>map(job -> new Claim.Entombed(job, tombstone.proof(), tombstone.mac()))
        .orElseGet(() -> new Claim.None(INVALID, "the tombstone names no job"));
  }

  private static Claim begun(FillMark mark) {
    return JobId.typed(mark.job())
        .<Claim>map(job -> new Claim.Begun(job, mark.mac()))
        .orElseGet(() -> new Claim.None(INVALID, "the mark of its filling names no job"));
  }

  // What the operator says must agree with what the device says.
  private static Claim agreed(Claim claim, @Nullable JobId binding) {
    if (binding == null) {
      return claim;
    }
    return switch (claim) {
      case Claim.Signed(var job, _) when !job.equals(binding) ->
          new Claim.Unsigned(
              binding, INVALID, "SIGNATURE says job " + job + ", the operator says job " + binding);
      case Claim.None(var code, var reason) -> new Claim.Unsigned(binding, code, reason);
      case Claim.Signed _, Claim.Bound _, Claim.Unsigned _, Claim.Entombed _, Claim.Begun _ ->
          claim;
    };
  }

  private static Claim signed(List<DataVolume> volumes) throws MediaException {
    List<Claim> found = new ArrayList<>();
    String nearest = "";
    for (DataVolume volume : volumes) {
      RootFiles root = look(volume);
      if (root.exact >= 0) {
        found.add(read(volume, root.exact));
      }
      nearest = nearest.isEmpty() ? root.nearest : nearest;
    }
    if (found.isEmpty()) {
      String hint = nearest.isEmpty() ? "" : "; " + nearest + " must be renamed to " + NAME;
      return new Claim.None(MISSING, "there is no file " + NAME + " at the top of the disk" + hint);
    }
    if (found.stream().distinct().count() > 1) {
      return new Claim.None(INVALID, "two partitions have a different " + NAME);
    }
    return found.getFirst();
  }

  // A volume that cannot be walked shows no claim; the load will say what is wrong with it.
  private static RootFiles look(DataVolume volume) throws MediaException {
    RootFiles root = new RootFiles(volume.tree().root());
    try {
      volume.tree().scan(root);
    } catch (MediaException e) {
      if (e.trouble() == MediaException.Trouble.GONE) {
        throw e;
      }
    }
    return root;
  }

  private static Claim read(DataVolume volume, long id) throws MediaException {
    ContentReader reader = new ContentReader(volume.bytes(), volume.tree().content(id));
    byte[] content = new byte[(int) Math.min(reader.size(), SignatureFile.LONGEST + 1L)];
    try {
      reader.read(0, ByteBuffer.wrap(content));
    } catch (MediaException e) {
      if (e.trouble() == MediaException.Trouble.GONE) {
        throw e;
      }
      return new Claim.None(INVALID, NAME + " cannot be read: " + e.getMessage());
    }
    return switch (SignatureFile.read(content)) {
      case SignatureFile.Reading.Signed(var file) -> new Claim.Signed(file.job(), file.signature());
      case SignatureFile.Reading.Malformed(var reason) -> new Claim.None(INVALID, reason);
    };
  }

  /// What stands at the top of a volume under the name, or nearly.
  private static final class RootFiles implements FileTree.Visitor {
    private final long root;
    private long exact = -1;
    private String nearest = "";

    private RootFiles(long root) {
      this.root = root;
    }

    @Override
    public void link(Link link) {
      if (link.parent() != root || !link.name().isValid()) {
        return;
      }
      String name = new String(link.name().bytes(), StandardCharsets.UTF_8);
      if (name.equals(NAME)) {
        exact = link.child();
      } else if (name.equalsIgnoreCase(NAME) || name.equalsIgnoreCase(NAME + ".txt")) {
        nearest = name;
      }
    }

    @Override
    public void node(Node node) {
      // Which node it is says the link; what it holds says its content.
    }

    @Override
    public void damage(Damage damage) {
      // The load reports what is damaged; here only the claim is looked for.
    }
  }
}
