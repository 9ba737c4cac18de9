/// How the operator's verbs reach the running service: a socket in the home folder, one line of
/// JSON each way. Who may open the socket is the operator; there is no other check.
@NullMarked
package org.diskferry.app.operator;

import org.jspecify.annotations.NullMarked;
