package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where disks go back to, and what follows at borders.
class AddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P.O. Box 12",
        "PO Box 12",
        "P O Box 12",
        "p.o.box 12",
        "POBox 12",
        "PO-Box 12",
        "P. O. Box #12",
        "P.0. Box 12",
        "Post Office Box 12",
        "post-office box 12",
        "Postal Box 12",
        "Post Box 7",
        "P.O.B. 12",
        "POB 12",
        "PO Bx 12",
        "P.O. Drawer 4",
        "G.P.O. Box 1234",
        "Box 12",
        "Box #12",
        "Lock Box 3",
        "Locked Bag 1797",
        "Private Bag 3",
        "Postfach 10 01 02",
        "Postbus 12",
        "Postboks 5",
        "Boîte postale 4",
        "BP 123",
        "B.P. 123",
        "Apartado 12",
        "Apartado de Correos 12",
        "Caixa Postal 12",
        "Casella Postale 12",
        "Skrytka pocztowa 5",
        "c/o Miller, P.O. Box 12",
        "Ｐ.Ｏ. Ｂｏｘ 12",
        "P.O. Box N-4850"
      })
  void postOfficeBoxesAreRefusedAsPeopleWriteThem(String street) {
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("returnAddress.street1", "\"" + street + "\"");
    assertThat(codes(sheet)).containsExactly("InvalidAddressException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12 Box Hill Road", "Box Hill Road 12", "Boxwood Lane 3", "1 Post Office Road",
        "Old Post Office Square", "5 Postal Road", "The Box Factory, 12 Mill Lane", "Po Street 4",
        "12 Bp Building", "Pobedy Street 12", "3 Poboxville Avenue", "Mailbox Lane 2",
        "12 Private Road", "Apartado Lane", "120 Nosuch Ave S.", "200 Postfacher Weg"
      })
  void streetsThatOnlySoundLikeBoxesAreDeliveredTo(String street) {
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("returnAddress.street1", "\"" + street + "\"");
    assertThat(codes(sheet)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "US, US",
    "usa, US",
    "U.S.A., US",
    "United States of America, US",
    "UK, GB",
    "England, GB",
    "Great Britain, GB",
    "GBR, GB",
    "Deutschland, DE",
    "germany, DE",
    "The Netherlands, NL",
    "Holland, NL",
    "Côte d'Ivoire, CI",
    "Ivory Coast, CI",
    "Czech Republic, CZ",
    "Czechia, CZ",
    "South Korea, KR",
    "Korea, KR",
    "Russia, RU",
    "Turkey, TR",
    "Türkiye, TR",
    "Viet Nam, VN",
    "Hong Kong, HK",
    "Macau, MO",
    "Ghana, GH",
    "Japan, JP",
    "JPN, JP",
    "Brasil, BR",
    "India, IN",
    "Republic of Ireland, IE",
    "St. Lucia, LC",
    "Trinidad & Tobago, TT",
    "Trinidad and Tobago, TT",
    "Bosnia and Herzegovina, BA",
    "Singapore, SG",
    "Canada, CA",
    "CAN, CA",
  })
  void countriesAreKnownByCodesAndNames(String name, String code) {
    assertThat(Country.named(name)).hasValue(new Country(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "XX", "Atlantis", "U", "12", "United", "Washington"})
  void otherNamesAreNoCountries(String name) {
    assertThat(Country.named(name)).isEmpty();
  }

  @Test
  void everyCountryIsKnownByItsOwnNameAndCodes() {
    for (String code : Locale.getISOCountries()) {
      assertThat(Country.named(new Country(code).name())).hasValue(new Country(code));
      assertThat(Country.named(code)).hasValue(new Country(code));
    }
  }

  @Test
  void theUnionHas27Members() {
    assertThat(
            List.of(Locale.getISOCountries()).stream()
                .filter(code -> new Country(code).inEuropeanUnion()))
        .hasSize(27)
        .doesNotContain("GB", "CH", "NO");
  }

  @ParameterizedTest
  @CsvSource({
    "USA, Washington, WA", "USA, wa, WA", "USA, D.C., DC", "USA, 'Washington, DC', DC",
    "USA, Puerto Rico, PR", "Canada, Québec, QC", "Canada, ON, ON", "Canada, B.C., BC",
    "Canada, Newfoundland, NL",
  })
  void statesAndProvincesAreKnownByCodeAndName(String country, String written, String code) {
    assertThat(Provinces.code(Country.named(country).orElseThrow(), written)).hasValue(code);
  }

  @Test
  void canadaNeedsAProvinceOfItsOwn() {
    Sheet sheet = Sheet.abroad(Kind.S3_IMPORT).with("returnAddress.country", "Canada");
    assertThat(codes(sheet.with("returnAddress.stateOrProvince", "WA")))
        .containsExactly("InvalidAddressException");
    assertThat(codes(sheet.without("returnAddress.stateOrProvince")))
        .containsExactly("MissingManifestFieldException");
    assertThat(codes(sheet.with("returnAddress.stateOrProvince", "Ontario"))).isEmpty();
  }

  @Test
  void elsewhereAProvinceIsTakenAsItIsOrLeftOut() {
    Sheet sheet = Sheet.abroad(Kind.S3_IMPORT).without("returnAddress.stateOrProvince");
    assertThat(codes(sheet)).isEmpty();
  }

  @Test
  void customsAreNeededAcrossABorder() {
    Sheet sheet = Sheet.abroad(Kind.S3_IMPORT).without("customs");
    ManifestResult.Refused refused = Reading.refused(sheet.read());
    assertThat(refused.code()).isEqualTo("MissingCustomsException");
    assertThat(refused.message()).contains("United States").contains("India");
  }

  @Test
  void customsAreNotNeededWithinTheUnion() {
    Sheet sheet =
        Sheet.of(Kind.S3_IMPORT)
            .with("bucket", "irish-bucket")
            .with("returnAddress.country", "Germany");
    assertThat(codes(sheet)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"USA", "United Kingdom", "Switzerland", "India"})
  void fromOutsideTheUnionNothingGoesIntoItsRegion(String country) {
    Sheet sheet =
        Sheet.abroad(Kind.S3_IMPORT)
            .with("bucket", "irish-bucket")
            .with("returnAddress.stateOrProvince", "WA")
            .with("returnAddress.country", country);
    assertThat(codes(sheet)).containsExactly("InvalidAddressException");
    Sheet image =
        Sheet.abroad(Kind.EBS_IMPORT)
            .with("operations.region", "eu-west-1")
            .with("returnAddress.stateOrProvince", "WA")
            .with("returnAddress.country", country);
    assertThat(codes(image)).containsExactly("InvalidAddressException");
  }

  @Test
  void theFacilitysCountryFollowsTheBucket() {
    Sheet sheet =
        Sheet.of(Kind.S3_IMPORT)
            .with("bucket", "asian-bucket")
            .with("returnAddress.country", "Singapore")
            .without("returnAddress.stateOrProvince");
    assertThat(Reading.accepted(sheet.read()).manifest().common().facility().region())
        .isEqualTo("ap-southeast-1");
    Sheet export = Sheet.of(Kind.S3_EXPORT).with("operations.exportBucket", "asian-bucket");
    assertThat(codes(export)).containsExactly("MissingCustomsException");
  }

  @Test
  void encryptionOfAnotherClassIsRefusedOnlyToAndFromTheUnitedStates() {
    Sheet american = Sheet.abroad(Kind.S3_IMPORT).with("customs.encryptionClassification", "5D002");
    assertThat(codes(american)).containsExactly("InvalidCustomsException");
    Sheet asian =
        Sheet.abroad(Kind.S3_IMPORT)
            .with("bucket", "asian-bucket")
            .with("customs.encryptionClassification", "5D002");
    assertThat(codes(asian)).isEmpty();
    Sheet open =
        Sheet.abroad(Kind.S3_IMPORT)
            .with("customs.encryptedData", "no")
            .without("customs.encryptionClassification");
    assertThat(codes(open)).isEmpty();
  }

  @Test
  void customsThatAreNotNeededMayBeIncompleteButNotWrong() {
    Sheet home = Sheet.of(Kind.S3_IMPORT).with("customs.dataDescription", "Results");
    assertThat(codes(home)).isEmpty();
    assertThat(codes(home.with("customs.deviceValue", "9999")))
        .containsExactly("InvalidCustomsException");
  }

  @Test
  void theDevicesValueHasAnOldNameAndOnlyOneIsGiven() {
    Sheet sheet =
        Sheet.abroad(Kind.S3_IMPORT)
            .without("customs.deviceValue")
            .with("customs.storageDeviceValue", "99.90");
    Customs customs =
        Objects.requireNonNull(Reading.accepted(sheet.read()).manifest().common().customs());
    assertThat(customs.deviceValue()).isEqualByComparingTo("99.90");
    assertThat(codes(sheet.with("customs.deviceValue", "1")))
        .containsExactly("InvalidCustomsException");
  }

  @Test
  void aTariffCodeOfItsOwnReplacesThatOfTheDevicesType() {
    Sheet sheet = Sheet.abroad(Kind.S3_IMPORT).with("customs.deviceType", "sataDrive");
    assertThat(tariff(sheet)).isEqualTo("8471702000");
    assertThat(tariff(sheet.with("customs.deviceType", "usbFlashDrive"))).isEqualTo("8471709000");
    assertThat(tariff(sheet.with("customs.deviceHTS", "8471.70.4000"))).isEqualTo("8471704000");
  }

  @Test
  void expeditedShippingIsForTheUnitedStates() {
    Sheet home = Sheet.of(Kind.S3_IMPORT).with("serviceLevel", "expeditedShipping");
    assertThat(Reading.accepted(home.read()).manifest().common().serviceLevel())
        .isEqualTo(ServiceLevel.EXPEDITED);
    Sheet abroad = Sheet.abroad(Kind.S3_IMPORT).with("serviceLevel", "expeditedShipping");
    ManifestResult.Accepted accepted = Reading.accepted(abroad.read());
    assertThat(accepted.manifest().common().serviceLevel()).isEqualTo(ServiceLevel.STANDARD);
    assertThat(accepted.warnings())
        .anySatisfy(w -> assertThat(w.option()).isEqualTo("serviceLevel"));
  }

  private static String tariff(Sheet sheet) {
    return Objects.requireNonNull(Reading.accepted(sheet.read()).manifest().common().customs())
        .tariffCode();
  }

  private static List<String> codes(Sheet sheet) {
    return switch (sheet.read()) {
      case ManifestResult.Accepted _ -> List.of();
      case ManifestResult.Refused refused ->
          refused.faults().stream().map(f -> f.cls().code()).toList();
    };
  }
}
