// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.Program;
import org.solera.bench.client.AwsClient;

@ExtendWith(SharedAppliance.class)
class S3ClientIT {
    private static final int TWENTY_MIB = 20 * 1024 * 1024;
    private static final List<String> ODD_KEYS = List.of(
            "with blank",
            "plus+and%percent",
            "ümlaut-漢字-🦊",
            "quote'\"back\\slash",
            "deep/er/and/deeper",
            "query?and#hash&amp;",
            "semi;colon=equals,comma",
            "tilde~star*(paren)!");

    @TempDir
    private Path folder;

    private static AwsClient aws(ApplianceBox box) {
        return new AwsClient(box.s3Port(), box.signer());
    }

    private Path file(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private static void assertSame(Path expected, Path actual) throws IOException {
        assertEquals(-1, Files.mismatch(expected, actual), expected + " differs from " + actual);
    }

    @Test
    void awsMakesListsCopiesMovesAndRemoves(ApplianceBox box) throws IOException, InterruptedException {
        AwsClient aws = aws(box);
        Path small = file("small", 1000);
        aws.must("s3", "mb", "s3://aws-verbs");
        assertTrue(aws.must("s3", "ls").contains("aws-verbs"));
        aws.must("s3", "cp", small.toString(), "s3://aws-verbs/a/one");
        aws.must("s3", "cp", "s3://aws-verbs/a/one", "s3://aws-verbs/a/two");
        aws.must("s3", "mv", "s3://aws-verbs/a/two", "s3://aws-verbs/b/three");
        String listing = aws.must("s3", "ls", "--recursive", "s3://aws-verbs");
        assertTrue(listing.contains("a/one") && listing.contains("b/three"), listing);
        assertFalse(listing.contains("a/two"), listing);
        assertTrue(aws.must("s3", "ls", "s3://aws-verbs").contains("PRE a/"));
        aws.must("s3", "cp", "s3://aws-verbs/b/three", folder.resolve("back").toString());
        assertSame(small, folder.resolve("back"));
        assertNotEquals(0, aws.run(List.of("s3", "rb", "s3://aws-verbs")).exitCode());
        aws.must("s3", "rm", "--recursive", "s3://aws-verbs");
        assertEquals("", aws.must("s3", "ls", "--recursive", "s3://aws-verbs").strip());
        aws.must("s3", "rb", "s3://aws-verbs");
        assertFalse(aws.must("s3", "ls").contains("aws-verbs"));
    }

    @Test
    void awsSendsAndFetchesALargeFileInParts(ApplianceBox box) throws IOException, InterruptedException {
        AwsClient aws = aws(box);
        Path large = file("large", TWENTY_MIB);
        aws.must("s3", "mb", "s3://aws-parts");
        aws.must("s3", "cp", "--only-show-errors", large.toString(), "s3://aws-parts/large");
        String head = aws.must("s3api", "head-object", "--bucket", "aws-parts", "--key", "large");
        assertTrue(head.contains("\"ContentLength\": " + TWENTY_MIB), head);
        assertTrue(head.contains("-3\\\""), "the ETag should say three parts: " + head);
        aws.must(
                "s3",
                "cp",
                "--only-show-errors",
                "s3://aws-parts/large",
                folder.resolve("back").toString());
        assertSame(large, folder.resolve("back"));
    }

    @Test
    void awsKeepsOddKeysAsTheyAre(ApplianceBox box) throws IOException, InterruptedException {
        AwsClient aws = aws(box);
        aws.must("s3", "mb", "s3://aws-odd");
        for (String key : ODD_KEYS) {
            Path source = Files.writeString(folder.resolve("odd"), key);
            aws.must("s3api", "put-object", "--bucket", "aws-odd", "--key", key, "--body", source.toString());
            aws.must(
                    "s3api",
                    "get-object",
                    "--bucket",
                    "aws-odd",
                    "--key",
                    key,
                    folder.resolve("back").toString());
            assertEquals(key, Files.readString(folder.resolve("back")));
        }
        String keys = aws.must(
                "s3api", "list-objects-v2", "--bucket", "aws-odd", "--query", "Contents[].Key", "--output", "text");
        for (String key : ODD_KEYS) {
            assertTrue(keys.contains(key), key + " is missing in " + keys);
        }
    }

    @Test
    void awsSyncsAFolderThereAndBack(ApplianceBox box) throws IOException, InterruptedException {
        AwsClient aws = aws(box);
        Path tree = Files.createDirectories(folder.resolve("tree"));
        for (int i = 0; i < 20; i++) {
            file("tree/d" + i % 4 + "/f" + i, 1 + i * 997);
        }
        aws.must("s3", "mb", "s3://aws-sync");
        aws.must("s3", "sync", "--only-show-errors", tree.toString(), "s3://aws-sync/t");
        assertEquals(
                "", aws.must("s3", "sync", tree.toString(), "s3://aws-sync/t").strip());
        Files.delete(tree.resolve("d0/f0"));
        aws.must("s3", "sync", "--delete", "--only-show-errors", tree.toString(), "s3://aws-sync/t");
        Path back = folder.resolve("tree-back");
        aws.must("s3", "sync", "--only-show-errors", "s3://aws-sync/t", back.toString());
        assertFalse(Files.exists(back.resolve("d0/f0")));
        for (int i = 1; i < 20; i++) {
            String name = "d" + i % 4 + "/f" + i;
            assertSame(tree.resolve(name), back.resolve(name));
        }
    }

    @Test
    void s3cmdStoresListsFetchesAndRemoves(ApplianceBox box) throws IOException, InterruptedException {
        Path small = file("for s3cmd ü", 70_000);
        Path large = file("large-s3cmd", TWENTY_MIB);
        s3cmd(box, "mb", "s3://s3cmd-verbs");
        s3cmd(box, "put", small.toString(), "s3://s3cmd-verbs/a b ü");
        s3cmd(box, "put", large.toString(), "s3://s3cmd-verbs/large");
        String listing = s3cmd(box, "ls", "--recursive", "s3://s3cmd-verbs");
        assertTrue(listing.contains("s3://s3cmd-verbs/a b ü"), listing);
        s3cmd(
                box,
                "get",
                "--force",
                "s3://s3cmd-verbs/a b ü",
                folder.resolve("back").toString());
        s3cmd(
                box,
                "get",
                "--force",
                "s3://s3cmd-verbs/large",
                folder.resolve("large-back").toString());
        assertArrayEquals(Files.readAllBytes(small), Files.readAllBytes(folder.resolve("back")));
        assertSame(large, folder.resolve("large-back"));
        s3cmd(box, "mv", "s3://s3cmd-verbs/a b ü", "s3://s3cmd-verbs/moved");
        s3cmd(box, "del", "--recursive", "--force", "s3://s3cmd-verbs");
        s3cmd(box, "rb", "s3://s3cmd-verbs");
    }

    private String s3cmd(ApplianceBox box, String... words) throws IOException, InterruptedException {
        Path config = folder.resolve("s3cfg");
        String host = "127.0.0.1:" + box.s3Port();
        Files.writeString(
                config,
                "[default]\naccess_key = " + box.credentials().accessKey() + "\nsecret_key = "
                        + box.credentials().secretKey() + "\nhost_base = " + host + "\nhost_bucket = " + host
                        + "\nuse_https = False\nmax_retries = 1\nbucket_location = us-east-1\n",
                StandardCharsets.UTF_8);
        return Program.named("s3cmd")
                .arguments("-c", config.toString(), "--no-progress")
                .arguments(words)
                .environment("LC_ALL", "C.UTF-8")
                .run(Duration.ofMinutes(2))
                .orFail("s3cmd " + String.join(" ", words))
                .output();
    }
}
