package org.diskferry.media.crypt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Tries one password on several headers with several hashes: one key derivation each, all cascades
/// with it. Of those that open, the first in order counts, whichever is done first.
final class Attempts {
  /// More would take the processor from other bays; a wrong password is in no hurry.
  private static final int MOST_THREADS = 4;

  private final byte[] password;
  private final int pim;
  private final Stop stop;
  private final Effort effort;
  private final AtomicInteger best = new AtomicInteger(Integer.MAX_VALUE);

  /// One derivation.
  ///
  /// @param header as it lies on the medium
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Candidate(Program program, HeaderPlace place, Hash hash, byte[] header) {}

  /// What came of it: a header that is good or bad.
  record Found(Candidate candidate, Cascade cascade, VolumeHeader.Reading reading) {}

  /// @param effort told of every few repetitions
  Attempts(byte[] password, int pim, Stop stop, Effort effort) {
    this.password = password;
    this.pim = pim;
    this.stop = stop;
    this.effort = effort;
  }

  /// What `candidate` costs if nothing opens, in the steps of [Effort].
  static long cost(Candidate candidate, int pim) {
    Hash hash = candidate.hash();
    int longest =
        Cascade.ALL.stream()
            .filter(cascade -> cascade.isOf(candidate.program()))
            .mapToInt(Cascade::keyLength)
            .max()
            .orElseThrow();
    return hash.cost()
        * KeyDerivation.repetitions(hash, hash.iterations(candidate.program(), pim), longest);
  }

  /// The headers that the password decrypts, in order; all of them before the first good one.
  ///
  /// @throws CancellationException when it was stopped
  List<Found> run(List<Candidate> candidates) {
    List<KeyDerivation> derivations = candidates.stream().map(this::derivation).toList();
    try {
      return run(candidates, derivations);
    } finally {
      derivations.forEach(KeyDerivation::close);
    }
  }

  // Keys of one cipher are the beginning of those of a cascade: with every hash the short ones are
  // tried first, because nearly every volume has one cipher.
  private List<Found> run(List<Candidate> candidates, List<KeyDerivation> derivations) {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    List<Future<Optional<Found>>> tries = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("password-", 0).daemon().factory())) {
      for (int stages = 1; stages <= Cascade.MOST_STAGES; stages++) {
        for (int i = 0; i < candidates.size(); i++) {
          int index = tries.size();
          int length = stages;
          Candidate candidate = candidates.get(i);
          KeyDerivation derivation = derivations.get(i);
          tries.add(pool.submit(() -> attempt(index, candidate, length, derivation)));
        }
      }
    }
    if (stop.isWanted()) {
      throw new CancellationException("stopped while a password was tried");
    }
    return tries.stream().flatMap(one -> result(one).stream()).toList();
  }

  private KeyDerivation derivation(Candidate candidate) {
    byte[] salt = Arrays.copyOf(candidate.header(), VolumeHeader.SALT);
    int iterations = candidate.hash().iterations(candidate.program(), pim);
    return new KeyDerivation(candidate.hash(), password, salt, iterations);
  }

  private static Optional<Found> result(Future<Optional<Found>> one) {
    try {
      return one.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a password was tried");
    } catch (ExecutionException e) {
      throw new IllegalStateException("no attempt fails", e);
    }
  }

  private Optional<Found> attempt(
      int index, Candidate candidate, int stages, KeyDerivation derivation) {
    Stop late = () -> stop.isWanted() || best.get() < index;
    try {
      Optional<Found> found = decrypt(candidate, stages, derivation, late);
      if (found.isPresent() && found.get().reading() instanceof VolumeHeader.Reading.Good) {
        best.accumulateAndGet(index, Math::min);
      }
      return found;
    } catch (CancellationException e) {
      return Optional.empty();
    }
  }

  private Optional<Found> decrypt(
      Candidate candidate, int stages, KeyDerivation derivation, Stop late) {
    int cost = candidate.hash().cost();
    for (Cascade cascade : Cascade.ALL) {
      if (cascade.stages().size() == stages && cascade.isOf(candidate.program())) {
        byte[] keys =
            derivation.first(cascade.keyLength(), late, count -> effort.add((long) count * cost));
        VolumeHeader.Reading reading = decrypt(candidate.header(), cascade, keys);
        if (isOf(reading, candidate.program())) {
          return Optional.of(new Found(candidate, cascade, reading));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(VolumeHeader.Reading reading, Program program) {
    return switch (reading) {
      case VolumeHeader.Reading.Good(var header) -> header.program() == program;
      case VolumeHeader.Reading.Bad _ -> true;
      case VolumeHeader.Reading.Foreign _ -> false;
    };
  }

  private static VolumeHeader.Reading decrypt(byte[] header, Cascade cascade, byte[] keys) {
    byte[] body = Arrays.copyOfRange(header, VolumeHeader.SALT, VolumeHeader.LENGTH);
    try {
      XtsCipher.decrypting(cascade, keys).transform(0, body, 0, body.length);
      return VolumeHeader.read(body);
    } finally {
      Arrays.fill(keys, (byte) 0);
      Arrays.fill(body, (byte) 0);
    }
  }
}
