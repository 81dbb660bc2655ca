package org.openrcm;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * The classes of the house, for rules about what they name and call. Others are known by their
 * names alone: to read those too takes three times as long.
 */
final class OurClasses {
  static final JavaClasses ALL =
      ArchConfiguration.withThreadLocalScope(
          (ArchConfiguration settings) -> {
            settings.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.openrcm");
          });

  private OurClasses() {}
}
