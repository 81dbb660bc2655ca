package org.openrcm.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.util.XmlUtil;
import java.io.StringReader;
import java.io.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the FHIR server at {@code /fhir}. */
@Configuration(proxyBeanMethods = false)
class FhirEndpoints {
  private static final String AT = "/fhir";

  @Bean
  ServletRegistrationBean<FhirServlet> fhirServlet(ServedResources resources, Clock clock) {
    letHapiReadAndWriteXml();
    FhirContext context = FhirContext.forR4Cached();
    List<IResourceProvider> endpoints = new ArrayList<>();
    for (String type : SearchFields.types()) {
      endpoints.add(
          new ResourceEndpoint(
              context.getResourceDefinition(type).getImplementingClass(), type, resources));
    }
    endpoints.add(new BinaryEndpoint(resources));
    ServletRegistrationBean<FhirServlet> servlet =
        new ServletRegistrationBean<>(
            new FhirServlet(context, new Capabilities(clock.instant()), endpoints), AT + "/*");
    servlet.setName("fhir");
    servlet.setLoadOnStartup(1);
    return servlet;
  }

  @Bean
  ServletRegistrationBean<SmartConfiguration> smartConfiguration() {
    return new ServletRegistrationBean<>(new SmartConfiguration(), AT + SmartConfiguration.PATH);
  }

  /**
   * Makes HAPI take Woodstox for its XML, once and for good, and leaves all others their choice.
   *
   * <p>Smooks brings a second StAX library, Aalto, that the JDK's lookup finds first; HAPI takes it
   * for Woodstox and sets properties that it does not know.
   */
  static void letHapiReadAndWriteXml() {
    Map<String, String> woodstox =
        Map.of(
            "javax.xml.stream.XMLInputFactory", "com.ctc.wstx.stax.WstxInputFactory",
            "javax.xml.stream.XMLOutputFactory", "com.ctc.wstx.stax.WstxOutputFactory");
    Map<String, Optional<String>> before = new HashMap<>();
    woodstox.forEach(
        (property, factory) ->
            before.put(property, Optional.ofNullable(System.setProperty(property, factory))));
    try {
      XmlUtil.createXmlReader(new StringReader("<a/>")).close();
      XmlUtil.createXmlStreamWriter(Writer.nullWriter());
    } catch (XMLStreamException e) {
      throw new IllegalStateException("no reader and writer for XML", e);
    } finally {
      before.forEach(
          (property, value) ->
              value.ifPresentOrElse(
                  old -> System.setProperty(property, old), () -> System.clearProperty(property)));
    }
  }
}
