package org.diskferry.media.crypt;

import java.util.List;
import java.util.stream.Collectors;

/// One cipher, or several one after the other, each in XTS mode with keys of its own.
///
/// The programs name a cascade from the last cipher that encrypts to the first; its keys lie in the
/// order of encryption, first those for the data, then those for the tweaks.
///
/// @param stages in the order of encryption
/// @param program that had it first; VeraCrypt has those of TrueCrypt as well
record Cascade(List<Algorithm> stages, Program program) {

  /// All that the programs offer for new volumes, the likeliest first.
  static final List<Cascade> ALL =
      List.of(
          of(Program.TRUECRYPT, Algorithm.AES),
          of(Program.TRUECRYPT, Algorithm.SERPENT),
          of(Program.TRUECRYPT, Algorithm.TWOFISH),
          of(Program.VERACRYPT, Algorithm.CAMELLIA),
          of(Program.VERACRYPT, Algorithm.KUZNYECHIK),
          of(Program.TRUECRYPT, Algorithm.TWOFISH, Algorithm.AES),
          of(Program.TRUECRYPT, Algorithm.SERPENT, Algorithm.TWOFISH, Algorithm.AES),
          of(Program.TRUECRYPT, Algorithm.AES, Algorithm.SERPENT),
          of(Program.TRUECRYPT, Algorithm.AES, Algorithm.TWOFISH, Algorithm.SERPENT),
          of(Program.TRUECRYPT, Algorithm.SERPENT, Algorithm.TWOFISH),
          of(Program.VERACRYPT, Algorithm.KUZNYECHIK, Algorithm.CAMELLIA),
          of(Program.VERACRYPT, Algorithm.TWOFISH, Algorithm.KUZNYECHIK),
          of(Program.VERACRYPT, Algorithm.SERPENT, Algorithm.CAMELLIA),
          of(Program.VERACRYPT, Algorithm.AES, Algorithm.KUZNYECHIK),
          of(Program.VERACRYPT, Algorithm.CAMELLIA, Algorithm.SERPENT, Algorithm.KUZNYECHIK));

  /// Most ciphers of a cascade.
  static final int MOST_STAGES = 3;

  /// Most bytes of keys that a cascade takes: two for each cipher.
  static final int MOST_KEYS = MOST_STAGES * 2 * Algorithm.KEY;

  Cascade {
    stages = List.copyOf(stages);
  }

  static Cascade of(Program program, Algorithm... stages) {
    return new Cascade(List.of(stages), program);
  }

  /// Bytes of all its keys.
  int keyLength() {
    return stages.size() * 2 * Algorithm.KEY;
  }

  /// Whether volumes of `program` may have it.
  boolean isOf(Program by) {
    return program == Program.TRUECRYPT || by == Program.VERACRYPT;
  }

  /// As the programs write it.
  String word() {
    return stages.reversed().stream().map(Algorithm::word).collect(Collectors.joining("-"));
  }
}
