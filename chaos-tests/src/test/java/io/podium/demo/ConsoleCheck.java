package io.podium.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A merchandiser's walk through the console in a real Chromium, with the storefront open beside it:
 * log in, pin, preview, save, see it, read the evidence, roll back, log out. On demand, as it needs
 * Chromium:
 *
 * <pre>
 * ./podium test -pl chaos-tests -am -Dtest=ConsoleCheck -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>Pictures of each page are left in {@code chaos-tests/target/console}. On a machine that is
 * busy with other things, {@code -Dpodium.visibleMs} allows more than a second.
 */
class ConsoleCheck {
  private static final long VISIBLE_MS = Long.getLong("podium.visibleMs", 1_000);
  private static final Path PICTURES = Path.of("target", "console");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PRODUCTS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>";
  private static final String FIRST = "#ranking > li:first-child";

  @TempDir static Path dir = Path.of("");
  private static Running shop;
  private static Browser browser;

  private Tab console;
  private Tab front;
  private String address = "";
  private boolean keyboard;
  private String name = "";
  private final Map<String, Long> seen = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    shop = new Running(dir.resolve("demo"), "boards.yaml");
    sell();
    browser = new Browser(dir);
    Await.until("a full page", PATIENCE, () -> shop.scores().size() == PRODUCTS);
  }

  @BeforeEach
  void openTabs() throws Exception {
    console = browser.open(1280, 900);
    front = browser.open(1280, 900);
  }

  /** What a walk that failed has left. */
  @AfterEach
  void cleanUp() throws Exception {
    console.close();
    front.close();
    asAdmin("POST", adminUrl() + "/listings/best-sellers/release");
    for (JsonNode rule : JSON.readTree(asAdmin("GET", adminUrl() + "/rules"))) {
      asAdmin("DELETE", adminUrl() + "/rules/" + rule.path("id").asText());
    }
  }

  private static String adminUrl() {
    return "http://127.0.0.1:" + shop.ports.adminA() + "/admin/v1";
  }

  private static String asAdmin(String method, String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer demo")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpClient client = HttpClient.newHttpClient();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @AfterAll
  static void stop() throws Exception {
    browser.close();
    shop.close();
  }

  /** A quiet shop: nothing moves but by a rule. */
  private static void sell() throws Exception {
    Events events = new Events("walk");
    List<Product> products = Catalogue.generate(1).products();
    List<ObjectNode> told = new ArrayList<>();
    for (int i = 0; i < PRODUCTS; i++) {
      Product p = products.get(i * (products.size() / PRODUCTS));
      ObjectNode card = JsonNodeFactory.instance.objectNode();
      card.putObject("name").put("en", p.name().en()).put("ko", p.name().ko());
      card.put("category", p.path()).put("price", p.price());
      card.put("brand", p.brand().en());
      Instant now = Instant.now();
      told.add(events.card("product.upserted", now, p.id(), card));
      Events.Buyer buyer = new Events.Buyer("b" + i % 7, "20s");
      Events.Line line = new Events.Line(p.id(), 200 - 4 * i, p.price());
      told.add(events.order(now, "walk-" + i, buyer, List.of(line)));
    }
    shop.post.post(told);
  }

  @ParameterizedTest
  @CsvSource({"en,1280,900,true", "ko,1280,900,false", "en,390,844,false", "ko,390,844,true"})
  void aMerchandisersDay(String language, int width, int height, boolean keysOnly)
      throws Exception {
    keyboard = keysOnly;
    name = language + "-" + width + "-";
    address = "http://127.0.0.1:" + shop.ports.adminA();
    console.begin(width, height);
    front.begin(width, height);
    logIn(language);
    openStorefront(language);
    String leader = first(language, 1);
    String leaderId = console.text("#view tbody tr:first-child .id");
    String chosen = product();
    pin(language, chosen);
    readEvidence(chosen);
    lookAround();
    rollBack(language, leader, leaderId);
    deleteTheRule(language, leader);
    logOut();
    assertThat(console.complaints).isEmpty();
    assertThat(seen)
        .allSatisfy((what, ms) -> assertThat(ms).as(what).isLessThanOrEqualTo(VISIBLE_MS));
  }

  private void logIn(String language) throws Exception {
    console.go(address + "/console/");
    console.until(
        "location.pathname === '/login' && document.querySelector('h1').textContent !== ''");
    press("[data-language=" + language + "]");
    console.reach("[name=token]");
    console.type("wrong");
    console.press("Enter", 13, "\r");
    console.until("document.getElementById('wrong').textContent !== ''");
    shoot("login");
    console.type("demo"); // what was wrong is selected
    console.press("Enter", 13, "\r");
    console.until("location.pathname === '/console/'");
    console.until("document.documentElement.lang === '" + language + "'");
    console.untilSeen("#view tbody tr:nth-child(5)");
    shoot("board");
  }

  private void openStorefront(String language) throws Exception {
    front.go(shop.ports.engineUrl() + "/");
    front.untilSeen(FIRST);
    front.click("[data-language=" + language + "]");
    front.until("document.documentElement.lang === '" + language + "'");
  }

  /** What the API has in the n-th place, as this language calls it. */
  private static String first(String language, int place) throws Exception {
    JsonNode page = Objects.requireNonNull(shop.page("?size=10"));
    return page.at("/items/" + (place - 1) + "/product/name/" + language).asText();
  }

  private String product() throws Exception {
    return console.text("#view tbody tr:nth-child(5) .id");
  }

  private void pin(String language, String product) throws Exception {
    String shown = first(language, 5);
    press("#view tbody tr:nth-child(5) button.link");
    console.untilSeen("#product dl");
    focus("#product [name=reason]");
    console.type("brand day " + SCRIPT);
    press("#product .actions button:first-child");
    console.untilSeen(".preview tbody tr");
    assertThat(console.text(".preview tbody tr:first-child")).contains(shown);
    assertThat(front.text(FIRST)).doesNotContain(shown);
    shoot("preview");
    front.until("!document.hidden");
    long before = System.nanoTime();
    press("#product [name=save]");
    seen("pin", shown, before);
    console.until("!document.getElementById('product').open");
    console.until(
        "document.querySelector('#view tbody tr .badge.promoted') !== null"
            + " && document.querySelector('#view tbody tr .id').textContent === '"
            + product
            + "'");
    shoot("pinned");
  }

  /** On the storefront, as its browser draws it. */
  private void seen(String what, String product, long since) throws Exception {
    front.until(Tab.element(FIRST) + ".textContent.includes(" + quoted(product) + ")");
    long took = (System.nanoTime() - since) / 1_000_000;
    System.out.printf("%s%s: on the storefront after %d ms%n", name, what, took);
    front.shoot(PICTURES.resolve(name + "storefront-" + what + ".png"));
    seen.put(what, took);
  }

  private void readEvidence(String product) throws Exception {
    press("#view tbody tr:first-child button.link");
    console.untilSeen("#product .rule");
    assertThat(console.text("#product dl")).contains("5", "184");
    assertThat(console.text("#product .rule")).contains("brand day " + SCRIPT);
    assertThat(console.text("#product-title")).contains(product);
    console.until("document.querySelector('#product .chart, #product .columns p.soft') !== null");
    shoot("evidence");
    console.press("Escape", 27, "");
    console.until("!document.getElementById('product').open");
  }

  private void lookAround() throws Exception {
    for (String section : List.of("rules", "audit", "compare", "report")) {
      press("#tabs a[href='#" + section + "']");
      console.until("location.hash === '#" + section + "'");
      console.untilSeen("#tabs a[href='#" + section + "'][aria-current]");
      console.untilSeen("#view[data-section='" + section + "']:not([aria-busy]) h1");
      console.until(
          "document.title.startsWith(document.querySelector('#tabs [aria-current]').text)");
      if (section.equals("rules") || section.equals("audit")) {
        console.until("document.getElementById('view').textContent.includes('brand day')");
        assertThat(console.text("#view")).contains(SCRIPT);
      }
      shoot(section);
    }
    assertThat(console.eval("document.querySelectorAll('img, #view script').length").asInt())
        .isZero();
  }

  private void rollBack(String language, String leader, String leaderId) throws Exception {
    String row = "#rollback";
    Await.until(
        "an epoch from before the rule",
        PATIENCE,
        () -> {
          console.eval("location.hash = '#board'");
          console.untilSeen("#tabs a[href='#board'][aria-current]");
          press("#tabs a[href='#history']");
          console.untilSeen("#view input[type='datetime-local']");
          return mark(before(leaderId));
        });
    shoot("history");
    press(row);
    focus("dialog.small textarea");
    console.type("broken feed");
    long before = System.nanoTime();
    press("dialog.small button.primary");
    seen("rollback", leader, before);
    console.untilSeen(".held");
    shoot("held");
    press(".held button");
    focus("dialog.small textarea");
    console.type("fine again");
    String pinned =
        Objects.requireNonNull(shop.page("?size=10"))
            .at("/items/4/product/name/" + language)
            .asText();
    before = System.nanoTime();
    press("dialog.small button.primary");
    seen("release", pinned, before);
    console.until("document.querySelector('.held') === null");
  }

  /** The newest epoch that is kept with this product in front; empty when there is none. */
  private static String before(String leaderId) throws Exception {
    String listing = adminUrl() + "/listings/best-sellers";
    JsonNode epochs = JSON.readTree(asAdmin("GET", listing + "/epochs?limit=200")).path("epochs");
    for (int i = epochs.size() - 1; i >= 0; i--) {
      String epoch = epochs.get(i).path("epoch").asText();
      JsonNode then = JSON.readTree(asAdmin("GET", listing + "?epoch=" + epoch));
      if (then.at("/items/0/productId").asText().equals(leaderId)) {
        return epoch;
      }
    }
    return "";
  }

  /** Names the button that rolls back to the epoch; false when the page does not have it. */
  private boolean mark(String epoch) throws Exception {
    String find =
        "[...document.querySelectorAll('#view tbody tr')]"
            + ".filter(r => r.cells[0].textContent === '"
            + epoch
            + "').map(r => r.querySelector('.actions button:last-child').id = 'rollback').length";
    return console.eval(find).asInt() == 1;
  }

  private void deleteTheRule(String language, String leader) throws Exception {
    press("#tabs a[href='#rules']");
    press("#view tbody tr .actions button:last-child");
    focus("dialog.small textarea");
    console.type("brand day is over");
    long before = System.nanoTime();
    press("dialog.small button.primary");
    seen("delete", leader, before);
    console.until("document.querySelector('#view tbody tr') === null");
    shoot("deleted");
    assertThat(first(language, 1)).isEqualTo(leader);
  }

  private void logOut() throws Exception {
    press("#logout");
    console.until("location.pathname === '/login'");
    console.go(address + "/console/");
    console.until("location.pathname === '/login'");
  }

  /** Another person changed the rule that is being changed here. */
  @Test
  void theSecondOfTwoPeopleIsTold() throws Exception {
    name = "two-";
    address = "http://127.0.0.1:" + shop.ports.adminB();
    Tab one = console;
    Tab two = front;
    for (Tab tab : List.of(one, two)) {
      console = tab;
      logIn("en");
    }
    console = one;
    press("#view tbody tr:nth-child(3) button.link");
    save("first");
    for (Tab tab : List.of(one, two)) {
      console = tab;
      press("#tabs a[href='#rules']");
      press("#view tbody tr .actions button:first-child");
      console.untilSeen("#product form");
    }
    save("second");
    console = one;
    focus("#product [name=reason]");
    console.type("mine");
    press("#product .actions button:first-child");
    console.until("!document.querySelector('#product [name=save]').disabled");
    press("#product [name=save]");
    console.until("document.querySelector('#product .wrong').textContent !== ''");
    assertThat(console.eval("document.querySelector('#product [name=reason]').value").asText())
        .contains("second");
    shoot("conflict");
    press("#product .title button");
    press("#view tbody tr .actions button:last-child");
    focus("dialog.small textarea");
    console.type("over");
    press("dialog.small button.primary");
    console.until("document.querySelector('#notice').textContent !== ''");
  }

  private void save(String reason) throws Exception {
    focus("#product [name=reason]");
    console.type(reason);
    press("#product .actions button:first-child");
    console.until("!document.querySelector('#product [name=save]').disabled");
    press("#product [name=save]");
    console.until("!document.getElementById('product').open");
  }

  private void press(String selector) throws Exception {
    if (keyboard) {
      console.enter(selector);
    } else {
      console.click(selector);
    }
  }

  private void focus(String selector) throws Exception {
    if (keyboard) {
      console.reach(selector);
    } else {
      console.click(selector);
    }
  }

  private void shoot(String page) throws Exception {
    console.fits();
    console.shoot(PICTURES.resolve(name + page + ".png"));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
