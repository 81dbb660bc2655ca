import java.io.DataInputStream;
import java.nio.file.*;
import java.security.*;
import java.security.spec.X509EncodedKeySpec;
import java.util.*;

/** java CheckEntry.java PROOF KEY: is the entry in the record that was signed by this key? */
class CheckEntry {
  static final Base64.Decoder BASE64 = Base64.getDecoder();

  static byte[] sha256(int first, byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((byte) first);
    for (byte[] part : parts) digest.update(part);
    return digest.digest();
  }

  public static void main(String[] args) throws Exception {
    String[] proof = Files.readString(Path.of(args[0])).split("\n\n");
    Iterator<String> lines = List.of(proof[0].split("\n")).listIterator(1);
    byte[] entry = BASE64.decode(lines.next().substring("extra ".length()));
    long index = Long.parseLong(lines.next().substring("index ".length()));
    String text = proof[1] + "\n";
    long last = Long.parseLong(text.split("\n")[1]) - 1;
    boolean isInside = index <= last;
    byte[] hash = sha256(0, entry);
    // RFC 9162, 2.1.3.2: left or right of the hash that comes next, as index and size have it
    for (; lines.hasNext(); index >>= 1, last >>= 1) {
      byte[] next = BASE64.decode(lines.next());
      boolean isRight = (index & 1) == 1 || index == last;
      hash = isRight ? sha256(1, next, hash) : sha256(1, hash, next);
      while (isRight && (index & 1) == 0 && index > 0) { index >>= 1; last >>= 1; }
    }
    byte[] key = BASE64.decode(args[1].split("\\+", 3)[2]);
    byte[] x509 = HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(key, 1, 33));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
    signature.update(text.getBytes("UTF-8"));
    byte[] signed = BASE64.decode(proof[2].strip().split(" ", 3)[2]);
    boolean holds = isInside && last == 0 && Arrays.equals(hash, BASE64.decode(text.split("\n")[2])) && signature.verify(signed, 4, 64);
    DataInputStream columns = new DataInputStream(new java.io.ByteArrayInputStream(entry));
    while (columns.available() > 0) System.out.println(new String(columns.readNBytes(Math.max(0, columns.readInt())), "UTF-8"));
    System.out.println(holds ? "It is in the record: " + text.replace("\n", " ") : "It is NOT in the record.");
    System.exit(holds ? 0 : 1);
  }
}
