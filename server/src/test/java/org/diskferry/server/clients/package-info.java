/// Real clients against a running service, each as its own process over TLS.
package org.diskferry.server.clients;
