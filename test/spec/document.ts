/**
 * A Markdown spec, read: a heading is a case, a fenced block is a file of that case, a comment in it is an assertion. What is
 * tagged as prose (`text`, `sh`, `json` without a path, `no-run`) is no file.
 */

export interface SpecFile {
  path: string
  text: string
  /** 1-based line of the document at which the text begins. */
  line: number
}

export interface SpecCase {
  /** Headings down to this case, without the document's title. */
  name: string
  /** Line of the heading. */
  line: number
  files: SpecFile[]
  /** Notes need not be declared. */
  anyNotes: boolean
  /** Day on which the case plays; null: the runner's. */
  today: string | null
}

/** Default paths by the info string's first word. null: a block is a file only when it names its path. */
const DEFAULT_PATHS: Readonly<Record<string, string | null>> = {
  ts: 'src/main.ts',
  typescript: 'src/main.ts',
  tsx: 'src/main.tsx',
  mts: 'src/main.mts',
  cts: 'src/main.cts',
  js: 'src/main.js',
  javascript: 'src/main.js',
  jsx: 'src/main.jsx',
  mjs: 'src/main.mjs',
  cjs: 'src/main.cjs',
  vue: 'src/Main.vue',
  svelte: 'src/Main.svelte',
  astro: 'src/main.astro',
  env: '.env',
  dotenv: '.env',
  yaml: 'config.yaml',
  yml: 'config.yml',
  toml: 'config.toml',
  properties: 'application.properties',
  py: 'main.py',
  python: 'main.py',
  ipynb: 'main.ipynb',
  java: 'src/Main.java',
  kt: 'src/Main.kt',
  kotlin: 'src/Main.kt',
  go: 'main.go',
  mod: 'go.mod',
  rb: 'main.rb',
  ruby: 'main.rb',
  php: 'main.php',
  cs: 'Main.cs',
  csharp: 'Main.cs',
  rs: 'src/main.rs',
  rust: 'src/main.rs',
  swift: 'Main.swift',
  dart: 'lib/main.dart',
  hcl: 'main.tf',
  tf: 'main.tf',
  bicep: 'main.bicep',
  sh: null,
  ini: null,
  conf: null,
  bat: null,
  ps1: null,
  make: null,
  dockerfile: null,
  sql: 'schema.sql',
  prisma: 'schema.prisma',
  graphql: 'schema.graphql',
  proto: 'schema.proto',
  csv: 'data.csv',
  jsonl: 'data.jsonl',
  xml: null,
  gradle: null,
  json: null,
  jsonc: null,
  json5: null,
  prompty: null,
}

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*(.*)$/
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/
const ANY_NOTES = /<!--\s*notes:\s*any\s*-->/
const TODAY = /<!--\s*today:\s*(\d{4}-\d\d-\d\d)\s*-->/

/** Cases of a document, those without files left out. */
export function casesOf(markdown: string): SpecCase[] {
  const lines = markdown.split(/\r?\n/)
  const cases: SpecCase[] = [{ name: '', line: 1, files: [], anyNotes: false, today: null }]
  const headings: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const fence = FENCE.exec(line)
    if (fence) {
      const end = closingFence(lines, i + 1, fence[1]!)
      addFile(cases.at(-1)!, fence[2]!, lines.slice(i + 1, end), i + 2)
      i = end
      continue
    }
    const heading = HEADING.exec(line)
    if (heading) {
      const level = heading[1]!.length
      const text = heading[2]!.replace(/<!--.*?-->/g, '').trim()
      headings.length = Math.min(headings.length, level - 1)
      headings[level - 1] = text
      const name = headings.slice(1).filter(Boolean).join(' > ') || text
      // What stands before the first case holds for the whole document.
      const { anyNotes, today } = cases[0]!
      cases.push({ name, line: i + 1, files: [], anyNotes, today })
    }
    // Under the title, still the whole document.
    const subjects = headings.length <= 1 ? [cases[0]!, cases.at(-1)!] : [cases.at(-1)!]
    for (const subject of subjects) {
      if (ANY_NOTES.test(line)) subject.anyNotes = true
      subject.today = TODAY.exec(line)?.[1] ?? subject.today
    }
  }
  return cases.filter((each) => each.files.length > 0)
}

function closingFence(lines: readonly string[], from: number, fence: string): number {
  for (let i = from; i < lines.length; i++) {
    const text = lines[i]!.trim()
    if (text.startsWith(fence) && text.replaceAll(fence[0]!, '') === '') return i
  }
  return lines.length
}

function addFile(to: SpecCase, info: string, lines: readonly string[], line: number): void {
  const [language = '', ...rest] = info.trim().split(/\s+/)
  if (rest.includes('no-run')) return
  const path = rest[0] ?? DEFAULT_PATHS[language]
  // What is left out without a word is tested by nobody.
  if (rest[0] !== undefined && !(language in DEFAULT_PATHS)) throw new Error(`${rest[0]}: unknown language ${language}`)
  if (!path || !(language in DEFAULT_PATHS)) return
  to.files.push({ path: rest[0] ?? freePath(to, path), text: lines.join('\n') + '\n', line })
}

/** Two blocks without a name are two files. */
function freePath(of: SpecCase, path: string): string {
  let free = path
  for (let n = 2; of.files.some((file) => file.path === free); n++) free = path.replace(/(\.[^./]+)$/, `-${n}$1`)
  return free
}
