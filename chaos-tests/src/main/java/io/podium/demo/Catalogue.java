package io.podium.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.demo.Product.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The simulated shop's products: about 3,000, in a tree of 8 departments, 32 groups and 96 kinds,
 * made from the storefront's taxonomy. The same seed gives the same catalogue.
 *
 * @param products in random order
 * @param samples one per kind, which only {@link Freshness} buys
 * @param departments number of departments
 */
record Catalogue(List<Product> products, List<Product> samples, int departments) {
  private static final int PER_KIND = 31;
  private static final List<String> BADGES =
      List.of("new", "free-shipping", "limited", "dawn", "exclusive");

  static Catalogue generate(long seed) throws IOException {
    try (InputStream in = Catalogue.class.getResourceAsStream("/site/taxonomy.json")) {
      return new Builder(new ObjectMapper().readTree(in), new Random(seed)).build();
    }
  }

  private static final class Builder {
    private final JsonNode taxonomy;
    private final Random random;
    private final List<Product> products = new ArrayList<>();
    private final List<Product> samples = new ArrayList<>();
    private int next = 1000;

    Builder(JsonNode taxonomy, Random random) {
      this.taxonomy = taxonomy;
      this.random = random;
    }

    Catalogue build() {
      int departments = 0;
      for (JsonNode department : taxonomy.get("departments")) {
        for (JsonNode group : department.get("groups")) {
          for (JsonNode kind : group.get("leaves")) {
            String path = key(department) + "/" + key(group) + "/" + key(kind);
            kind(department, kind, path, departments);
          }
        }
        departments++;
      }
      java.util.Collections.shuffle(products, random);
      return new Catalogue(List.copyOf(products), List.copyOf(samples), departments);
    }

    private static String key(JsonNode node) {
      return node.get("key").asText();
    }

    private void kind(JsonNode department, JsonNode kind, String path, int index) {
      int made = 0;
      while (made < PER_KIND) {
        made += model(department, kind, path, index, PER_KIND - made);
      }
      samples.add(products.remove(products.size() - 1));
    }

    /** One model in one or more variants, which share a group; at most {@code room} of them. */
    private int model(JsonNode department, JsonNode kind, String path, int index, int room) {
      JsonNode style = any(department.get("styles"));
      JsonNode noun = any(kind.get("nouns"));
      JsonNode brand = any(department.get("brands"));
      JsonNode variants = taxonomy.get("variants").get(kind.get("variants").asText());
      int count = Math.min(room, 1 + random.nextInt(variants.size()));
      int price = price(kind.get("price"));
      String groupId = "G" + next;
      List<String> badges = badges();
      for (int i = 0; i < count; i++) {
        JsonNode variant = variants.get(i);
        products.add(
            new Product(
                String.format(Locale.ROOT, "P%05d", next++),
                groupId,
                new Words(
                    words(style, noun, variant, 0).strip(), words(style, noun, variant, 1).strip()),
                new Words(brand.get(0).asText(), brand.get(1).asText()),
                path,
                index,
                price + i * Math.max(100, price / 8 / 100 * 100),
                random.nextInt(12) == 0,
                badges,
                3 + (int) (4000 * Math.pow(random.nextDouble(), 3)),
                (36 + random.nextInt(15)) / 10.0));
      }
      return count;
    }

    private static String words(JsonNode style, JsonNode noun, JsonNode variant, int language) {
      return style.get(language).asText()
          + " "
          + noun.get(language).asText()
          + " "
          + variant.get(language).asText();
    }

    /** Cheap ones are more frequent; in hundreds of won, ending in 900 more often than not. */
    private int price(JsonNode range) {
      double low = range.get(0).asDouble();
      double high = range.get(1).asDouble();
      int price = (int) (low + (high - low) * Math.pow(random.nextDouble(), 2)) / 100 * 100;
      return random.nextInt(3) == 0 || price < 1000 ? price : price / 1000 * 1000 + 900;
    }

    private List<String> badges() {
      List<String> badges = new ArrayList<>();
      if (random.nextInt(3) == 0) {
        badges.add(BADGES.get(random.nextInt(BADGES.size())));
      }
      return badges;
    }

    private JsonNode any(JsonNode array) {
      return array.get(random.nextInt(array.size()));
    }
  }
}
