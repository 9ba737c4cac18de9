package org.diskferry.job.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the YAML that a manifest may use: one document of scalars, lists and mappings, no name
/// twice, no anchors, aliases or tags, no deeper than the options go. No type is guessed.
final class YamlTree {
  /// Lists and mappings inside one another: the manifest, `operations`, one operation, and one more
  /// for what people leave in brackets there.
  private static final int DEEPEST = 4;

  private final SourceText source;
  private final Iterator<Event> events;

  /// Index into the text of the code point that the parser counted to last, since it counts code
  /// points and the text has chars.
  private int countedPoints;

  private int countedChars;

  private YamlTree(SourceText source) {
    this.source = source;
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(ManifestText.LONGEST + 1).build();
    this.events = new Parse(settings).parseString(source.text()).iterator();
  }

  /// The value that the text is.
  static Value read(SourceText source) throws MalformedException {
    try {
      return new YamlTree(source).document();
    } catch (MarkedYamlEngineException e) {
      throw YamlTrouble.explain(source, e);
    } catch (YamlEngineException e) {
      throw new MalformedException(1, "the text is no YAML");
    }
  }

  private Value document() throws MalformedException {
    expect(Event.ID.StreamStart);
    Event start = events.next();
    if (start.getEventId() == Event.ID.StreamEnd) {
      throw new MalformedException(1, "the manifest is empty");
    }
    Value root = value(events.next(), 0);
    expect(Event.ID.DocumentEnd);
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw new MalformedException(line(end), "a second document begins; a manifest is one");
    }
    return root;
  }

  private void expect(Event.ID id) {
    Event event = events.next();
    if (event.getEventId() != id) {
      throw new IllegalStateException("the parser gave " + event.getEventId() + " for " + id);
    }
  }

  private Value value(Event event, int depth) throws MalformedException {
    if (event instanceof AliasEvent) {
      throw new MalformedException(
          line(event), "an alias (*) is not possible; enclose the value in double quotes");
    }
    if (event instanceof NodeEvent node) {
      refuseAnchor(node.getAnchor(), event);
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), event);
      refuseHalves(scalar);
      return new Value.Text(scalar.getValue(), scalar.isPlain(), span(event));
    }
    if (!(event instanceof CollectionStartEvent collection)) {
      throw new IllegalStateException("the parser gave " + event.getEventId() + " for a value");
    }
    refuseTag(collection.getTag(), event);
    if (depth == DEEPEST) {
      throw new MalformedException(line(event), "nested deeper than any option goes");
    }
    return event instanceof MappingStartEvent
        ? entries(event, depth + 1)
        : items(collection, depth + 1);
  }

  private Value items(CollectionStartEvent start, int depth) throws MalformedException {
    int from = charIndex(start);
    List<Value> items = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(value(event, depth));
      event = events.next();
    }
    return new Value.Items(List.copyOf(items), start.isFlow(), closed(from, start, event));
  }

  private Value entries(Event start, int depth) throws MalformedException {
    int from = charIndex(start);
    List<Value.Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      Value.Text name = name(event);
      if (!names.add(name.text())) {
        throw new MalformedException(name.line(), Shown.clip(name.text()) + " is there twice");
      }
      entries.add(new Value.Entry(name, value(events.next(), depth)));
      event = events.next();
    }
    return new Value.Entries(List.copyOf(entries), closed(from, start, event));
  }

  private Value.Text name(Event event) throws MalformedException {
    boolean scalar = event instanceof ScalarEvent || event instanceof AliasEvent;
    if (scalar && value(event, DEEPEST) instanceof Value.Text name) {
      return name;
    }
    throw new MalformedException(line(event), "a name is expected before the colon");
  }

  private static void refuseAnchor(Optional<Anchor> anchor, Event event) throws MalformedException {
    if (anchor.isPresent()) {
      throw new MalformedException(
          line(event), "an anchor (&) is not possible; enclose the value in double quotes");
    }
  }

  /// An escape between quotes can make half a character, which has no UTF-8.
  private static void refuseHalves(ScalarEvent scalar) throws MalformedException {
    boolean half =
        scalar.getValue().codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    if (half) {
      throw new MalformedException(line(scalar), "there is half a character");
    }
  }

  private static void refuseTag(Optional<String> tag, Event event) throws MalformedException {
    if (tag.isPresent()) {
      throw new MalformedException(
          line(event), "a tag (!) is not possible; enclose the value in double quotes");
    }
  }

  private Value.Span span(Event event) {
    int from = charIndex(event);
    return new Value.Span(from, charIndex(mark(event.getEndMark()).getIndex()), line(event));
  }

  private Value.Span closed(int from, Event start, Event end) {
    return new Value.Span(from, charIndex(mark(end.getEndMark()).getIndex()), line(start));
  }

  private int charIndex(Event event) {
    return charIndex(mark(event.getStartMark()).getIndex());
  }

  /// Marks mostly grow, so counting goes on from the last one.
  private int charIndex(int point) {
    countedChars = source.text().offsetByCodePoints(countedChars, point - countedPoints);
    countedPoints = point;
    return countedChars;
  }

  private static int line(Event event) {
    return mark(event.getStartMark()).getLine() + 1;
  }

  private static Mark mark(Optional<Mark> mark) {
    return mark.orElseThrow(() -> new IllegalStateException("the parser was told to keep marks"));
  }
}
