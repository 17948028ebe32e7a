import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Converts a file by Java's HttpClient, which offers HTTP/2 until it is answered: Client.java URL FILE RESULT */
public class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        Path file = Path.of(arguments[1]);
        HttpRequest form = HttpRequest.newBuilder(URI.create(url + "/api/jobs"))
            .header("Content-Type", "multipart/form-data; boundary=limit")
            .POST(BodyPublishers.ofByteArray(formOf(file)))
            .build();
        HttpResponse<String> taken = HTTP.send(form, BodyHandlers.ofString());
        if (taken.statusCode() != 202) throw new IllegalStateException("refused: " + taken.body());

        String job = taken.body();
        while (field(job, "state").matches("queued|running")) {
            Thread.sleep(200);
            job = HTTP.send(get(url + field(job, "statusUrl")), BodyHandlers.ofString()).body();
        }
        if (!field(job, "state").equals("completed")) throw new IllegalStateException("it is " + job);

        Path result = Path.of(arguments[2]);
        int status = HTTP.send(get(url + field(job, "resultUrl")), BodyHandlers.ofFile(result)).statusCode();
        if (status != 200) throw new IllegalStateException("no result: " + status);
        System.out.println("202 by " + taken.version() + ", " + Files.size(result) + " bytes");
    }

    private static byte[] formOf(Path file) throws Exception {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        String name = "name=\"file\"; filename=\"" + file.getFileName() + "\"";
        form.write(("--limit\r\nContent-Disposition: form-data; " + name + "\r\n\r\n").getBytes());
        form.write(Files.readAllBytes(file));
        form.write("\r\n--limit--\r\n".getBytes());
        return form.toByteArray();
    }

    private static HttpRequest get(String address) {
        return HttpRequest.newBuilder(URI.create(address)).build();
    }

    /** The first text of this name in an answer. */
    private static String field(String json, String name) {
        var found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) throw new IllegalStateException("no " + name + " in " + json);
        return found.group(1);
    }
}
