/** The files that `init` writes. The same texts stand in the guide, and are tested there. */
import { engineVersion } from '@sekisho/core'
import type { Locale } from '../locale.js'

export const hooks = ['none', 'git', 'pre-commit', 'lefthook', 'husky'] as const
export type Hook = (typeof hooks)[number]
export const cis = ['none', 'github', 'gitlab'] as const
export type Ci = (typeof cis)[number]

export interface Answers {
  /** null: the policy that is there stays. */
  presets: string[] | null
  hook: Hook
  ci: Ci
}

export interface WrittenFile {
  path: string
  /** Beside the policy, or at the repository's root. */
  at: 'policy' | 'root'
  content: string
  mode: number
  /** What is left to do, for people. */
  note: string | null
}

/** Where npm puts the package beside a policy: its documents, and the schema that editors complete by. */
export const PACKAGE = 'node_modules/sekisho'

/** @param installed whether the package stands beside the policy */
export function filesOf({ presets, hook, ci }: Answers, installed: boolean, locale: Locale): WrittenFile[] {
  return [...policyFile(presets, installed, locale), ...hookFiles(hook, locale), ...ciFiles(ci)]
}

function policyFile(presets: Answers['presets'], installed: boolean, locale: Locale): WrittenFile[] {
  if (presets === null) return []
  const content = policyText(presets, installed, locale)
  return [{ path: 'sekisho.yaml', at: 'policy', content, mode: 0o644, note: null }]
}

function policyText(presets: readonly string[], installed: boolean, locale: Locale): string {
  const say = (en: string, ja: string) => (locale === 'ja' ? ja : en)
  const schema = `# yaml-language-server: $schema=./${PACKAGE}/dist/policy.schema.json\n`
  const keys = installed ? `${PACKAGE}/docs/policy.md` : say('docs/policy.md of sekisho', 'sekisho の docs/policy.md')
  return `${installed ? schema : ''}# ${say('Which customer data may go to which AI endpoint.', 'どの顧客データをどの AI エンドポイントに送ってよいか。')}
# ${say('Every key', 'すべてのキー')}: ${keys}
version: 1
extends: [${presets.join(', ')}]
locale: ${locale}
gate:
  failOn: error
  gaps: relevant
  exceptionMaxDays: 180
  # approvers: [privacy-office]   # ${say('who may approve exceptions', '例外を承認できる人・部署')}
  # separateApprover: true        # ${say('nobody approves their own request', '自らの申請は承認できない')}
  # observeUntil: YYYY-MM-DD      # ${say('rollout: report only until this day', '導入期間: この日までは報告のみ')}

# ${say('Endpoints with a contract and a basis. Undeclared ones are judged by the zone that code and config show.', '契約と根拠のあるエンドポイント。宣言のないものは、コードと設定から分かるゾーンで判定します。')}
# destinations:
#   domestic-llm:
#     match: { hosts: [llm.example.co.jp] }
#     zone: domestic
#     evidence: { checked: YYYY-MM-DD, document: LEGAL-1 }
#     contract: { training: false }
#     bases: [{ all: [entrustment], data: [basic], purpose: …, document: LEGAL-1, reviewBy: YYYY-MM-DD }]

# ${say('Exceptions can stand in a file of their own, with owners of its own (CODEOWNERS).', '例外は別ファイルにでき、承認者だけが変更できるようにできます(CODEOWNERS)。')}
# exceptionFiles: [sekisho-exceptions.yaml]
`
}

const COMMAND = 'npx --no-install sekisho scan --staged'

function hookFiles(hook: Hook, locale: Locale): WrittenFile[] {
  const say = (en: string, ja: string) => (locale === 'ja' ? ja : en)
  const file = (path: string, content: string, mode = 0o644, note: string | null = null): WrittenFile[] => [
    { path, at: 'root', content, mode, note },
  ]
  switch (hook) {
    case 'none':
      return []
    case 'git':
      return file('.git/hooks/pre-commit', `#!/bin/sh\nexec ${COMMAND}\n`, 0o755)
    case 'husky':
      return file(
        '.husky/pre-commit',
        `${COMMAND}\n`,
        0o755,
        say('husky: run "npx husky" once.', 'husky: npx husky を一度実行してください。'),
      )
    case 'lefthook':
      return file(
        'lefthook.yml',
        `pre-commit:\n  commands:\n    sekisho:\n      run: ${COMMAND}\n`,
        0o644,
        say('lefthook: run "npx lefthook install" once.', 'lefthook: npx lefthook install を一度実行してください。'),
      )
    case 'pre-commit':
      return file(
        '.pre-commit-config.yaml',
        `repos:
  - repo: local
    hooks:
      - id: sekisho
        name: sekisho
        entry: ${COMMAND}
        language: system
        pass_filenames: false
        always_run: true
`,
        0o644,
        say('pre-commit: run "pre-commit install" once.', 'pre-commit: pre-commit install を一度実行してください。'),
      )
  }
}

function ciFiles(ci: Ci): WrittenFile[] {
  if (ci === 'none') return []
  const github = ci === 'github'
  const path = github ? '.github/workflows/sekisho.yml' : '.gitlab/sekisho.yml'
  const note = github ? null : "Add to .gitlab-ci.yml:  include: [{ local: '.gitlab/sekisho.yml' }]"
  return [{ path, at: 'root', content: github ? githubText : gitlabText, mode: 0o644, note }]
}

/** Beside the checkout: neither its .npmrc nor its node_modules decide what judges it. */
const githubText = `name: sekisho
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
  security-events: write
jobs:
  sekisho:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: Install beside the checkout
        working-directory: \${{ runner.temp }}
        run: npm install --prefix "$RUNNER_TEMP/sekisho" --ignore-scripts --no-audit --no-fund sekisho@${engineVersion}
      - name: Scan
        env:
          BASE: \${{ github.base_ref }}
        run: |
          since=()
          if [ -n "$BASE" ]; then since=("--since=origin/$BASE"); fi
          node "\${SEKISHO:-$RUNNER_TEMP/sekisho/node_modules/sekisho/dist/sekisho.js}" scan "\${since[@]}" -f github -f sarif=sekisho.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always() && hashFiles('sekisho.sarif') != ''
        with:
          sarif_file: sekisho.sarif
`

const gitlabText = `sekisho:
  image: node:22
  stage: test
  variables:
    GIT_DEPTH: '0'
  before_script:
    - (cd /tmp && npm install --prefix /tmp/sekisho --ignore-scripts --no-audit --no-fund sekisho@${engineVersion})
  script:
    - |
      since=()
      if [ -n "$CI_MERGE_REQUEST_DIFF_BASE_SHA" ]; then since=("--since=$CI_MERGE_REQUEST_DIFF_BASE_SHA"); fi
      node "\${SEKISHO:-/tmp/sekisho/node_modules/sekisho/dist/sekisho.js}" scan "\${since[@]}" \\
        -f terminal -f gitlab-codequality=gl-code-quality-report.json -f gitlab-sast=gl-sast-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      sast: gl-sast-report.json
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
`
