/**
 * What the functions of SQL's dialects do with their arguments: docs.snowflake.com/en/sql-reference/functions-all,
 * cloud.google.com/bigquery/docs/reference/standard-sql/functions-all, postgresql.org/docs/current/functions.html,
 * docs.databricks.com/en/sql/language-manual/sql-ref-functions-builtin, learn.microsoft.com/sql/t-sql/functions. All others are the
 * database's to offer: the catalogue knows some of them, the rest carry what they are given.
 */
import type { StandardLibrary } from '../library.js'

const words = (text: string) => new Set(text.trim().split(/\s+/))

/** Numbers, truths, times: nothing of the content. */
export const withoutContentOf = words(`
  count count_if countif count_big approx_count_distinct approx_distinct sum sumif sum_if avg avg_if stddev stddev_pop stddev_samp variance
  var_pop var_samp corr covar_pop covar_samp median percentile_cont percentile_disc approx_quantiles skew kurtosis
  row_number rank dense_rank ntile percent_rank cume_dist
  length len char_length character_length octet_length datalength bit_length array_length array_size cardinality size json_array_length
  jsonb_array_length strlen position charindex instr strpos locate regexp_instr contains startswith endswith starts_with ends_with
  regexp_like regexp_contains rlike like_regex array_contains array_position exists isnull is_null isnumeric isdate is_integer is_object
  is_array equal_null nullifzero sign abs ceil ceiling floor round trunc mod power pow sqrt exp ln log log10 rand random uniform
  year month day hour minute second quarter week dayofweek dayofyear weekofyear datediff timestampdiff date_diff timestamp_diff months_between
  datepart date_part extract age monthname dayname last_day now current_timestamp current_date current_time sysdate systimestamp getdate
  getutcdate localtimestamp localtime sysdatetime unix_timestamp current_user session_user user current_account current_region
  current_role current_warehouse current_database current_schema version uuid_string gen_random_uuid uuid_generate_v4 newid generate_uuid
  sys_guid last_query_id seq4 seq8 generator st_distance vector_cosine_similarity vector_l2_distance vector_inner_product vector_distance
  cosine_distance l2_distance euclidean_distance ml.distance cosine_similarity bool_and bool_or every booland_agg boolor_agg
  hash_agg bit_and bit_or bit_xor lag_diff width_bucket grouping grouping_id rowcount pg_sleep setval nextval currval
`)

/** The content again, as it is or in another form. */
export const carryingOf = words(`
  upper lower initcap trim ltrim rtrim btrim substr substring left right mid lpad rpad replace translate regexp_replace regexp_substr
  regexp_extract regexp_extract_all regexp_match regexp_matches split split_part string_split string_to_array reverse repeat
  to_char to_varchar to_text to_json to_json_string tojson to_jsonb row_to_json json_agg jsonb_agg json_object_agg jsonb_object_agg
  array_agg array_to_string array_to_json array_construct array_cat array_append array_slice array_compact array_distinct array_join
  arrays_zip array_flatten flatten_array list_agg listagg string_agg group_concat wm_concat xmlagg xmlelement collect_list collect_set
  any_value arbitrary min max min_by max_by first_value last_value nth_value lag lead first last mode
  try_parse_json json_extract json_extract_scalar json_extract_path_text json_extract_path_array json_value json_query
  json_extract_string get get_path get_json_object from_json openjson json_parse json_format json_text object_keys object_insert
  object_agg object_delete object_pick json_build_array jsonb_build_array json_array strip_null_value typeof_value
  to_variant to_object to_array as_varchar as_char to_binary to_base64 from_base64 base64_encode base64_decode_string encode decode_base64
  hex hex_encode unhex quote_literal quote_ident quotename format format_string printf sprintf stuff str string string_escape
  soundex metaphone unaccent normalize collate ascii chr char nchar unicode convert_from convert_to concat_internal space
  md5 md5_hex sha sha1 sha1_hex sha2 sha2_hex sha256 sha512 hash hashbytes farm_fingerprint xxhash64 crc32 digest hmac pgp_sym_encrypt
  encrypt decrypt aes_encrypt aes_decrypt
  date timestamp datetime to_date to_timestamp to_time to_number to_decimal dateadd date_add date_sub date_trunc timestamp_trunc parse_date
  format_date format_timestamp strftime date_format add_months safe_cast try_cast try_to_number cast convert greatest least
  unnest explode posexplode flatten generate_array array struct row named_struct transform filter_array aggregate_array
  coalesce nvl ifnull nullif zeroifnull nvl2 prompt
`)

/** Texts one after the other. */
export const joining = words('concat concat_ws strcat textjoin')

/** Pairs of a key and a value. */
export const pairing = words(`
  object_construct object_construct_keep_null json_object json_build_object jsonb_build_object map_from_entries named_struct map
  build_object json_objectagg create_map
`)

/** The solver's part of the library is in the operations that SQL is lowered to. */
export const sqlLibrary: StandardLibrary = {
  methods: {},
  functions: {},
  environment: [],
  // `${NAME}` in a script that a build fills in
  environmentCalls: ['getenv'],
  globalObjects: [],
  appendMethod: '',
}
