package org.diskferry.media.fs;

/// A name: an entry of a directory that leads to a [Node].
///
/// @param parent id of the directory that holds it
/// @param name as a person sees it
/// @param child id of the node that it leads to
public record Link(long parent, FileName name, long child) {}
