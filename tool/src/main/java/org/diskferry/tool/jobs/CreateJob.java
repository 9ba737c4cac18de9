package org.diskferry.tool.jobs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diskferry.tool.client.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `CreateJob TYPE FILE DIR [ValidateOnly]`.
@Command(
    name = "CreateJob",
    description =
        "Makes a job from a manifest and writes the SIGNATURE file for the disk into a "
            + "folder. With ValidateOnly nothing is made: the manifest is only checked.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  CreateJob Import manifest.txt .",
      "  CreateJob Import manifest.txt . ValidateOnly",
      "  CreateJob Import manifest.txt /media/disk --json"
    })
final class CreateJob extends JobCommand {
  private static final String VALIDATE_ONLY = "ValidateOnly";
  private static final String SIGNATURE = "SIGNATURE";
  private static final String RULE = "*****";

  @Parameters(index = "0", paramLabel = "TYPE", description = "Import or Export")
  private String type = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "the manifest")
  private Path manifest = Path.of("");

  @Parameters(index = "2", paramLabel = "DIR", description = "where SIGNATURE is written")
  private Path folder = Path.of("");

  @Parameters(
      index = "3",
      paramLabel = VALIDATE_ONLY,
      arity = "0..1",
      description = "check only, make nothing")
  private String validateOnly = "";

  @Override
  String action() {
    return "CreateJob";
  }

  @Override
  Map<String, String> parameters() throws IOException {
    if (!validateOnly.isEmpty() && !validateOnly.equalsIgnoreCase(VALIDATE_ONLY)) {
      throw new IOException("the last word can only be " + VALIDATE_ONLY + ", not " + validateOnly);
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": is no folder that SIGNATURE could be written to");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("JobType", type);
    parameters.put("Manifest", ManifestFile.read(manifest));
    parameters.put(VALIDATE_ONLY, Boolean.toString(isValidation()));
    return parameters;
  }

  private boolean isValidation() {
    return !validateOnly.isEmpty();
  }

  @Override
  void print(Answer answer, PrintWriter out) throws IOException {
    out.println(isValidation() ? "JOB VALIDATED" : "JOB CREATED");
    line(answer, "JobId", out);
    line(answer, "JobType", out);
    section("AwsShippingAddress", answer, out);
    section("SignatureFileContents", answer, out);
    Optional<String> signature = answer.text("SignatureFileContents");
    if (signature.isPresent() && !isValidation()) {
      Path file = folder.resolve(SIGNATURE);
      out.println("Writing SignatureFileContents to " + file);
      Files.writeString(file, signature.get(), StandardCharsets.UTF_8);
      out.println("Please use GetShippingLabel API endpoint to print your shipping label.");
    }
    line(answer, "WarningMessage", out);
  }

  @Override
  Object values(Answer answer) {
    return answer.texts();
  }

  private static void section(String name, Answer answer, PrintWriter out) {
    Optional<String> text = answer.text(name);
    if (text.isPresent()) {
      out.println(RULE);
      out.println("* " + name + " *");
      out.println(RULE);
      out.println(text.get().stripTrailing());
    }
  }
}
