package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class X12BytesTest {
  private static final long MOST = 1L << 30;

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] read(byte[] received, long most) throws IOException {
    try (X12Bytes in = new X12Bytes(new ByteArrayInputStream(received), most)) {
      byte[] all = in.readAllBytes();
      assertThat(in.size()).isEqualTo(all.length);
      return all;
    }
  }

  @Test
  void plainAndCompressedBytesReadTheSame() throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    bytes[0] = 'I';
    assertThat(read(bytes, MOST)).isEqualTo(bytes);
    assertThat(read(gzip(bytes), MOST)).isEqualTo(bytes);
    assertThat(read(new byte[0], MOST)).isEmpty();
    assertThat(read(new byte[] {0x1f}, MOST)).containsExactly(0x1f);
  }

  @Test
  void compressedPartsThatFollowOneAnotherAreOneFile() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(gzip("ISA".getBytes(StandardCharsets.US_ASCII)));
    both.write(gzip("*00".getBytes(StandardCharsets.US_ASCII)));
    assertThat(read(both.toByteArray(), MOST)).asString().isEqualTo("ISA*00");
  }

  @Test
  void aBombStopsEarly() throws IOException {
    byte[] bomb = gzip(new byte[200 << 20]);
    X12Bytes in = new X12Bytes(new ByteArrayInputStream(bomb), MOST);
    assertThatThrownBy(() -> in.transferTo(OutputStream.nullOutputStream()))
        .isInstanceOf(X12Bytes.Beyond.class);
    assertThat(in.size()).isLessThan(32 << 20);
  }

  @Test
  void moreThanTheLimitIsRefusedAlsoWhenItShrinksLittle() throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(8).nextBytes(bytes);
    assertThatThrownBy(() -> read(gzip(bytes), 50_000)).isInstanceOf(X12Bytes.Beyond.class);
  }

  @Test
  void damageIsAnInputErrorAlsoAtTheVeryStart() {
    byte[] damaged = {0x1f, (byte) 0x8b, 99, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    assertThatThrownBy(() -> read(damaged, MOST)).isInstanceOf(ZipException.class);
  }
}
