/** File names, and whatever else of a repository comes out again: it stays text. */
import { describe, expect, test } from 'vitest'
import { LEAK, patience, repositoryOf, scan, TOKEN } from './watched.js'

const HOSTILE = [
  'a\nb',
  'c\rd',
  'e\u001b[2Jf',
  'g\u001b]8;;mailto:x\u0007h',
  '::error::i',
  '\r::stop-commands::j\r',
  '##[error]k',
  '##vso[task.complete result=Succeeded]l',
  'm\u202en\u2066o',
  'p\u200bq\ufeffr',
  's\u009b31mt',
  'u\u2028v',
  '-w',
  ' x ',
  'y"z\'`$(touch ran)`',
  '<script>alert(1)<\u2215script>',
  '__proto__',
  'constructor',
]
const BROKEN = `${TOKEN}const x = (`

const FORMATS = ['terminal', 'json', 'sarif', 'gitlab-sast', 'gitlab-codequality', 'junit', 'checkstyle', 'rdjson']

describe.each([...FORMATS, 'markdown', 'html', 'cyclonedx', 'register-markdown'])('%s', (format) => {
  test('of files and folders with findings', { timeout: patience }, () => {
    const files = HOSTILE.flatMap((name) => [`src/${name}.ts`, `src/${name}/in.ts`, `${name}.yaml`])
    const content = (path: string) =>
      path.endsWith('.yaml')
        ? 'services: { a: { environment: { OPENAI_BASE_URL: https://api.openai.com } } }\n'
        : LEAK['src/leak.ts']
    const repository = repositoryOf(Object.fromEntries(files.map((path) => [path, content(path)])))
    const { code, stdout } = scan(repository, '-f', format, '--notes', '--verbose')
    expect(code).toBe(1)
    if (format !== 'json') return
    const { findings } = JSON.parse(stdout) as { findings: { file: string }[] }
    const found = new Set(findings.map(({ file }) => file))
    expect(files.filter((path) => !found.has(path) && path.endsWith('.ts'))).toEqual([])
  })

  test('of files that can not be analysed', { timeout: patience }, () => {
    const repository = repositoryOf(LEAK, Object.fromEntries(HOSTILE.map((name) => [`${name}.ts`, BROKEN])))
    expect(scan(repository, '-f', format).code).toBe(3)
  })

  test('in code: names, literals, hosts, comments, syntax errors', { timeout: patience }, () => {
    const literals = HOSTILE.map((name) => JSON.stringify(name).replaceAll('\u2028', '\\u2028'))
    const raw = HOSTILE.map((name) => `/* ${name} */`).join('\n')
    const repository = repositoryOf(LEAK, {
      'src/raw.ts': `${LEAK['src/leak.ts']}${raw}\n// sekisho-disable-next-line ${HOSTILE[4]} -- ${HOSTILE[2]}\nvoid 0\n`,
      'src/literals.ts': `${TOKEN}${literals
        .map((each) => `client.responses.create({ model: ${each}, input: { [${each}]: customer.phone } })`)
        .join('\n')}`,
      'src/hosts.ts': literals
        .map((each) => `fetch('https://api.openai.com/v1/responses' + ${each}, { body: customer.phone })`)
        .join('\n'),
      'src/error.ts': `${TOKEN}const \u001b[2J = 1`,
      'src/hash.ts': `${TOKEN}const ##[error]x = 1`,
      '.env': HOSTILE.map((name) => `OPENAI_BASE_URL="https://api.openai.com/${name}"`).join('\n'),
    })
    expect(scan(repository, '-f', format, '--notes', '--verbose').code).toBe(3)
  })

  test('in a policy', { timeout: patience }, () => {
    for (const name of HOSTILE) {
      const key = JSON.stringify(name)
      const repository = repositoryOf({
        'sekisho.yaml': `version: 1\n${key}: 1\nexclude: [${key}]\nextends: [${key}]\n`,
      })
      expect(scan(repository, '-f', format).code).toBe(2)
      if (format !== 'terminal') return
    }
  })
})
