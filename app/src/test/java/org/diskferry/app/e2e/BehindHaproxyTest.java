package org.diskferry.app.e2e;

import org.junit.jupiter.api.Timeout;

@Timeout(600) // a guard against hanging, for each test
class BehindHaproxyTest extends BehindProxySuite {
  BehindHaproxyTest() {
    super(TlsProxy.Kind.HAPROXY);
  }
}
