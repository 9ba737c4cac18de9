package org.diskferry.app.e2e;

import org.junit.jupiter.api.Timeout;

@Timeout(600) // a guard against hanging, for each test
class BehindNginxTest extends BehindProxySuite {
  BehindNginxTest() {
    super(TlsProxy.Kind.NGINX);
  }
}
