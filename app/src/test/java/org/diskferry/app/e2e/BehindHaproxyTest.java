package org.diskferry.app.e2e;

import org.junit.jupiter.api.Timeout;

@Timeout(300)
class BehindHaproxyTest extends BehindProxySuite {
  BehindHaproxyTest() {
    super(TlsProxy.Kind.HAPROXY);
  }
}
