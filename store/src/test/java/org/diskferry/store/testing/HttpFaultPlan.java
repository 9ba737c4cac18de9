package org.diskferry.store.testing;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Decides what befalls each request. Asked by many threads at once.
@FunctionalInterface
public interface HttpFaultPlan {

  /// What befalls this request.
  HttpFault fate(HttpCall call);

  /// All goes well.
  static HttpFaultPlan calm() {
    return _ -> HttpFault.none();
  }

  /// Every request.
  static HttpFaultPlan always(HttpFault fault) {
    return _ -> fault;
  }

  /// The first `count` requests that fit.
  static HttpFaultPlan first(long count, Predicate<HttpCall> fits, HttpFault fault) {
    AtomicLong left = new AtomicLong(count);
    return call -> fits.test(call) && left.getAndDecrement() > 0 ? fault : HttpFault.none();
  }

  /// The first `count` requests.
  static HttpFaultPlan first(long count, HttpFault fault) {
    return first(count, _ -> true, fault);
  }

  /// This plan, and the other for what it lets pass.
  default HttpFaultPlan and(HttpFaultPlan other) {
    return call -> {
      HttpFault fault = fate(call);
      return fault instanceof HttpFault.None ? other.fate(call) : fault;
    };
  }
}
