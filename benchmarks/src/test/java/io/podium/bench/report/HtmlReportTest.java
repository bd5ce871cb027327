package io.podium.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.bench.Result;
import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class HtmlReportTest {
  private static final Pattern ADDRESS =
      Pattern.compile("https?://|(src|href|action)\\s*=|url\\(|@import|fetch\\(", 2);

  private final Result result =
      Samples.of(
          Samples.row("R1", "<= 1", "met", 0.7, 0.8, 0.9),
          Samples.row("R2", "<= 0.4", "BREACHED", 0.5, 0.6, 0.7),
          Samples.row("PEERS", "none", "told", 2.0, 3.0, 4.0),
          Samples.notMeasured("R3", "nginx is not installed: apt install nginx-light"));

  @Test
  void everyBudget_hasItsRowVerdictAndRounds() throws Exception {
    String page = new HtmlReport(result, null).text();
    NodeList rows = tableRows(page);
    assertThat(rows.getLength()).isEqualTo(4);
    assertThat(rows.item(0).getTextContent()).contains("R1", "<= 1 x", "0.80x", "met", "충족");
    assertThat(rows.item(1).getTextContent()).contains("R2", "BREACHED", "위반");
    assertThat(rows.item(2).getTextContent()).contains("PEERS", "told");
    assertThat(rows.item(3).getTextContent()).contains("not measured", "apt install nginx-light");
    assertThat(page.split("<circle cx")).hasSize(1 + 9);
    assertThat(page).contains("1 met, 1 breached, 1 without a verdict.", "1 told");
  }

  @Test
  void page_asksNobody() throws IOException {
    assertThat(new HtmlReport(result, result).text()).doesNotContainPattern(ADDRESS);
  }

  @Test
  void script_inAText_isNoScript() throws IOException {
    String evil = "<script>alert(1)</script>{{machine}}\"'&";
    String page = new HtmlReport(Samples.of(Samples.notMeasured(evil, evil)), null).text();
    assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
    assertThat(page.split("class=\"machine\"")).hasSize(2);
  }

  @Test
  void peakAndPercentiles_areDrawn() throws IOException {
    String page = new HtmlReport(result, null).text();
    assertThat(page).contains("Requests a second", "spike", "p99.9", "99.99 %");
    assertThat(page).doesNotContain("NaN", "Infinity", "{{");
  }

  @Test
  void comparison_standsOnThePage() throws Exception {
    Result earlier = Samples.of(Samples.row("R1", "<= 1", "met", 1.4, 1.6, 1.8));
    assertThat(tableRows(new HtmlReport(result, earlier).text()).item(4).getTextContent())
        .contains("R1 cost", "1.60x", "0.80x", "-50", "better");
  }

  /** Body rows of all tables of budgets; the page must be well formed for it. */
  private static NodeList tableRows(String page)
      throws ParserConfigurationException, IOException, SAXException {
    String body = page.substring(page.indexOf("<main>"), page.indexOf("</main>") + 7);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(body)));
    Document rows = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
    rows.appendChild(rows.createElement("rows"));
    NodeList bodies = document.getElementsByTagName("tbody");
    for (int i = 0; i < bodies.getLength(); i++) {
      NodeList children = bodies.item(i).getChildNodes();
      for (int j = 0; j < children.getLength(); j++) {
        if (children.item(j).getNodeName().equals("tr")) {
          rows.getDocumentElement().appendChild(rows.importNode(children.item(j), true));
        }
      }
    }
    return rows.getDocumentElement().getChildNodes();
  }
}
