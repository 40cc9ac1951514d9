/** What Kotlin's library, its coroutines and the JDK's classes do, by the names of their functions; kotlinlang.org/api. */
import { knownPackages } from '../java/library.js'
import { all, type StandardLibrary } from '../library.js'

export const kotlinLibrary: StandardLibrary = {
  appendMethod: 'add',
  constructsByCall: true,
  methods: {
    ...all(
      'add addFirst addLast append appendLine appendln push offer emit tryEmit send trySend yield plusAssign insert',
      'append',
    ),
    addAll: 'extend',
    putAll: 'update',
    ...all('put set setProperty getOrPut putExtra putString', 'set'),
    ...all('get getOrDefault getProperty getValue', 'get'),
    ...all(
      `map mapNotNull mapIndexed mapIndexedNotNull mapLatest mapKeys mapValues associate associateBy associateWith groupBy mapTo transform
      zipWithNext windowed chunked thenApply`,
      'map',
    ),
    ...all('flatMap flatMapConcat flatMapLatest flatMapMerge thenCompose', 'flat-map'),
    ...all(
      'forEach onEach forEachIndexed collect collectLatest collectIndexed observe observeForever ifPresent',
      'each',
    ),
    ...all('filter filterNot filterIndexed takeWhile dropWhile partition', 'filter'),
    ...all('find findLast', 'find'),
    ...all('fold reduce foldIndexed runningFold scan', 'reduce'),
    ...all(
      `first firstOrNull last lastOrNull single singleOrNull random randomOrNull removeFirst removeLast removeAt pop poll maxBy minBy
      maxByOrNull minByOrNull elementAt getOrNull component1 next`,
      'take',
    ),
    ...all(
      `values sorted sortedBy sortedByDescending sortedWith distinct distinctBy take takeLast drop dropLast reversed shuffled subList
      toList toMutableList toSet toMutableSet toTypedArray asSequence asIterable plus minus union filterNotNull filterIsInstance flatten
      iterator asReversed toImmutableList toPersistentList distinctUntilChanged debounce asList`,
      'elements',
    ),
    ...all('entries withIndex toMap toSortedMap', 'same'),
    ...all('joinToString', 'join'),
    ...all(
      `await awaitAll join orEmpty asStateFlow asLiveData asFlow stateIn shareIn flowOn catch collectAsState collectAsStateWithLifecycle
      getOrThrow getOrElse getCompleted orElse orElseGet orElseThrow block blockFirst single clone also onFailure onCompletion onStart
      asSharedFlow buffer conflate body execute enqueue getBody observeAsState ifEmpty ifBlank use let`,
      'same',
    ),
    ...all(
      'toString toJson encodeToString writeValueAsString toPrettyString encodeToJsonElement encodeToByteArray',
      'written',
    ),
    ...all(
      `trim trimStart trimEnd lowercase uppercase toLowerCase toUpperCase replace replaceFirst replaceFirstChar substring substringBefore
      substringAfter substringBeforeLast substringAfterLast concat format formatted split lines lineSequence repeat prependIndent
      removePrefix removeSuffix removeSurrounding replaceIndent toByteArray toCharArray decodeToString padStart padEnd capitalize
      decapitalize toRegex encodeURLParameter slice dropWhile toEditable toUri toUpperCasePreservingASCIIRules toRequestBody`,
      'text',
    ),
    ...all('contains containsKey', 'includes'),
    startsWith: 'starts',
    ...all(
      `size length count isEmpty isBlank isNotEmpty isNotBlank isNullOrEmpty isNullOrBlank isPresent hashCode compareTo indexOf lastIndexOf
      indexOfFirst endsWith matches containsValue containsAll any all none hasNext ordinal close flush clear sum sumOf average
      cancel keys indices lastIndex isActive exists isFile cancelAndJoin invokeOnCompletion`,
      'nothing',
    ),
  },
  functions: {
    ...all(
      'listOf mutableListOf arrayListOf setOf mutableSetOf hashSetOf linkedSetOf arrayOf sequenceOf flowOf listOfNotNull',
      'list-of',
    ),
    ...all('List.of Set.of Arrays.asList Stream.of persistentListOf mutableStateListOf', 'list-of'),
    ...all(
      'ArrayList LinkedList HashSet ArrayDeque StringBuilder StringBuffer MutableSharedFlow Channel',
      'collection',
    ),
    ...all(
      'HashMap LinkedHashMap TreeMap ConcurrentHashMap mutableStateMapOf org.json.JSONObject java.util.HashMap',
      'record',
    ),
    ...all('com.google.gson.JsonObject kotlinx.serialization.json.JsonObject', 'record'),
    ...all('org.json.JSONArray com.google.gson.JsonArray java.util.ArrayList', 'collection'),
    ...all('String String.format String.valueOf Objects.toString URLEncoder.encode Uri.encode', 'text'),
    ...all('requireNotNull checkNotNull Optional.of Optional.ofNullable Mono.just Result.success lazyOf', 'identity'),
    ...all('CompletableDeferred ResponseEntity.ok', 'identity'),
    ...all(
      'println print System.out.println require check error delay TODO assert UUID.randomUUID System.currentTimeMillis',
      'nothing',
    ),
    ...all('emptyList emptyMap emptySet emptyArray emptyFlow', 'list-of'),
  },
  environment: [],
  environmentCalls: ['System.getenv', 'System.getProperty'],
  globalObjects: [],
  packages: knownPackages,
}

/** Names that need no import: kotlin.*, java.lang.*. They are of no package of the program's. */
export const defaults = new Set(
  `Any Unit Nothing String CharSequence Char Int Long Short Byte Float Double Boolean Number UInt ULong Array List MutableList Set MutableSet
  Map MutableMap Collection Iterable Sequence Iterator Pair Triple Result Exception RuntimeException Throwable Error
  IllegalArgumentException IllegalStateException NullPointerException UnsupportedOperationException NoSuchElementException
  IndexOutOfBoundsException NumberFormatException StringBuilder StringBuffer Regex ArrayList HashMap LinkedHashMap HashSet LinkedHashSet
  Comparable Comparator Function Enum Annotation Lazy System Math Thread Integer Character Object Class Runnable Void Suppress Deprecated
  JvmStatic JvmField JvmOverloads JvmInline Throws Volatile Synchronized OptIn IntArray LongArray ByteArray CharArray DoubleArray
  FloatArray BooleanArray Override
  listOf mutableListOf arrayListOf setOf mutableSetOf hashSetOf linkedSetOf mapOf mutableMapOf hashMapOf linkedMapOf sortedMapOf arrayOf
  sequenceOf listOfNotNull emptyList emptyMap emptySet emptyArray arrayOfNulls intArrayOf println print readLine readln require
  requireNotNull check checkNotNull error TODO repeat lazy lazyOf with run buildString buildList buildMap buildSet sequence assert maxOf
  minOf runCatching synchronized compareBy compareByDescending kotlin java it field`.split(/\s+/),
)
