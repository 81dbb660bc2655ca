# syntax=docker/dockerfile:1

FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /source
COPY pom.xml ./
COPY edi-mappings edi-mappings
COPY fhir-profiles fhir-profiles
COPY samples samples
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B package -Dmaven.test.skip -Dfmt.skip \
 && java -Djarmode=tools -jar target/openrcm.jar extract --layers --destination layers

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --home-dir /openrcm --create-home openrcm \
 && install -d -o openrcm -m 700 /openrcm/data
WORKDIR /openrcm
# from what changes seldom to what changes with every build
COPY --from=build /source/layers/dependencies/ ./
COPY --from=build /source/layers/spring-boot-loader/ ./
COPY --from=build /source/layers/snapshot-dependencies/ ./
COPY --from=build /source/layers/application/ ./
USER openrcm

VOLUME /openrcm/data
EXPOSE 8080
ENV OPENRCM_LOGS=json

# the management port answers inside the container only
HEALTHCHECK --interval=10s --timeout=3s --start-period=90s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8081 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200'* ]]"]

ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "openrcm.jar"]
CMD ["serve"]
