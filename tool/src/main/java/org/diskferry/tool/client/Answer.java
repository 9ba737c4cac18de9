package org.diskferry.tool.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// The result element of an answer: names to texts, in the order in which they came.
public final class Answer {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private final Element result;

  private Answer(Element result) {
    this.result = result;
  }

  /// The text of the element `name`; empty where the answer has none.
  public Optional<String> text(String name) {
    return child(result, name).map(Element::getTextContent);
  }

  /// The members of the list `name`, each as its own names and texts.
  public List<Map<String, String>> members(String name) {
    List<Map<String, String>> members = new ArrayList<>();
    child(result, name).ifPresent(list -> children(list).forEach(m -> members.add(texts(m))));
    return members;
  }

  /// All that has a text of its own, for JSON.
  public Map<String, String> texts() {
    return texts(result);
  }

  private static Map<String, String> texts(Element parent) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Element child : children(parent)) {
      if (children(child).isEmpty()) {
        texts.put(child.getLocalName(), child.getTextContent());
      }
    }
    return texts;
  }

  /// Reads the body of an answer to `action`.
  ///
  /// @throws ServiceException where it is an error
  /// @throws IOException where it is not what the service answers: a proxy, another server
  static Answer read(String action, int status, byte[] body) throws ServiceException, IOException {
    Element root = parse(status, body);
    Optional<Element> error = child(root, "Error");
    if (error.isPresent()) {
      String code = child(error.get(), "Code").map(Element::getTextContent).orElse("Unknown");
      String message = child(error.get(), "Message").map(Element::getTextContent).orElse("");
      throw new ServiceException(code, message);
    }
    return new Answer(
        child(root, action + "Result")
            .orElseThrow(() -> new IOException("the answer holds no " + action + "Result")));
  }

  private static Element parse(int status, byte[] body) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(NO_DOCTYPE, true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the platform's XML parser cannot be configured", e);
    } catch (SAXException e) {
      throw new IOException(
          "status " + status + ", and the answer is no XML: not this service?", e);
    }
  }

  private static Optional<Element> child(Element parent, String name) {
    return children(parent).stream().filter(e -> e.getLocalName().equals(name)).findFirst();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }
}
