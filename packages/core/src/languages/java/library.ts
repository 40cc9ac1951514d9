/** What Java's own classes do, by the names of their methods; docs.oracle.com/en/java/javase/21. */
import { all, type StandardLibrary } from '../library.js'

export const javaLibrary: StandardLibrary = {
  appendMethod: 'add',
  methods: {
    ...all('add addFirst addLast offer push append', 'append'),
    addAll: 'extend',
    putAll: 'update',
    ...all('put setProperty', 'set'),
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
      getBody subscribeOn publishOn collectList build`,
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
    ...all('String.format String.valueOf String.join Objects.toString Integer.toString URLEncoder.encode', 'text'),
    ...all('List.of Arrays.asList Set.of Stream.of', 'list-of'),
    ...all('List.copyOf Set.copyOf', 'list'),
    ...all(
      'StringBuilder StringBuffer ArrayList LinkedList HashSet HashMap LinkedHashMap TreeMap ArrayDeque',
      'collection',
    ),
    ...all(
      'Optional.of Optional.ofNullable Objects.requireNonNull Mono.just CompletableFuture.completedFuture',
      'identity',
    ),
    ...all(
      'System.out.println System.out.print System.err.println System.currentTimeMillis Thread.sleep UUID.randomUUID',
      'nothing',
    ),
  },
  environment: [],
  environmentCalls: ['System.getenv', 'System.getProperty'],
  globalObjects: [],
}
