package io.podium.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where spans go: nowhere, or to a collector over OTLP/HTTP, a bounded number in memory. */
public final class Traces implements AutoCloseable {
  public static final Traces OFF = new Traces(OpenTelemetry.noop(), null);

  private static final int QUEUE = 2_048;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final TextMapGetter<Map<String, String>> GETTER = new Getter();

  private final Tracer tracer;
  private final @Nullable OpenTelemetrySdk sdk;

  private Traces(OpenTelemetry telemetry, @Nullable OpenTelemetrySdk sdk) {
    this.tracer = telemetry.getTracer("io.podium");
    this.sdk = sdk;
  }

  /**
   * @param address of the collector, as {@code http://127.0.0.1:4318/v1/traces}; null: off
   * @param service as the collector shows it
   */
  public static Traces to(@Nullable String address, String service) {
    if (address == null) {
      return OFF;
    }
    BatchSpanProcessor batches =
        BatchSpanProcessor.builder(
                OtlpHttpSpanExporter.builder().setEndpoint(address).setTimeout(PATIENCE).build())
            .setMaxQueueSize(QUEUE)
            .build();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Resource.builder().put("service.name", service).build())
            .addSpanProcessor(batches)
            .build();
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
    return new Traces(sdk, sdk);
  }

  public boolean isOn() {
    return sdk != null;
  }

  /**
   * Begins a span; end it with {@link #end}.
   *
   * @param parent the header {@code traceparent} (W3C) of who asked; null or malformed: none
   */
  public Span begin(String name, @Nullable String parent) {
    if (sdk == null) {
      return Span.getInvalid();
    }
    Context context =
        parent == null
            ? Context.root()
            : W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), Map.of("traceparent", parent), GETTER);
    return tracer.spanBuilder(name).setParent(context).startSpan();
  }

  public static void end(Span span, @Nullable Throwable failure) {
    if (failure != null) {
      span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
    }
    span.end();
  }

  /** Sends what is left, for some seconds at most. */
  @Override
  public void close() {
    if (sdk != null) {
      sdk.getSdkTracerProvider().shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static final class Getter implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
      return List.copyOf(carrier.keySet());
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key);
    }
  }
}
