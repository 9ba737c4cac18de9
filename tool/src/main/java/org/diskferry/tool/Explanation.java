package org.diskferry.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.diskferry.media.MediaException;

/// What went wrong, for the person at the keyboard: one line for what can happen, everything for
/// what cannot.
final class Explanation {
  private Explanation() {}

  static String of(Exception error) {
    return switch (error) {
      case NoSuchFileException e -> e.getFile() + ": there is no such file";
      case AccessDeniedException e -> e.getFile() + ": you may not open it";
      case IOException e when e.getMessage() != null -> e.getMessage();
      case MediaException e -> e.getMessage();
      default -> trace(error);
    };
  }

  private static String trace(Exception error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return "a mistake of ours, please report it:\n" + text;
  }
}
