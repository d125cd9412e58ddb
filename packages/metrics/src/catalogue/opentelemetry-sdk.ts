/**
 * What OpenTelemetry's instrumentations measure inside of a program, as the collector's remote write names it: dots become underscores, the unit and `_total`
 * stand at the end. The labels of the resource are those that the platform's gateway keeps.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 * @see https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/
 * @see https://opentelemetry.io/docs/specs/semconv/runtime/
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */
export const openTelemetrySdkMetrics = {
  // Stable. Agents of Java, .NET, Python and Node.js, otelhttp of Go.
  http_server_request_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: [
      "service_name",
      "deployment_environment_name",
      "k8s_pod_name",
      "http_request_method",
      "http_response_status_code",
      "http_route",
      "error_type",
      "url_scheme",
    ],
    help: "How long HTTP requests took that a server answered.",
  },
  // The name of semantic conventions 1.39 and later; status codes are texts: UNAVAILABLE.
  rpc_server_call_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: [
      "service_name",
      "deployment_environment_name",
      "k8s_pod_name",
      "rpc_method",
      "rpc_response_status_code",
      "error_type",
    ],
    help: "How long remote calls took that a server answered.",
  },
  // The name before, in milliseconds, which most libraries still send; status codes are numbers: 14.
  rpc_server_duration_milliseconds: {
    type: "histogram",
    unit: "count",
    labels: [
      "service_name",
      "deployment_environment_name",
      "k8s_pod_name",
      "rpc_service",
      "rpc_method",
      "rpc_grpc_status_code",
    ],
    help: "How long remote calls took that a server answered, in milliseconds.",
  },
  jvm_memory_used_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "jvm_memory_type", "jvm_memory_pool_name"],
    values: { jvm_memory_type: ["heap", "non_heap"] },
    help: "Memory that a Java virtual machine uses, by pool.",
  },
  jvm_memory_limit_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "jvm_memory_type", "jvm_memory_pool_name"],
    values: { jvm_memory_type: ["heap", "non_heap"] },
    help: "Memory that a Java virtual machine may use at most, by pool; pools without a limit are left out.",
  },
  jvm_gc_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "jvm_gc_name", "jvm_gc_action"],
    help: "How long garbage collections of a Java virtual machine took.",
  },
  jvm_thread_count: {
    type: "gauge",
    unit: "count",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "jvm_thread_daemon", "jvm_thread_state"],
    help: "Threads of a Java virtual machine, by state.",
  },
  nodejs_eventloop_delay_p99_seconds: {
    type: "gauge",
    unit: "seconds",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name"],
    help: "How late the event loop of Node.js is: 99 of 100 turns are less late.",
  },
  nodejs_eventloop_utilization_ratio: {
    type: "gauge",
    unit: "ratio",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name"],
    help: "Share of its time in which the event loop of Node.js works.",
  },
  v8js_memory_heap_used_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "v8js_heap_space_name"],
    help: "Memory of V8's heap that is used, by space.",
  },
  v8js_memory_heap_limit_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "v8js_heap_space_name"],
    help: "Memory that V8 has set aside for its heap, by space.",
  },
  v8js_gc_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "v8js_gc_type"],
    values: { v8js_gc_type: ["major", "minor", "incremental", "weakcb"] },
    help: "How long garbage collections of V8 took.",
  },
  dotnet_gc_last_collection_heap_size_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "gc_heap_generation"],
    help: "Size of .NET's managed heap after the last garbage collection, by generation.",
  },
  dotnet_gc_pause_time_seconds_total: {
    type: "counter",
    unit: "seconds",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name"],
    help: "Time in which .NET's garbage collection held the program.",
  },
  dotnet_exceptions_total: {
    type: "counter",
    unit: "count",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "error_type"],
    help: "Exceptions that were thrown in managed code, by type.",
  },
  go_goroutine_count: {
    type: "gauge",
    unit: "count",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name"],
    help: "Goroutines that there are.",
  },
  go_memory_used_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "go_memory_type"],
    values: { go_memory_type: ["stack", "other"] },
    help: "Memory that the runtime of Go uses: of goroutines' stacks, and everything else.",
  },
  go_schedule_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name"],
    help: "How long goroutines that could run waited until they did.",
  },
  // The Java agent hands on what Kafka's own client measures.
  // https://github.com/open-telemetry/opentelemetry-java-instrumentation/tree/main/instrumentation/kafka/kafka-clients
  kafka_consumer_records_lag_max: {
    type: "gauge",
    unit: "count",
    labels: ["service_name", "deployment_environment_name", "k8s_pod_name", "client_id"],
    help: "Records that a Kafka consumer is behind, on the partition where that is most.",
  },
} as const;
