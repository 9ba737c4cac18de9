package org.diskferry.station.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.diskferry.store.ObjectStore;

/// Counts how many requests a store has at once.
final class Crowd {
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final ObjectStore counting;

  Crowd(ObjectStore store) {
    this.counting =
        (ObjectStore)
            Proxy.newProxyInstance(
                Crowd.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getTargetException();
                  } finally {
                    now.decrementAndGet();
                  }
                });
  }

  ObjectStore store() {
    return counting;
  }

  int most() {
    return most.get();
  }
}
