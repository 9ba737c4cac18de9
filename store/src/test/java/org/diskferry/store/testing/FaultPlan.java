package org.diskferry.store.testing;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Decides what befalls each call. Asked by many threads at once.
@FunctionalInterface
public interface FaultPlan {

  /// What befalls this call.
  Fault fate(StoreCall call);

  /// All goes well.
  static FaultPlan calm() {
    return _ -> Fault.none();
  }

  /// The n-th call from the first on, and no other.
  static FaultPlan nth(long number, Fault fault) {
    return call -> call.number() == number ? fault : Fault.none();
  }

  /// The n-th call and all after it.
  static FaultPlan from(long number, Fault fault) {
    return call -> call.number() >= number ? fault : Fault.none();
  }

  /// Every call that fits.
  static FaultPlan where(Predicate<StoreCall> fits, Fault fault) {
    return call -> fits.test(call) ? fault : Fault.none();
  }

  /// Every call of these kinds.
  static FaultPlan on(Fault fault, Operation... operations) {
    Set<Operation> chosen = Set.of(operations);
    return where(call -> chosen.contains(call.operation()), fault);
  }

  /// Only the first `count` calls that this plan would strike.
  default FaultPlan atMost(long count) {
    AtomicLong left = new AtomicLong(count);
    return call -> {
      Fault fault = fate(call);
      return fault instanceof Fault.None || left.getAndDecrement() > 0 ? fault : Fault.none();
    };
  }
}
