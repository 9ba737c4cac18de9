package org.diskferry.app.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.Finding;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// An examination of a store in JSON; see docs/formats.md.
public final class ReportText {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportText() {}

  /// `path` or `virtual`.
  static String word(AddressStyle style) {
    return switch (style) {
      case PATH -> "path";
      case VIRTUAL_HOST -> "virtual";
    };
  }

  /// The whole report.
  public static String json(StoreChoice.Elsewhere choice, ForeignStore.Examined examined) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("store", choice.address().toString());
    report.put("style", word(examined.style()));
    StoreCapabilities able = examined.report().capabilities();
    report.put("crc32c", able.crc32c().name());
    report.put("compares", able.compares());
    report.put("expectContinue", able.expectContinue());
    report.put("keys", able.keys());
    report.put("keeps", able.keeps());
    List<Map<String, String>> findings = new ArrayList<>();
    for (Finding finding : examined.report().findings()) {
      Map<String, String> one = new LinkedHashMap<>();
      one.put("about", finding.about());
      one.put("what", finding.what());
      one.put("grade", finding.grade().name());
      one.put("found", finding.found());
      one.put("effect", finding.effect());
      findings.add(one);
    }
    report.put("findings", findings);
    return JSON.writeValueAsString(report);
  }
}
