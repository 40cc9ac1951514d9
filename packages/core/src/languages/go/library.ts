/** What Go's standard library does, and what its common libraries share with it; pkg.go.dev/std, Go 1.26. */
import { all, type StandardLibrary } from '../library.js'

export const goLibrary: StandardLibrary = {
  appendMethod: 'append',
  constructsByCall: true,
  methods: {
    ...all(
      'append WriteString Write WriteByte WriteRune WriteField Encode Add PushBack PushFront Enqueue Push',
      'append',
    ),
    ...all('Set Store SetContext', 'set'),
    ...all(
      `Get Load GetString FormValue PostFormValue PathValue Query QueryParam Param PostForm DefaultQuery DefaultPostForm Lookup
      FormFile Cookie GetHeader Header`,
      'get',
    ),
    Map: 'map',
    FlatMap: 'flat-map',
    ForEach: 'each',
    Filter: 'filter',
    Find: 'find',
    Reduce: 'reduce',
    ...all('Pop Front Back', 'take'),
    ...all('Values Sorted Concat Clone Compact Reverse Collect Uniq', 'elements'),
    ...all('String Text', 'join'),
    ...all('Bytes Interface Elem WithContext Unwrap CreateFormFile CreateFormField CreatePart', 'same'),
    ...all('Format Replace', 'text'),
    ...all('MarshalJSON', 'written'),
    ...all(
      `Scan StructScan MapScan SliceScan ScanStruct Decode DecodeRow Unmarshal BindJSON ShouldBindJSON ShouldBind ShouldBindQuery
      ShouldBindUri ShouldBindWith BodyParser QueryParser BindQuery ScanAll ScanOne ToStruct`,
      'fill',
    ),
    ...all('Execute ExecuteTemplate', 'write-into'),
    Contains: 'includes',
    HasPrefix: 'starts',
    ...all(
      `Len Cap Error Close Lock Unlock RLock RUnlock Wait Done Err Cancel Stop Reset Flush Next Is IsZero IsNil Equal Before After Sub
      Unix UnixNano UnixMilli Status StatusCode RowsAffected LastInsertId Printf Println Print Debug Info Warn Error Fatal Debugf Infof
      Warnf Errorf Fatalf`,
      'nothing',
    ),
  },
  functions: {
    ...all('stream.Write', 'write-into'),
    ...all('stream.Encode', 'write-into'),
    ...all('stream.Decode', 'fill'),
    ...all('io.WriteString io.Copy io.CopyN', 'write-into'),
    ...all(
      'encoding/json.Unmarshal encoding/xml.Unmarshal gopkg.in/yaml.v3.Unmarshal gopkg.in/yaml.v2.Unmarshal',
      'fill',
    ),
    ...all('github.com/bytedance/sonic.Unmarshal github.com/goccy/go-json.Unmarshal', 'fill'),
    ...all(
      `encoding/json.Marshal encoding/json.MarshalIndent encoding/xml.Marshal gopkg.in/yaml.v3.Marshal strings.Join strconv.Itoa
      strconv.Quote strconv.FormatInt strconv.Atoi strconv.ParseInt net/url.QueryEscape net/url.PathEscape html.EscapeString
      encoding/base64.StdEncoding.EncodeToString encoding/base64.StdEncoding.DecodeString encoding/hex.EncodeToString bytes.Join`,
      'text',
    ),
    ...all(
      `strings.TrimSpace strings.Trim strings.TrimPrefix strings.TrimSuffix strings.TrimRight strings.TrimLeft strings.ToLower
      strings.ToUpper strings.Title strings.ReplaceAll strings.Replace strings.Repeat strings.ToValidUTF8 bytes.TrimSpace
      strings.NewReader bytes.NewReader io.NopCloser io.ReadAll io.LimitReader bufio.NewReader bufio.NewScanner
      mime/multipart.NewWriter bufio.NewWriter compress/gzip.NewWriter encoding/json.NewEncoder encoding/json.NewDecoder
      encoding/json.RawMessage context.WithTimeout context.WithCancel net/url.Parse net/url.ParseRequestURI`,
      'identity',
    ),
    ...all(
      'strings.Split strings.SplitN strings.Fields strings.Lines slices.Collect slices.Values maps.Values',
      'list',
    ),
    ...all('bytes.NewBuffer bytes.NewBufferString', 'collection'),
    ...all('net/url.JoinPath path.Join', 'text'),
    ...all(
      `errors.New errors.Is errors.As errors.Join fmt.Errorf fmt.Println fmt.Printf fmt.Print log.Println log.Printf log.Print log.Fatal
      log.Fatalf log.Panic log.Panicf log/slog.Info log/slog.Error log/slog.Warn log/slog.Debug time.Now time.Since time.Sleep
      time.After context.Background context.TODO os.Exit sort.Strings sort.Slice sort.SliceStable sort.Sort slices.Sort slices.SortFunc
      strings.Count strings.Index unicode/utf8.RuneCountInString math.Max math.Min rand.Intn net/http.Error net/http.StatusText
      net/http.ListenAndServe net/http.Handle os.Stat os.MkdirAll reflect.TypeOf runtime.Caller`,
      'nothing',
    ),
  },
  environment: [],
  environmentCalls: [
    'os.Getenv',
    'os.LookupEnv',
    'os.ExpandEnv',
    'syscall.Getenv',
    'github.com/spf13/viper.GetString',
    'github.com/spf13/viper.Get',
  ],
  globalObjects: [],
}
