package org.diskferry.app.e2e;

import org.junit.jupiter.api.Timeout;

@Timeout(300)
class BehindNginxTest extends BehindProxySuite {
  BehindNginxTest() {
    super(TlsProxy.Kind.NGINX);
  }
}
