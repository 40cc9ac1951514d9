/** Tests, fixtures, stories and mocks, by their path below the scanned root: what they hold is not live data. */
const folders =
  /(^|\/)(__tests__|__mocks__|__fixtures__|tests?|specs?|e2e|fixtures?|mocks?|stories|testdata|test-data|seeds?|cypress|playwright|evals?|fakes?|stubs?|doubles?)\//i
const files =
  /(^|\/)[^/]*(\.|_|-)(test|tests|spec|specs|stories|story|mock|mocks|fixture|e2e|cy|eval|evals|fake|stub)\.[a-z]+$|(^|\/)(fake|mock|stub|dummy)[-_.][^/]*\.[a-z]+$|(^|\/)(test_[^/]*\.py|conftest\.py|[^/]*_test\.go|[^/]*Test\.(java|kt))$/i
/** `FakeLlm.ts` */
const doubles = /(^|\/)(Fake|Mock|Stub|Dummy)[A-Z][^/]*\.[a-z]+$/

export function isTestPath(path: string): boolean {
  return folders.test(path) || files.test(path) || doubles.test(path)
}
