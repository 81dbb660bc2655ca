package org.openrcm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import org.junit.jupiter.api.Test;

/**
 * What our code cannot do, whatever it is sent: call an address, start a program, run what is
 * written as text, make objects of bytes.
 */
class OutgoingTest {
  private static GivenClassesConjunction allBut(String... classes) {
    return noClasses()
        .that(
            DescribedPredicate.describe(
                "are none of " + String.join(", ", classes),
                (JavaClass type) -> {
                  for (String each : classes) {
                    if (type.getName().startsWith("org.openrcm." + each)) {
                      return false;
                    }
                  }
                  return true;
                }));
  }

  private static DescribedPredicate<JavaMethodCall> callTo(String type, String... methods) {
    return DescribedPredicate.describe(
        "call " + type + "." + String.join(" or ", methods),
        call -> {
          for (String method : methods) {
            if (call.getTargetOwner().getFullName().equals(type)
                && call.getTarget().getName().equals(method)) {
              return true;
            }
          }
          return false;
        });
  }

  /**
   * OWASP ASVS 5.0 1.3.6, 13.2.4, 15.3.2. The test gateway's events go to the server itself, at
   * {@code localhost}; the client that sends them follows no redirects, as is its default. The
   * database and the mail server are called by their drivers, where the operator says.
   */
  @Test
  void onlyTheTestGatewayCallsOut() {
    allBut("payment.TestGatewayEvents")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "javax.net..", "java.rmi..", "org.apache.http..")
        .check(OurClasses.ALL);
    // which reads an address of figures, and looks no name up
    allBut("portal.CodeSignIn")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.net\\.(Socket|DatagramSocket|URLConnection|HttpURLConnection|InetAddress)"
                + "|java\\.nio\\.channels\\.(SocketChannel|DatagramChannel)"
                + "|org\\.springframework\\.web\\.client\\..*"
                + "|org\\.springframework\\.web\\.reactive\\..*"
                + "|ca\\.uhn\\.fhir\\.rest\\.client\\..*")
        .check(OurClasses.ALL);
    allBut()
        .should()
        .callMethodWhere(callTo("java.net.URL", "openStream", "openConnection", "getContent"))
        .orShould()
        .callMethodWhere(
            callTo("java.net.http.HttpClient$Builder", "followRedirects", "sslContext"))
        .check(OurClasses.ALL);
  }

  /** OWASP ASVS 5.0 1.2.5. It is told which process to end by its number. */
  @Test
  void onlyTheDatabaseIsStartedAsAProcess() {
    allBut("server.BroughtPostgres")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.ProcessBuilder(\\$.*)?")
        .check(OurClasses.ALL);
    allBut()
        .should()
        .callMethodWhere(callTo("java.lang.Runtime", "exec", "load"))
        .check(OurClasses.ALL);
  }

  /**
   * OWASP ASVS 5.0 1.3.2, 1.3.7, 1.3.8. Paper asks for the name of Java's own XSLT, and runs none.
   */
  @Test
  void nothingThatIsWrittenAsTextIsRun() {
    allBut("statement.Paper")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.script..",
            "javax.naming..",
            "javax.xml.xpath..",
            "javax.xml.transform..",
            "groovy..",
            "org.springframework.expression..",
            "org.springframework.ldap..")
        .check(OurClasses.ALL);
    allBut()
        .should()
        .callMethodWhere(callTo("java.lang.Class", "forName", "newInstance"))
        .orShould()
        .callMethodWhere(callTo("java.lang.reflect.Method", "invoke"))
        .check(OurClasses.ALL);
  }

  /** OWASP ASVS 5.0 1.5.2. */
  @Test
  void noObjectsAreReadFromBytes() {
    allBut()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.io\\.(ObjectInputStream|Externalizable)|java\\.beans\\.XMLDecoder"
                + "|org\\.yaml\\..*|com\\.esotericsoftware\\..*")
        .check(OurClasses.ALL);
  }
}
