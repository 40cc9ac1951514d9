/** Python's built-in functions, the methods of its types, and its standard library, as operations. docs.python.org, 3.14. */
import { all, type StandardLibrary } from '../library.js'

export const pythonLibrary: StandardLibrary = {
  appendMethod: 'append',
  selecting: { takes: ['include', 'columns'], leaves: ['exclude'] },
  constructsByCall: true,
  methods: {
    ...all('append add appendleft put put_nowait insert', 'append'),
    ...all('extend extendleft', 'extend'),
    update: 'update',
    drop: 'left-out',
    setdefault: 'set-default',
    get: 'get',
    pop: 'take-key',
    popleft: 'take',
    items: 'items',
    values: 'elements',
    '[:]': 'elements',
    ...all('union intersection difference symmetric_difference most_common', 'elements'),
    join: 'join-given',
    ...all('format format_map', 'format'),
    __contains__: 'includes',
    in_: 'included',
    startswith: 'starts',
    ...all(
      `strip lstrip rstrip lower upper title capitalize casefold swapcase replace encode decode split rsplit splitlines partition rpartition
      ljust rjust center zfill expandtabs removeprefix removesuffix translate isoformat strftime hex group groups groupdict getvalue as_posix
`,
      'text',
    ),
    ...all('model_dump_json json to_string to_markdown to_json to_csv to_html SerializeToString', 'written'),
    ...all(
      `model_dump dict to_dict _asdict asdict copy model_copy __enter__ __aenter__ to_list tolist to_records`,
      'same',
    ),
    ...all(
      `keys count index find rfind rindex endswith isdigit isalpha isalnum isnumeric isdecimal isspace isupper islower istitle isidentifier
      sort reverse clear remove discard issubset issuperset isdisjoint bit_length is_integer timestamp weekday isoweekday toordinal
      exists is_file is_dir fileno tell seek flush close`,
      'nothing',
    ),
  },
  functions: {
    ...all(
      'str repr bytes bytearray ascii format int float abs round json.dumps pickle.dumps yaml.dump yaml.safe_dump ujson.dumps orjson.dumps',
      'text',
    ),
    ...all(
      'textwrap.dedent textwrap.indent textwrap.fill textwrap.shorten inspect.cleandoc html.escape html.unescape urllib.parse.quote',
      'text',
    ),
    ...all(
      'urllib.parse.quote_plus urllib.parse.unquote urllib.parse.urlencode base64.b64encode base64.b64decode re.escape string.Template',
      'text',
    ),
    ...all('unicodedata.normalize io.StringIO io.BytesIO pprint.pformat', 'text'),
    ...all('list tuple set frozenset reversed sorted collections.deque itertools.chain.from_iterable', 'list'),
    ...all(
      'json.loads copy.copy copy.deepcopy dataclasses.asdict dataclasses.astuple iter vars asyncio.run asyncio.create_task',
      'identity',
    ),
    ...all(
      'asyncio.ensure_future asyncio.wait_for asyncio.shield asyncio.run_coroutine_threadsafe contextlib.closing memoryview',
      'identity',
    ),
    ...all('asyncio.gather itertools.chain', 'list-of'),
    ...all('dict collections.OrderedDict types.SimpleNamespace', 'record'),
    'collections.Counter': 'collection',
    'collections.defaultdict': 'default-collection',
    ...all('enumerate', 'entries'),
    ...all('zip itertools.zip_longest', 'zip'),
    ...all('map', 'map-over'),
    ...all('filter', 'filter-over'),
    ...all('max min next anext sum', 'element'),
    ...all('getattr', 'member'),
    ...all('setattr', 'set-member'),
    ...all('asyncio.to_thread anyio.to_thread.run_sync', 'invoke'),
    'functools.reduce': 'reduce-over',
    'urllib.parse.urljoin': 'join-url',
    'os.path.join': 'text',
    ...all(
      `len bool any all isinstance issubclass hasattr callable id hash ord range print type dir globals locals help breakpoint delattr divmod pow
      object slice complex staticmethod classmethod property super chr bin oct hex
      time.time time.sleep time.monotonic time.perf_counter datetime.datetime.now datetime.datetime.utcnow datetime.date.today datetime.datetime.today
      uuid.uuid4 uuid.uuid1 os.path.exists os.path.isfile os.path.isdir os.makedirs os.getcwd os.listdir os.path.dirname os.path.abspath
      logging.getLogger logging.info logging.debug logging.warning logging.error logging.exception logging.basicConfig
      random.random random.randint random.choice secrets.token_hex sys.exit asyncio.sleep asyncio.Lock asyncio.Semaphore threading.Lock
      re.compile re.search re.match warnings.warn traceback.format_exc`,
      'nothing',
    ),
  },
  environment: ['os.environ'],
  environmentCalls: ['os.getenv', 'os.environ.get', 'os.environ.setdefault', 'environ.get', 'decouple.config'],
  globalObjects: ['builtins', '__builtins__'],
}
