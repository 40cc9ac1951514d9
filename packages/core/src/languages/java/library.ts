/** What Java's own classes do, by the names of their methods; docs.oracle.com/en/java/javase/21. */
import { all, type StandardLibrary } from '../library.js'

/** Packages whose classes are known here by their simple names: the platform's, and those of JSON trees and of containers. */
export const knownPackages =
  /^(?:javax?|jakarta|kotlinx?|org\.(?:json|springframework\.(?:util|http)|apache\.commons\.lang3)|com\.(?:google\.gson|google\.common\.collect|alibaba\.fastjson2?)|(?:com\.fasterxml|tools)\.jackson\.databind\.node|reactor\.core\.publisher)\.(?:[a-z]\w*\.)*/

export const javaLibrary: StandardLibrary = {
  appendMethod: 'add',
  methods: {
    ...all('add addFirst addLast offer push append', 'append'),
    addAll: 'extend',
    putAll: 'update',
    ...all('put putIfAbsent setProperty addProperty set', 'set'),
    ...all('createObjectNode createArrayNode', 'collection'),
    ...all('get getOrDefault getProperty', 'get'),
    ...all('map mapToObj thenApply', 'map'),
    ...all('flatMap thenCompose', 'flat-map'),
    ...all('forEach peek ifPresent', 'each'),
    ...all('filter takeWhile dropWhile', 'filter'),
    reduce: 'reduce',
    ...all('poll pop remove removeFirst findFirst findAny getFirst getLast next max min', 'take'),
    ...all('values sorted distinct limit skip subList entrySet reversed iterator', 'elements'),
    ...all(
      `stream parallelStream toList collect boxed orElse orElseGet orElseThrow block blockFirst join toArray clone asList
      putArray putObject withArray getBody getIfAvailable getIfUnique getObject subscribeOn publishOn collectList build`,
      'same',
    ),
    ...all('toString toJson writeValueAsString toPrettyString', 'written'),
    ...all(
      `trim strip toLowerCase toUpperCase replace replaceAll substring concat formatted split lines repeat intern stripIndent indent
      getBytes toCharArray chars`,
      'text',
    ),
    contains: 'includes',
    startsWith: 'starts',
    ...all(
      `size length isEmpty isBlank isPresent equals equalsIgnoreCase hashCode compareTo indexOf lastIndexOf endsWith matches containsKey
      count anyMatch allMatch noneMatch hasNext getClass ordinal close flush`,
      'nothing',
    ),
  },
  functions: {
    ...all(
      'String String.format MessageFormat.format String.valueOf String.join Objects.toString Integer.toString URLEncoder.encode',
      'text',
    ),
    ...all(
      `List.of Arrays.asList Set.of Stream.of Collections.singletonList Collections.singleton Flux.just ImmutableList.of ImmutableSet.of
      EnumSet.of EnumSet.noneOf`,
      'list-of',
    ),
    ...all('List.copyOf Set.copyOf Collections.unmodifiableList Collections.unmodifiableSet', 'list'),
    ...all(
      `StringBuilder StringBuffer ArrayList LinkedList HashSet LinkedHashSet TreeSet ArrayDeque CopyOnWriteArrayList StringJoiner
      StringWriter JSONArray JsonArray ArrayNode Vector Stack`,
      'collection',
    ),
    ...all(
      `HashMap LinkedHashMap TreeMap ConcurrentHashMap EnumMap Hashtable Properties JSONObject JsonObject ObjectNode LinkedMultiValueMap
      HttpHeaders`,
      'collection',
    ),
    ...all(
      `Optional.of Optional.ofNullable Objects.requireNonNull Mono.just CompletableFuture.completedFuture ResponseEntity.ok
      Map.copyOf Collections.unmodifiableMap Objects.requireNonNullElse`,
      'identity',
    ),
    ...all('CompletableFuture.supplyAsync Mono.fromCallable Mono.fromSupplier Mono.defer Flux.defer', 'run'),
    ...all(
      'System.out.println System.out.print System.err.println System.currentTimeMillis Thread.sleep UUID.randomUUID',
      'nothing',
    ),
  },
  environment: [],
  environmentCalls: ['System.getenv', 'System.getProperty'],
  globalObjects: [],
  callsByName: true,
  packages: knownPackages,
}
