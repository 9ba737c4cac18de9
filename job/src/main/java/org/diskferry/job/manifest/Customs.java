package org.diskferry.job.manifest;

import java.math.BigDecimal;

/// What the customs are told of a disk. Guide, "Customs Manifest File Option". Empty text means
/// that the option is absent, which is possible only where no customs papers are needed.
///
/// @param dataDescription what the data is
/// @param encrypted whether the data is encrypted
/// @param encryptionClassification `5D992` to and from the United States
/// @param exportCertifierName who answers for the shipment
/// @param deviceValue in US dollars, below 2,500; 0 where absent
/// @param countryOfOrigin where the disk was made, as a code; empty where absent
/// @param deviceType which kind of disk
/// @param tariffCode ten digits of the Harmonized Tariff Schedule, without dots
/// @param typeOfExport `return`, `permanent` or `temporary`
public record Customs(
    String dataDescription,
    boolean encrypted,
    String encryptionClassification,
    String exportCertifierName,
    BigDecimal deviceValue,
    String countryOfOrigin,
    String deviceType,
    String tariffCode,
    String typeOfExport) {}
