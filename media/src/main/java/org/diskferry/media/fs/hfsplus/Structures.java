package org.diskferry.media.fs.hfsplus;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;

/// A volume's special files, opened.
///
/// @param remarks what of them cannot be read
record Structures(
    VolumeHeader header,
    Blocks blocks,
    ExtentsFile extents,
    Catalogue catalogue,
    AttributesFile attributes,
    List<String> remarks) {

  private static final String CATALOGUE = "catalogue";

  Structures {
    remarks = List.copyOf(remarks);
  }

  /// @throws MediaException where the catalogue cannot be read at all
  static Structures open(VolumeHeader header, Blocks blocks) throws MediaException {
    List<String> remarks = new ArrayList<>();
    Index overflow = index("extents file", header.extents(), Overflow.NONE, blocks, remarks);
    ExtentsFile extents = new ExtentsFile(overflow);
    Overflow ofCatalogue = extents.of(ExtentsFile.CATALOGUE, ExtentsFile.Which.DATA);
    BTree catalogue = catalogue(header, blocks, ofCatalogue, remarks);
    Overflow ofAttributes = extents.of(ExtentsFile.ATTRIBUTES, ExtentsFile.Which.DATA);
    Index attributes =
        index("attributes file", header.attributesFork(), ofAttributes, blocks, remarks);
    return new Structures(
        header, blocks, extents, new Catalogue(catalogue), new AttributesFile(attributes), remarks);
  }

  // How names are compared is lost with the header: HFSX nearly always does it unit by unit. What
  // depends on it is only how soon the private folders are known.
  private static BTree catalogue(
      VolumeHeader header, Blocks blocks, Overflow overflow, List<String> remarks)
      throws MediaException {
    try {
      return BTree.open(CATALOGUE, blocks, header.catalogue(), overflow, CatalogRecord::lengthAt);
    } catch (MediaException e) {
      String reason = e.localReason();
      try {
        BTree found =
            LostHeader.reassemble(
                CATALOGUE,
                blocks,
                blocks.special(header.catalogue(), overflow),
                header.isExtended(),
                CatalogRecord::lengthAt);
        remarks.add(reason + "; the catalogue is put together from its nodes");
        return found;
      } catch (MediaException none) {
        none.localReason();
        e.addSuppressed(none);
        throw e;
      }
    }
  }

  private static Index index(
      String name, Fork fork, Overflow overflow, Blocks blocks, List<String> remarks)
      throws MediaException {
    if (fork.blocks() == 0) {
      return new Index.None();
    }
    try {
      return BTree.open(name, blocks, fork, overflow, BTreeNode.RecordLength.UNTOLD);
    } catch (MediaException e) {
      String reason = e.localReason();
      remarks.add(reason);
      return new Index.Broken(reason);
    }
  }

  /// The same on another account.
  Structures spending(Budget budget) {
    return new Structures(
        header,
        blocks.spending(budget),
        extents.spending(budget),
        catalogue.spending(budget),
        attributes.spending(budget),
        remarks);
  }

  Budget budget() {
    return blocks.budget();
  }
}
