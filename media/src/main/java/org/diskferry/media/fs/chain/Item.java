package org.diskferry.media.fs.chain;

import java.time.Instant;
import org.diskferry.media.fs.FileName;

/// A file or a directory as the directory that holds it describes it.
///
/// @param id unique on the volume: by it the same record is found again
/// @param name as a person sees it
/// @param isDirectory whether it is one
/// @param storage where its bytes are, as it claims
/// @param modified when its content last changed
public record Item(
    long id, FileName name, boolean isDirectory, Storage storage, Instant modified) {}
